internal import BusbarDevices
public import BusbarEvents
internal import BusbarGrid
internal import BusbarPowerFlow
public import BusbarSimulation
internal import BusbarUnits

/// Builds and drives small simulations in code.
public enum TestRun {
  /// A feeder of two buses behind 0.5 Ω with two metered customers, one in phase a and one in b.
  ///
  /// The loads follow profiles of one value a minute, in W.
  public static func plan(
    minutes: Int64, first: [Double], second: [Double], metering: Interval = .minutes(30),
    policy: DivergencePolicy = .stop, iterationLimit: Int = 100
  ) throws -> SimulationPlan {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    feeder.extend(to: "1", from: "0")
    feeder.extend(to: "2", from: "1")
    let network = try Network(compiling: feeder.grid)
    func bus(_ id: String) -> Index<Bus> {
      guard let bus = network.grid.bus(named: id) else { fatalError("no bus \(id)") }
      return bus
    }
    let members = [("load-1", first), ("load-2", second)].map { id, watts in
      FleetMember(
        id: id,
        parameters: Load.Parameters(
          nominal: ComplexPower(activeWatts: 1, reactiveVars: 0.25),
          profile: Profile(id: id, step: .minutes(1), values: watts)))
    }
    let connections = [
      DeviceConnection(customer: "c1", bus: bus("1"), conductors: .a),
      DeviceConnection(customer: "c2", bus: bus("2"), conductors: .b),
    ]
    let meters = [
      MeterInstallation(id: "m1", customer: "c1", bus: bus("1"), conductors: .a),
      MeterInstallation(id: "m2", customer: "c2", bus: bus("2"), conductors: .b),
    ]
    return SimulationPlan(
      solver: try FlowSolver(network),
      epoch: Epoch(unixMilliseconds: 1_736_899_200_000, zone: "UTC", offsetSeconds: 0),
      duration: .minutes(minutes), seed: 1, fleets: [Load.makeFleet(members)],
      connections: connections, meters: meters, meteringInterval: metering,
      criterion: ConvergenceCriterion(
        tolerance: .perUnit(1e-10), iterationLimit: iterationLimit),
      divergencePolicy: policy)
  }

  /// Runs to an instant and gathers what happened.
  public static func run(
    _ simulation: inout Simulation, through limit: SimulationTime
  ) -> (events: [EventRecord], flows: [FlowRecord], readings: [ReadingRecord]) {
    loop: while true {
      switch simulation.advance(through: limit) {
      case .powerFlow: simulation.solvePendingFlow()
      case .reached, .stopped, .unsettled, .unsolvable, .stalled: break loop
      }
    }
    return (simulation.takeEvents(), simulation.takeFlowRecords(), simulation.takeReadings())
  }
}
