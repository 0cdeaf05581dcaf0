public import BusbarUnits

/// A transformer: for each phase a core with one coil of every winding around it.
///
/// The number of phases is that of the coils of a winding. How the coils are joined to the buses
/// makes the connection: wye, delta, open delta, centre tap, autotransformer.
public struct Transformer: Hashable, Sendable {
  /// The user's name of the transformer.
  public var id: String
  /// Two or more windings, each with as many coils as there are phases.
  public var windings: [Winding]
  /// The rated power of all phases, the base of all values that are relative.
  public var ratedPower: ApparentPower
  /// Short-circuit reactance of each pair of windings: 1-2, 1-3, ..., 2-3, ...
  public var shortCircuitReactance: [PerUnit]
  /// Loss without a load, drawn at `noLoadPlace`.
  public var noLoadLoss: PerUnit
  /// Reactive part of the magnetising current, drawn at `noLoadPlace`.
  public var magnetisingCurrent: PerUnit
  /// Where the equivalent circuit has its no-load branch.
  public var noLoadPlace = NoLoadPlace.secondWinding
  /// Inductive susceptance from each coil end to earth, in millionths of the coil's rating.
  ///
  /// Half of the amount lies at either end of a coil. OpenDSS puts it there by default (1 ppm) to
  /// give a floating delta a reference; 0 leaves it out.
  public var antifloatPPM: Double

  /// Where the equivalent circuit of a transformer has its no-load branch.
  public enum NoLoadPlace: Hashable, Sendable {
    /// At the second winding, as OpenDSS has it.
    case secondWinding
    /// Between the two halves of the leakage of two windings: the T equivalent circuit.
    case middle
  }

  /// Makes a transformer.
  public init(
    id: String, windings: [Winding], ratedPower: ApparentPower,
    shortCircuitReactance: [PerUnit], noLoadLoss: PerUnit = .zero,
    magnetisingCurrent: PerUnit = .zero, antifloatPPM: Double = 0
  ) {
    self.id = id
    self.windings = windings
    self.ratedPower = ratedPower
    self.shortCircuitReactance = shortCircuitReactance
    self.noLoadLoss = noLoadLoss
    self.magnetisingCurrent = magnetisingCurrent
    self.antifloatPPM = antifloatPPM
  }

  /// The number of phases.
  public var phaseCount: Int { windings.first?.coils.count ?? 0 }

  /// The place of a pair of windings, both from 0, in `shortCircuitReactance`.
  func pair(_ first: Int, _ second: Int) -> Int {
    let (low, high) = (min(first, second), max(first, second))
    return low * windings.count - low * (low + 1) / 2 + high - low - 1
  }
}

/// The coils of one voltage level of a transformer.
public struct Winding: Hashable, Sendable {
  /// The user's name of the bus.
  public var bus: String
  /// The ends of the coil of each phase, in the order of the phases of the core.
  public var coils: [ConductorPair]
  /// The rated voltage across one coil, at `turns` 1 and tap position 0.
  public var coilVoltage: Voltage
  /// Resistance of the winding, on the transformer's base.
  public var resistance: PerUnit
  /// The turns at tap position 0, relative to the rated ones.
  public var turns: PerUnit
  /// The tap changer in the winding; nil when the ratio is fixed.
  public var tapChanger: TapChanger?

  /// Makes a winding.
  public init(
    bus: String, coils: [ConductorPair], coilVoltage: Voltage, resistance: PerUnit,
    turns: PerUnit = .perUnit(1), tapChanger: TapChanger? = nil
  ) {
    self.bus = bus
    self.coils = coils
    self.coilVoltage = coilVoltage
    self.resistance = resistance
    self.turns = turns
    self.tapChanger = tapChanger
  }

  /// The turns at a tap position, relative to the rated ones; negative when they are reversed.
  ///
  /// A winding without any turns is given a ten-thousandth of the rated ones, as OpenDSS does:
  /// between admittances it would be a short circuit of no impedance at all.
  public func turns(at position: Int) -> Double {
    let turns = turns.perUnit + Double(position) * (tapChanger?.step.perUnit ?? 0)
    return abs(turns) < Self.leastTurns ? Self.leastTurns : turns
  }

  private static let leastTurns = 1e-4
}

/// The steps by which the turns of a winding can be changed; position 0 is neutral.
public struct TapChanger: Hashable, Sendable {
  /// The positions that can be reached; contains 0.
  public var range: ClosedRange<Int>
  /// The change of turns for each position, relative to the rated turns.
  public var step: PerUnit
  /// The position at the start.
  public var initialPosition: Int

  /// Makes a tap changer whose range contains its initial position.
  public init(range: ClosedRange<Int>, step: PerUnit, initialPosition: Int) {
    precondition(range.contains(initialPosition), "A tap changer starts within its range.")
    self.range = range
    self.step = step
    self.initialPosition = initialPosition
  }
}
