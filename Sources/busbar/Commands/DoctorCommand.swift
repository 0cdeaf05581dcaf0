import ArgumentParser
import BusbarGrid
import BusbarPowerFlow
import BusbarTrajectory
import BusbarUnits
import Foundation

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check that Busbar works on this machine, and say what optional programs are found.",
    discussion: "Exit code 0 when all that Busbar needs works; 70 when something does not.")

  func run() throws {
    var isWell = true
    func report(_ name: String, _ text: String, _ works: Bool) {
      Terminal.print("\(works ? "ok     " : "FAILED ") \(name): \(text)\n")
      if !works { isWell = false }
    }
    report("busbar", "version \(busbarVersion), \(ProcessorLevel.current)", true)
    report("libraries", "HDF5 \(TrajectoryLibraries.hdf5Version)", true)
    let zone = TimeZone(identifier: "Europe/London")
    let july = Date(timeIntervalSince1970: 1_751_328_000)
    let offset = zone?.secondsFromGMT(for: july)
    report(
      "time zones", offset == 3_600 ? "summer time of Europe/London is known" : "no zone database",
      offset == 3_600)
    let error = Self.errorOfClosedForm()
    report(
      "power flow", "a feeder with a closed form agrees within \(Figures.short(error)) pu",
      error < 1e-9)
    for (program, purpose) in [
      ("gnuplot", "figures"), ("h5dump", "looking into result files"),
      ("sbatch", "studies on a Slurm cluster"), ("python3", "reading results with xarray"),
    ] {
      let found = Self.path(of: program)
      Terminal.print("\(found == nil ? "absent " : "found  ") \(program), for \(purpose)\n")
    }
    if !isWell { throw ExitCode.ownDefect }
  }

  /// One load behind one resistance has a closed form: V = (E + √(E² − 4RP)) / 2.
  private static func errorOfClosedForm() -> Double {
    let volts = 400 / 3.0.squareRoot()
    let (resistance, watts) = (0.5, 3_000.0)
    let ohms = Phasor(resistance, 0)
    let grid = Grid(
      frequency: .hertz(50),
      buses: [
        Bus(id: "1", nominalVoltage: .volts(400)), Bus(id: "2", nominalVoltage: .volts(400)),
      ],
      lineCodes: [
        LineCode(
          id: "r", positiveSequence: ohms, zeroSequence: ohms, positiveCapacitance: 0,
          zeroCapacitance: 0, frequency: .hertz(50))
      ],
      lines: [Line(id: "l", fromBus: "1", toBus: "2", lineCode: "r", length: .metres(1))],
      sources: [
        Source(
          id: "s", bus: "1", voltage: .volts(400),
          impedance: SequenceImpedance(positive: .zero, zero: .zero))
      ])
    guard let network = try? Network(compiling: grid), let bus = network.grid.bus(named: "2"),
      let terminal = network.terminal(at: bus, .a), let solver = try? FlowSolver(network)
    else { return .infinity }
    var demand = Demand(at: [terminal])
    demand.activePower[0] = watts
    var state = solver.makeState(for: demand)
    guard case .converged = solver.solve(demand, updating: &state) else { return .infinity }
    let expected = (volts + (volts * volts - 4 * resistance * watts).squareRoot()) / 2
    return abs(state.voltage(at: terminal).length - expected) / volts
  }

  private static func path(of program: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/\(program)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }
}
