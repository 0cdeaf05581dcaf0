import BusbarDevices
import BusbarEvents
import BusbarGrid
import BusbarPowerFlow
import BusbarSimulation
import BusbarUnits
import Testing

/// A regulator between a source and an open end, whose band is narrower than its taps.
///
/// The taps of 2.5 % lie in the winding at the source, so that one down gives 1/0.975 = 1.0256. The
/// target of 1.0130 lies 0.52 taps above the neutral voltage, and 0.506 taps below that of one tap.
@Suite("controls that never rest")
struct HuntingTests {
  private func plan(delay: Interval) throws -> SimulationPlan {
    let volts = Voltage.volts(400 / 3.0.squareRoot())
    let coils = [Conductor.a, .b, .c].map { ConductorPair($0, nil) }
    let changer = TapChanger(range: -4...4, step: .perUnit(0.025), initialPosition: 0)
    let grid = Grid(
      frequency: .hertz(50),
      buses: [
        Bus(id: "0", nominalVoltage: .volts(400)), Bus(id: "1", nominalVoltage: .volts(400)),
      ],
      transformers: [
        Transformer(
          id: "T",
          windings: [
            Winding(
              bus: "0", coils: coils, coilVoltage: volts, resistance: .perUnit(0.005),
              tapChanger: changer),
            Winding(bus: "1", coils: coils, coilVoltage: volts, resistance: .perUnit(0.005)),
          ], ratedPower: .voltAmperes(250e3), shortCircuitReactance: [.perUnit(0.04)])
      ],
      sources: [
        Source(
          id: "source", bus: "0", voltage: .volts(400),
          impedance: SequenceImpedance(positive: .zero, zero: .zero))
      ])
    let network = try Network(compiling: grid)
    var settings = RegulatorSettings(
      forward: .init(volts: volts.volts * 1.0130, bandVolts: 1), voltageRatio: 1)
    settings.delay = delay
    settings.tapDelay = .zero
    let branch = try #require(network.grid.branch(named: "T"))
    var plan = SimulationPlan(
      solver: try FlowSolver(network),
      epoch: Epoch(unixMilliseconds: 0, zone: "UTC", offsetSeconds: 0), duration: .minutes(10),
      seed: 1, fleets: [], connections: [], meters: [], meteringInterval: .minutes(10),
      criterion: ConvergenceCriterion(), divergencePolicy: .stop)
    var regulator = RegulatorInstallation(settings: settings, transformer: branch, winding: 1)
    regulator.tapWinding = 0
    plan.controls = [ControlInstallation(id: "regulator", .regulator(regulator))]
    return plan
  }

  @Test func `Without a delay the run ends, and names who hunts`() throws {
    let plan = try plan(delay: .zero)
    var simulation = Simulation(plan)
    while case .powerFlow = simulation.advance(through: plan.end) { simulation.solvePendingFlow() }
    guard case .unsettled(let endless) = simulation.ending else {
      Issue.record("\(String(describing: simulation.ending))")
      return
    }
    #expect(endless.participants == ["control 'regulator'"])
    #expect(simulation.now == .start)
  }

  /// Down and up by turns every 15 s, the last time at 585 s.
  @Test func `With a delay each operation has its own instant`() throws {
    let plan = try plan(delay: .seconds(15))
    var simulation = Simulation(plan)
    while case .powerFlow = simulation.advance(through: plan.end) { simulation.solvePendingFlow() }
    let moves = simulation.takeEvents().compactMap { record -> [Int64]? in
      guard case .controlAction(control: 0) = record.event else { return nil }
      return [record.key.time.milliseconds / 1_000, Int64(record.outcome)]
    }
    let expected: [[Int64]] = (1...39).map { (turn: Int64) in [turn * 15, -(turn % 2)] }
    #expect(moves == expected)
    #expect(simulation.ending == nil)
  }

  @Test func `While time stands still the circle is found`() throws {
    var simulation = Simulation(try plan(delay: .seconds(15)), controls: .idle)
    #expect(simulation.advance(through: .start) == .powerFlow)
    simulation.solvePendingFlow()
    guard case .cycling(let hunting) = simulation.settleControls() else {
      Issue.record("the regulator has come to rest")
      return
    }
    #expect(hunting.controls == ["regulator"])
  }

  @Test func `Idle controls leave the taps alone`() throws {
    let plan = try plan(delay: .zero)
    var simulation = Simulation(plan, controls: .idle)
    while case .powerFlow = simulation.advance(through: plan.end) { simulation.solvePendingFlow() }
    #expect(simulation.positions == plan.solver.network.positions)
    #expect(simulation.flowCount == 1)
  }
}
