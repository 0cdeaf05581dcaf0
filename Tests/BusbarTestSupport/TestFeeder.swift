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

  /// Solves the feeder from the unloaded network.
  public func solve(
    tolerance: Double = 1e-12, iterationLimit: Int = 200
  ) throws -> SolvedFeeder {
    let network = try Network(compiling: grid)
    let terminals = loads.map { load -> Int in
      guard let bus = network.grid.bus(named: load.bus),
        let terminal = network.terminal(at: bus, Conductor(position: load.phase))
      else { fatalError("a load of the test lies at no terminal") }
      return terminal
    }
    var demand = Demand(at: terminals)
    for (entry, load) in loads.enumerated() {
      demand.activePower[entry] = load.power.real
      demand.reactivePower[entry] = load.power.imaginary
    }
    let solver = try FlowSolver(network)
    var state = solver.makeState(for: demand)
    let outcome = solver.solve(
      demand, from: .unloaded, updating: &state,
      until: ConvergenceCriterion(
        tolerance: .perUnit(tolerance), iterationLimit: iterationLimit))
    return SolvedFeeder(solver: solver, demand: demand, state: state, outcome: outcome)
  }
}

/// A feeder with the solution of its power flow.
public struct SolvedFeeder {
  public let solver: FlowSolver
  public let demand: Demand
  public let state: FlowState
  public let outcome: FlowOutcome

  public var network: Network { solver.network }
  public var flows: BranchFlows { BranchFlows(solver) }

  /// Whether the power flow has converged.
  public var isConverged: Bool {
    if case .converged = outcome { true } else { false }
  }

  /// The voltage of a phase of a bus, in V.
  public func voltage(_ bus: String, _ phase: Int = 0) -> Phasor {
    guard let index = network.grid.bus(named: bus),
      let terminal = network.terminal(at: index, Conductor(position: phase))
    else { fatalError("the test asks for the voltage of no terminal") }
    return state.voltage(at: terminal)
  }
}
