public import BusbarUnits

/// A three-phase transformer with two windings.
public struct Transformer: Hashable, Sendable {
  /// The user's name of the transformer.
  public var id: String
  /// The bus of the winding that the capital letters of the vector group name.
  public var fromBus: String
  /// The bus of the other winding.
  public var toBus: String
  /// How the windings are connected.
  public var vectorGroup: VectorGroup
  /// The rated power of all three phases.
  public var ratedPower: ApparentPower
  /// Rated voltage between two phases at the from-side, at the neutral tap position.
  public var fromVoltage: Voltage
  /// Rated voltage between two phases at the to-side.
  public var toVoltage: Voltage
  /// Short-circuit resistance of both windings together, on the transformer's own base.
  public var resistance: PerUnit
  /// Short-circuit reactance of both windings together, on the transformer's own base.
  public var reactance: PerUnit
  /// Inductive susceptance from each winding end to earth, in millionths of the winding's rating.
  ///
  /// Half of the amount lies at either end of a winding. OpenDSS puts it there by default (1 ppm)
  /// to give a floating delta a reference; 0 leaves it out.
  public var antifloatPPM: Double
  /// The tap changer in the from-winding; nil when the ratio is fixed.
  public var tapChanger: TapChanger?

  /// Makes a transformer.
  public init(
    id: String, fromBus: String, toBus: String, vectorGroup: VectorGroup,
    ratedPower: ApparentPower, fromVoltage: Voltage, toVoltage: Voltage,
    resistance: PerUnit, reactance: PerUnit, antifloatPPM: Double = 0,
    tapChanger: TapChanger? = nil
  ) {
    self.id = id
    self.fromBus = fromBus
    self.toBus = toBus
    self.vectorGroup = vectorGroup
    self.ratedPower = ratedPower
    self.fromVoltage = fromVoltage
    self.toVoltage = toVoltage
    self.resistance = resistance
    self.reactance = reactance
    self.antifloatPPM = antifloatPPM
    self.tapChanger = tapChanger
  }
}

/// The steps by which the turns of a from-winding can be changed; position 0 is neutral.
public struct TapChanger: Hashable, Sendable {
  /// The positions that can be reached; contains 0.
  public var range: ClosedRange<Int>
  /// The change of turns for each position, relative to the neutral turns.
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
