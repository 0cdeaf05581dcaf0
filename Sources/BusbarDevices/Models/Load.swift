public import BusbarEvents
public import BusbarUnits

/// An inflexible load that follows a profile and whose power can depend on the voltage.
///
/// P(t) = power × profile(t) is the power at rated voltage, and Q is given or
/// P·tan(arccos(power factor)), inductive. Without a profile the power is constant. The reactive
/// power follows the same profile, or one of its own.
public enum Load: DeviceModel {
  /// How the reactive power moves over time.
  public enum ReactiveCourse: Hashable, Sendable {
    /// By the same factors as the active power.
    case alongProfile
    /// By factors of its own.
    case following(Profile)
    /// It stays at its nominal value, whatever the profile.
    case nominal
  }

  public struct Parameters: Sendable {
    /// The power at a profile value of one and at rated voltage, in W and var.
    public var nominal: ComplexPower
    /// The factors over time; nil for a constant load.
    public var profile: Profile?
    /// Which factors count for the reactive power.
    public var reactiveCourse = ReactiveCourse.alongProfile
    /// How the power follows the voltage across a leg.
    public var response = VoltageResponse.constantPower
    /// The voltages between which it does; nil when it does at every voltage.
    public var window: VoltageWindow?
    /// The rated voltage across a leg; nil only where the voltage makes no difference.
    public var ratedVoltage: Voltage?

    /// Makes parameters of a load whose power does not depend on the voltage.
    public init(nominal: ComplexPower, profile: Profile?) {
      self.nominal = nominal
      self.profile = profile
    }
  }

  /// The time since the start of the run.
  public struct State: Hashable, Codable, Sendable {
    public var age: Interval
  }

  public static let kind = "load"
  public static let documentation =
    "An inflexible load, scaled by a profile over time, with a response to the voltage."

  static let power = Field.quantity(
    "power", .activePower,
    "Active power of all legs at a profile value of one; positive when drawn from the grid.")
  static let powerFactor = Field.number(
    "power_factor", range: .closed(0.001...1),
    "Active over apparent power of an inductive load; 1 without it and without reactive_power."
  ).optional
  static let reactivePower = Field.quantity(
    "reactive_power", .reactivePower,
    "Reactive power of all legs beside power; negative for a capacitive load."
  ).optional
  static let profile = Field.reference(
    "profile", to: "profiles",
    "The profile that scales the power; without it the power is constant."
  ).optional

  static let reactiveProfile = Field.reference(
    "reactive_profile", to: "profiles",
    "The profile that scales the reactive power, where it is not the one that scales the power."
  ).optional

  public static var fields: [any DeclaredField] {
    [power, powerFactor, reactivePower, profile, reactiveProfile] + responseFields
  }

  public static var channels: [Channel<Load>] {
    [
      Channel("active_power", unit: "W", "active power delivered to the load") { _, _, delivered in
        delivered.activeWatts
      },
      Channel("reactive_power", unit: "var", "reactive power delivered to the load") {
        _, _, delivered in delivered.reactiveVars
      },
    ]
  }

  public static func contradictions(in values: FieldValues) -> [FieldContradiction] {
    let isTwice = values[optional: powerFactor] != nil && values[optional: reactivePower] != nil
    let twice = FieldContradiction(
      reactivePower, "'reactive_power' and 'power_factor' both give the reactive power",
      remedy: "keep one of them")
    let isFixed =
      values[optional: reactiveProfile] != nil
      && [.fixedReactive, .fixedReactiveImpedance].contains(word(in: values))
    let fixed = FieldContradiction(
      reactiveProfile, "the response '\(values[response])' does not follow 'reactive_profile'",
      remedy: "remove it, or write another response")
    return (isTwice ? [twice] : []) + (isFixed ? [fixed] : []) + responseContradictions(in: values)
  }

  public static func parameters(_ values: FieldValues, _ profiles: ProfileLibrary) -> Parameters {
    let active = values[power]
    let factor = values[optional: powerFactor] ?? 1
    let reactive =
      values[optional: reactivePower] ?? active * (1 / (factor * factor) - 1).squareRoot()
    var parameters = Parameters(
      nominal: ComplexPower(activeWatts: active, reactiveVars: reactive),
      profile: values[optional: Self.profile].map { profiles[$0] })
    setResponse(of: &parameters, from: values)
    if let name = values[optional: reactiveProfile] {
      parameters.reactiveCourse = .following(profiles[name])
    }
    return parameters
  }

  public static func initialState(_ parameters: Parameters) -> State { State(age: .zero) }

  public static func voltageResponse(_ parameters: Parameters) -> RatedResponse? {
    let isConstant = parameters.response == .constantPower && parameters.window == nil
    guard !isConstant, let ratedVoltage = parameters.ratedVoltage else { return nil }
    return RatedResponse(
      parameters.response, window: parameters.window, ratedVoltage: ratedVoltage)
  }

  public static func demand(
    _ state: State, at terminalVoltage: Voltage, _ parameters: Parameters
  ) -> ComplexPower {
    let factor = parameters.profile?.value(at: state.age) ?? 1
    let reactiveFactor = reactiveFactor(at: state.age, active: factor, parameters)
    return ComplexPower(
      activeWatts: parameters.nominal.activeWatts * factor,
      reactiveVars: parameters.nominal.reactiveVars * reactiveFactor)
  }

  private static func reactiveFactor(
    at age: Interval, active: Double, _ parameters: Parameters
  ) -> Double {
    switch parameters.reactiveCourse {
    case .alongProfile: active
    case .following(let profile): profile.value(at: age)
    case .nominal: 1
    }
  }

  public static func advance(
    _ state: State, by elapsed: Interval, drawing delivered: ComplexPower,
    _ parameters: Parameters
  ) -> State {
    State(age: state.age + elapsed)
  }

  public static func timeUntilNextChange(_ state: State, _ parameters: Parameters) -> Interval? {
    let next = parameters.profile?.timeUntilNextStep(after: state.age)
    guard case .following(let profile) = parameters.reactiveCourse else { return next }
    let reactive = profile.timeUntilNextStep(after: state.age)
    guard let next, let reactive else { return next ?? reactive }
    return min(next, reactive)
  }

  public static func makeFleet(_ members: [FleetMember<Parameters>]) -> any Fleet {
    ModelFleet<Load>(members)
  }
}
