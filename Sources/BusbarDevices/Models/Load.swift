public import BusbarEvents
public import BusbarUnits

/// An inflexible load of constant power that follows a profile.
///
/// P(t) = power × profile(t), and Q = P·tan(arccos(power factor)), inductive. Without a profile the
/// power is constant. The power does not depend on the voltage.
public enum Load: DeviceModel {
  public struct Parameters: Sendable {
    /// The power at a profile value of one, in W and var.
    public var nominal: ComplexPower
    /// The factors over time; nil for a constant load.
    public var profile: Profile?

    /// Makes parameters.
    public init(nominal: ComplexPower, profile: Profile?) {
      self.nominal = nominal
      self.profile = profile
    }
  }

  /// The time since the start of the run.
  public struct State: Hashable, Sendable {
    public var age: Interval
  }

  public static let kind = "load"
  public static let documentation =
    "An inflexible load of constant power, scaled by a profile over time."

  static let power = Field.quantity(
    "power", .activePower,
    "Active power at a profile value of one; positive when drawn from the grid.")
  static let powerFactor = Field.number(
    "power_factor", default: 1, range: .closed(0.001...1),
    "Active over apparent power; the load is inductive.")
  static let profile = Field.reference(
    "profile", to: "profiles",
    "The profile that scales the power; without it the power is constant."
  ).optional

  public static var fields: [any DeclaredField] { [power, powerFactor, profile] }

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

  public static func parameters(_ values: FieldValues, _ profiles: ProfileLibrary) -> Parameters {
    let active = values[power]
    let factor = values[powerFactor]
    return Parameters(
      nominal: ComplexPower(
        activeWatts: active, reactiveVars: active * (1 / (factor * factor) - 1).squareRoot()),
      profile: values[optional: Self.profile].map { profiles[$0] })
  }

  public static func initialState(_ parameters: Parameters) -> State { State(age: .zero) }

  public static func demand(
    _ state: State, at terminalVoltage: Voltage, _ parameters: Parameters
  ) -> ComplexPower {
    let factor = parameters.profile?.value(at: state.age) ?? 1
    return ComplexPower(
      activeWatts: parameters.nominal.activeWatts * factor,
      reactiveVars: parameters.nominal.reactiveVars * factor)
  }

  public static func advance(
    _ state: State, by elapsed: Interval, drawing delivered: ComplexPower,
    _ parameters: Parameters
  ) -> State {
    State(age: state.age + elapsed)
  }

  public static func timeUntilNextChange(_ state: State, _ parameters: Parameters) -> Interval? {
    parameters.profile?.timeUntilNextStep(after: state.age)
  }

  public static func makeFleet(_ members: [FleetMember<Parameters>]) -> any Fleet {
    ModelFleet<Load>(members)
  }
}
