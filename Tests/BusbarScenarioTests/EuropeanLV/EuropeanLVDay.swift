import BusbarDevices
import BusbarEvents
import BusbarGrid
import BusbarPowerFlow
import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import BusbarUnits

/// The day of the European low-voltage feeder, solved minute by minute in memory.
///
/// Minute n of the references (1 to 1440) holds from n − 1 to n minutes after the start.
struct EuropeanLVDay {
  static let minuteCount = 1_440
  /// The minutes at which the references have all buses.
  static let snapshotMinutes = [1, 566, 1_440]
  /// 416 V between two phases, against earth.
  static let baseVolts = 416 / 3.0.squareRoot()

  /// What one minute's solution says about the elements that the references follow all day.
  struct Minute {
    /// The voltage at each load's own terminal, LOAD1 first.
    var loadVoltage: [Phasor] = []
    /// The voltage magnitudes of all phases at each load's bus.
    var metered: [[Double]] = []
    var delivered: [ComplexPower] = []
    var transformerSent: [Phasor] = []
    var transformerReceived: [Phasor] = []
    var transformerLoss: Phasor { sum(transformerSent) - sum(transformerReceived) }
    var line1Current: [Phasor] = []
    /// What all lines and the transformer lose.
    var loss = Phasor.zero

    private func sum(_ values: [Phasor]) -> Phasor { values.reduce(.zero, +) }
  }

  /// The minutes in order; position n − 1 holds minute n.
  private(set) var minutes: [Minute] = []
  /// The simulation as it stood at each snapshot.
  private(set) var snapshots: [Int: Simulation] = [:]
  /// All readings of the day.
  private(set) var readings: [ReadingRecord] = []
  let plan: SimulationPlan
  /// The bus of each load, LOAD1 first.
  let loadBuses: [String]

  /// The whole day, solved once for all tests.
  static let solved = EuropeanLVDay(through: minuteCount)

  /// Solves the minutes from the first to the given one.
  init(through last: Int) {
    let reading = Scenario.read(PackageFolder.scenario("european-lv").path)
    guard let scenario = reading.scenario else {
      preconditionFailure("The scenario is sound: \(reading.diagnostics)")
    }
    plan = scenario.plan
    let network = plan.solver.network
    // Loads are in natural order of their ids, and each has one phase.
    loadBuses = plan.connections.map { network.grid.buses[$0.bus].id }
    guard let transformer = network.grid.branch(named: "TR1"),
      let line1 = network.grid.branch(named: "LINE1")
    else { preconditionFailure("The feeder has its transformer and its first line.") }
    var simulation = Simulation(plan)
    for minute in 1...last {
      let instant = SimulationTime.start + .minutes(Int64(minute - 1))
      simulation.advanceSolving(through: instant)
      minutes.append(Self.minute(simulation, transformer, line1))
      if Self.snapshotMinutes.contains(minute) { snapshots[minute] = simulation }
    }
    if last == Self.minuteCount { simulation.advanceSolving(through: plan.end) }
    readings = simulation.takeReadings()
  }

  private static func minute(
    _ simulation: Simulation, _ transformer: Index<Branch>, _ line1: Index<Branch>
  ) -> Minute {
    precondition(simulation.status == .solved, "Each minute has a solution.")
    var minute = Minute()
    let flows = simulation.flows
    let state = simulation.flowState
    for connection in simulation.plan.connections {
      let voltages = ConductorSet.abc.members.compactMap {
        simulation.voltage(at: connection.bus, $0)
      }
      minute.metered.append(voltages.map(\.length))
      minute.loadVoltage.append(voltages[connection.conductors.positions[0]])
    }
    minute.delivered = simulation.delivered
    for phase in ConductorSet.abc.members {
      minute.transformerSent.append(flows.power(into: transformer, end: 0, phase, in: state))
      minute.transformerReceived.append(-flows.power(into: transformer, end: 1, phase, in: state))
      minute.line1Current.append(
        flows.current(into: line1, end: flows.feedingEnd(of: line1), phase, in: state))
    }
    minute.loss = flows.totalLoss(in: state)
    return minute
  }
}

extension Simulation {
  /// Advances through an instant, and solves each power flow that is due.
  mutating func advanceSolving(through instant: SimulationTime) {
    while true {
      switch advance(through: instant) {
      case .powerFlow: solvePendingFlow()
      case .reached: return
      case .stopped(let failure): preconditionFailure("No solution: \(failure)")
      case .unsettled, .unsolvable, .stalled:
        preconditionFailure("The feeder has no controls or switches.")
      }
    }
  }
}
