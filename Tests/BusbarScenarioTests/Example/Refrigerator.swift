public import BusbarEvents
public import BusbarUnits

// The device of the article "Add a device in one file"; there it belongs to the module itself.
@testable public import BusbarDevices

/// A refrigerator: its compressor runs for the first part of each cycle.
///
/// P is constant while the compressor runs, and Q follows the square of the voltage, as of an
/// induction motor. The mean power is power × on_time / (on_time + off_time).
public enum Refrigerator: DeviceModel {
  public static let kind = "refrigerator"
  public static let documentation = "A refrigerator whose compressor runs in cycles."

  /// What is fixed for the run.
  public struct Parameters: Sendable {
    /// The power of the running compressor at rated voltage, in W and var.
    public var running: ComplexPower
    /// How long the compressor runs in each cycle.
    public var onTime: Interval
    /// How long it rests.
    public var offTime: Interval
    /// How much of its first cycle has passed when the run begins.
    public var lead: Interval
    /// The voltage at which it draws its reactive power.
    public var ratedVoltage: Voltage
  }

  /// The time since the start of the run; whole milliseconds, so that no sum of them rounds.
  public struct State: Hashable, Codable, Sendable {
    public var age: Interval
  }

  static let power = Field.quantity(
    "power", .activePower, range: .nonNegative, "Active power of the running compressor.")
  static let powerFactor = Field.number(
    "power_factor", default: 0.85, range: .closed(0.001...1),
    "Active over apparent power at rated voltage, inductive.")
  static let onTime = Field.interval(
    "on_time", range: .positiveTime, "How long the compressor runs in each cycle.")
  static let offTime = Field.interval(
    "off_time", range: .positiveTime, "How long the compressor rests in each cycle.")
  static let lead = Field.interval(
    "lead", default: 0, range: .time, "How much of its first cycle has passed at the start.")
  static let ratedVoltage = Field.quantity(
    "rated_voltage", .voltage, default: 230, range: .positive,
    "The voltage at which it draws its reactive power.")

  public static var fields: [any DeclaredField] {
    [power, powerFactor, onTime, offTime, lead, ratedVoltage]
  }

  public static func contradictions(in values: FieldValues) -> [FieldContradiction] {
    guard values[lead] >= values[onTime] + values[offTime] else { return [] }
    return [
      FieldContradiction(
        lead, "'lead' is no shorter than a cycle of on_time and off_time",
        remedy: "make it shorter")
    ]
  }

  public static func parameters(_ values: FieldValues, _ profiles: ProfileLibrary) -> Parameters {
    let factor = values[powerFactor]
    let active = values[power]
    return Parameters(
      running: ComplexPower(
        activeWatts: active, reactiveVars: active * (1 / (factor * factor) - 1).squareRoot()),
      onTime: Interval(milliseconds: values[onTime]),
      offTime: Interval(milliseconds: values[offTime]), lead: Interval(milliseconds: values[lead]),
      ratedVoltage: .volts(values[ratedVoltage]))
  }

  public static func initialState(_ parameters: Parameters) -> State { State(age: .zero) }

  /// The time since the last start of the compressor.
  private static func timeInCycle(_ state: State, _ parameters: Parameters) -> Interval {
    let cycle = parameters.onTime + parameters.offTime
    return Interval(
      milliseconds: (state.age + parameters.lead).milliseconds % cycle.milliseconds)
  }

  public static func demand(
    _ state: State, at terminalVoltage: Voltage, _ parameters: Parameters
  ) -> ComplexPower {
    timeInCycle(state, parameters) < parameters.onTime ? parameters.running : .zero
  }

  public static func voltageResponse(_ parameters: Parameters) -> RatedResponse? {
    RatedResponse(.motor, ratedVoltage: parameters.ratedVoltage)
  }

  public static func advance(
    _ state: State, by elapsed: Interval, drawing delivered: ComplexPower,
    _ parameters: Parameters
  ) -> State {
    State(age: state.age + elapsed)
  }

  public static func timeUntilNextChange(_ state: State, _ parameters: Parameters) -> Interval? {
    let time = timeInCycle(state, parameters)
    let cycle = parameters.onTime + parameters.offTime
    return time < parameters.onTime ? parameters.onTime - time : cycle - time
  }

  public static var channels: [Channel<Refrigerator>] {
    [
      Channel("active_power", unit: "W", "active power delivered to the refrigerator") {
        _, _, delivered in delivered.activeWatts
      }
    ]
  }

  public static func makeFleet(_ members: [FleetMember<Parameters>]) -> any Fleet {
    ModelFleet<Refrigerator>(members)
  }
}
