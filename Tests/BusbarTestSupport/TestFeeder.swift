public import BusbarGrid
public import BusbarPowerFlow
public import BusbarUnits

/// Builds small feeders in code, with a source, one kind of line, and loads.
public struct TestFeeder {
  /// The nominal voltage between two phases, in V.
  public static let nominalVolts = 400.0
  /// The nominal voltage between a phase and earth, in V.
  public static let phaseVolts = 400 / 3.0.squareRoot()

  public var grid: Grid
  /// The power of each load in W and var, by bus and phase position.
  public var loads: [(bus: String, phase: Int, power: Phasor)] = []
  /// Loads of any law between any conductors; their entries follow those of `loads`.
  public var legs: [TestLeg] = []

  /// Makes a feeder with bus `0` at an ideal source, and a line code `code` in Ω for each metre.
  public init(
    positive: Phasor, zero: Phasor? = nil, capacitance: Double = 0,
    sourceImpedance: SequenceImpedance? = nil
  ) {
    grid = Grid(
      frequency: .hertz(50), buses: [Self.bus("0")],
      lineCodes: [
        LineCode(
          id: "code", positiveSequence: positive, zeroSequence: zero ?? positive,
          positiveCapacitance: capacitance, zeroCapacitance: capacitance, frequency: .hertz(50))
      ],
      sources: [
        Source(
          id: "source", bus: "0", voltage: .volts(Self.nominalVolts),
          impedance: sourceImpedance ?? SequenceImpedance(positive: .zero, zero: .zero))
      ])
  }

  /// A bus at the feeder's nominal voltage.
  public static func bus(_ id: String) -> Bus {
    Bus(id: id, nominalVoltage: .volts(nominalVolts))
  }

  /// Adds a bus at the end of a new line.
  public mutating func extend(
    to bus: String, from start: String, conductors: ConductorSet = .abc, metres: Double = 1
  ) {
    grid.buses.append(Self.bus(bus))
    grid.lines.append(
      Line(
        id: "line-\(bus)", fromBus: start, toBus: bus, conductors: conductors, lineCode: "code",
        length: .metres(metres)))
  }

  /// Adds a load between two conductors of a bus.
  public mutating func addLoad(
    _ ends: String, at bus: String, _ power: Phasor, _ law: TestLeg.Law = TestLeg.Law()
  ) {
    guard let pair = ConductorPair(ends) else { fatalError("'\(ends)' is no pair of conductors") }
    legs.append(TestLeg(bus: bus, ends: pair, power: power, law: law))
  }

  /// Adds an admittance in S from a conductor of a bus to earth.
  public mutating func earth(_ conductor: Conductor, of bus: String, by admittance: Phasor) {
    grid.shunts.append(
      Shunt(
        id: "earth-\(bus)-\(conductor.name)",
        connection: Connection(bus: bus, conductors: [conductor]),
        steps: [Shunt.Step(admittance: ComplexMatrix(rows: [[admittance]]))]))
  }

  /// The feeder with the constant impedances among its legs carried by the network.
  public var carryingImpedances: TestFeeder {
    var feeder = self
    for place in legs.indices where legs[place].law.response == .constantImpedance {
      let leg = legs[place]
      let volts = leg.law.ratedVolts ?? Self.phaseVolts
      let admittance = leg.power.conjugate.divided(by: volts * volts)
      feeder.legs[place].law.linearAdmittance = admittance
      feeder.grid.linearDemands.append(
        LinearDemand(bus: leg.bus, ends: leg.ends, admittance: admittance))
    }
    return feeder
  }

  /// The demand of all loads.
  public func demand(in network: Network) -> Demand {
    func terminal(_ bus: String, _ conductor: Conductor?) -> Int? {
      guard let conductor else { return nil }
      guard let index = network.grid.bus(named: bus),
        let terminal = network.terminal(at: index, conductor)
      else { fatalError("a load of the test lies at no terminal") }
      return terminal
    }
    let entries =
      loads.map { DemandEntry(plus: terminal($0.bus, Conductor(position: $0.phase))) }
      + legs.map { leg in
        DemandEntry(
          plus: terminal(leg.bus, leg.ends.plus), minus: terminal(leg.bus, leg.ends.minus),
          response: leg.law.response, ratedVoltage: leg.law.ratedVolts.map(Voltage.volts),
          window: leg.law.window, linearAdmittance: leg.law.linearAdmittance)
      }
    var demand = Demand(entries)
    for (entry, power) in (loads.map(\.power) + legs.map(\.power)).enumerated() {
      demand.activePower[entry] = power.real
      demand.reactivePower[entry] = power.imaginary
    }
    return demand
  }

  /// Solves the feeder from the unloaded network.
  public func solve(
    tolerance: Double = 1e-12, iterationLimit: Int = 200
  ) throws -> SolvedFeeder {
    let network = try Network(compiling: grid)
    return solve(
      try FlowSolver(network),
      ConvergenceCriterion(tolerance: .perUnit(tolerance), iterationLimit: iterationLimit))
  }

  /// Solves the feeder by its nodal admittances, without any tree.
  public func solveByNodes(tolerance: Double = 1e-12) throws -> SolvedFeeder {
    let network = try Network(compiling: grid)
    return solve(
      try FlowSolver(crossChecking: network),
      ConvergenceCriterion(tolerance: .perUnit(tolerance), iterationLimit: 500))
  }

  /// Solves the feeder's loads with a solver that has been made for it.
  public func solve(_ solver: FlowSolver, _ criterion: ConvergenceCriterion) -> SolvedFeeder {
    let demand = demand(in: solver.network)
    var state = solver.makeState(for: demand)
    let outcome = solver.solve(demand, from: .unloaded, updating: &state, until: criterion)
    return SolvedFeeder(solver: solver, demand: demand, state: state, outcome: outcome)
  }
}
