public import BusbarEvents
public import BusbarUnits

/// A family of devices that share one set of equations.
///
/// A model is pure functions over `Parameters` and `State`. It does not know the grid: it sees the
/// voltage at its terminals and answers with a demand. One more device costs one file with such a
/// type, one line in the catalogue and one test file.
public protocol DeviceModel: Sendable {
  /// What is fixed for the run.
  associatedtype Parameters: Sendable
  /// What changes during the run; checkpoints encode it.
  associatedtype State: Hashable, Codable, Sendable

  /// The name used in scenario files, such as `load`.
  static var kind: String { get }
  /// What the device is, in one sentence.
  static var documentation: String { get }
  /// The keys of a device in scenario files, besides id, customer and phases.
  static var fields: [any DeclaredField] { get }
  /// What is recorded; each becomes one variable.
  static var channels: [Channel<Self>] { get }

  /// What decoded values say that does not go together; empty when nothing does.
  static func contradictions(in values: FieldValues) -> [FieldContradiction]
  /// Makes the parameters from decoded values without contradictions and the profiles that they refer to.
  static func parameters(_ values: FieldValues, _ profiles: ProfileLibrary) -> Parameters
  /// The state at the start of the run.
  static func initialState(_ parameters: Parameters) -> State
  /// How the power depends on the voltage across a leg; nil when it does not.
  ///
  /// The power that it starts from is that of `demand`, in equal parts for all legs.
  static func voltageResponse(_ parameters: Parameters) -> RatedResponse?
  /// What the device draws now at the given voltage between phase and earth, mean of its phases.
  static func demand(
    _ state: State, at terminalVoltage: Voltage, _ parameters: Parameters
  ) -> ComplexPower
  /// The state after a time in which the device drew the given power.
  static func advance(
    _ state: State, by elapsed: Interval, drawing delivered: ComplexPower,
    _ parameters: Parameters
  ) -> State
  /// The time until the device changes by itself, above zero; nil when it never does.
  static func timeUntilNextChange(_ state: State, _ parameters: Parameters) -> Interval?

  /// Gathers devices into a fleet; written in the model's own file, where the loops specialise.
  static func makeFleet(_ members: [FleetMember<Parameters>]) -> any Fleet
}

extension DeviceModel {
  public static func contradictions(in values: FieldValues) -> [FieldContradiction] { [] }
  public static func voltageResponse(_ parameters: Parameters) -> RatedResponse? { nil }
}

/// One recorded quantity of a kind of device.
public struct Channel<Model: DeviceModel>: Sendable {
  /// The name of the variable, without the kind.
  public let name: String
  /// The unit as written into the file.
  public let unit: String
  /// What the quantity is, in words.
  public let longName: String
  /// The value for one device, in the unit.
  public let value: @Sendable (Model.State, Model.Parameters, ComplexPower) -> Double

  /// Makes a channel; the closure gets the state, the parameters and the delivered power.
  public init(
    _ name: String, unit: String, _ longName: String,
    value: @escaping @Sendable (Model.State, Model.Parameters, ComplexPower) -> Double
  ) {
    self.name = name
    self.unit = unit
    self.longName = longName
    self.value = value
  }
}

/// The profiles of a scenario by name.
public struct ProfileLibrary: Sendable {
  private let profiles: [String: Profile]

  /// Makes a library of profiles with different names.
  public init(_ profiles: [Profile]) {
    self.profiles = Dictionary(uniqueKeysWithValues: profiles.map { ($0.id, $0) })
  }

  /// The names, in no order.
  public var names: some Collection<String> { profiles.keys }

  /// The same names, each with a value of one at all times: what is nominal, without a profile.
  public var nominal: ProfileLibrary {
    ProfileLibrary(
      profiles.values.map { Profile(id: $0.id, step: $0.step, values: [1]) })
  }

  /// The profile of a name that decoding has found to exist.
  public subscript(name: String) -> Profile {
    guard let profile = profiles[name] else {
      preconditionFailure("The scenario has no profile '\(name)'.")
    }
    return profile
  }
}
