internal import BusbarEvents
internal import BusbarPowerFlow
internal import BusbarSimulation
internal import BusbarTrajectory
internal import BusbarUnits

enum PowerFlowRecord {
  static let tolerance = Field.number(
    "tolerance", default: 1e-8, range: .closed(1e-14...1e-2),
    "The largest voltage change, relative to the nominal voltage, that counts as none.")
  static let iterationLimit = Field.integer(
    "iteration_limit", default: 50, range: .closed(1...100_000),
    "The number of sweeps after which a power flow is given up.")
  static let onDivergence = Field.choice(
    "on_divergence", DivergencePolicy.allCases.map(\.rawValue),
    default: DivergencePolicy.stop.rawValue,
    "What to do when there is no solution: stop, hold the last one, or record missing values.")

  static let snapshot = Field.choice(
    "snapshot", Snapshot.allCases.map(\.rawValue), default: Snapshot.start.rawValue,
    "What busbar solve shows without a time: the start of the run, or all devices at their nominal "
      + "power without profiles.")

  static let declaration = RecordDeclaration(
    "power flow", "How the power flow is solved.", tolerance, iterationLimit, onDivergence,
    snapshot)

  static func snapshot(_ values: FieldValues) -> Snapshot {
    guard let snapshot = Snapshot(rawValue: values[snapshot]) else {
      preconditionFailure("A snapshot is one of the words of its field.")
    }
    return snapshot
  }

  static func criterion(_ values: FieldValues) -> ConvergenceCriterion {
    ConvergenceCriterion(
      tolerance: .perUnit(values[tolerance]), iterationLimit: values[iterationLimit])
  }

  static func policy(_ values: FieldValues) -> DivergencePolicy {
    guard let policy = DivergencePolicy(rawValue: values[onDivergence]) else {
      preconditionFailure("A policy is one of the words of its field.")
    }
    return policy
  }
}

enum RecordingRecord {
  static let every = Field.interval(
    "every", default: 60_000, range: .positiveTime, "The time between two recorded instants.")
  static let precision = Field.choice(
    "precision", RecordingOptions.Precision.allCases.map(\.rawValue),
    default: RecordingOptions.Precision.single.rawValue,
    "Whether real values take four bytes or eight.")
  static let compression = Field.integer(
    "compression", default: 0, range: .closed(0...9),
    "The level of deflate compression, or 0 for none, which is much faster.")
  static let devices = Field.choice(
    "devices", RecordingOptions.DeviceRecording.allCases.map(\.rawValue),
    default: RecordingOptions.DeviceRecording.all.rawValue,
    "Whether the channels of each device are recorded.")
  static let messages = Field.choice(
    "messages", RecordingOptions.MessageRecording.allCases.map(\.rawValue),
    default: RecordingOptions.MessageRecording.all.rawValue,
    "Whether each message on each link is recorded.")
  /// The key of the list of variables, which is not a single value.
  static let variables = "variables"

  static let declaration = RecordDeclaration(
    "record", "What is written down, and how often.", every, precision, compression, devices,
    messages)

  static func options(_ values: FieldValues, variables: [String]) -> RecordingOptions {
    guard let precision = RecordingOptions.Precision(rawValue: values[precision]),
      let devices = RecordingOptions.DeviceRecording(rawValue: values[devices]),
      let messages = RecordingOptions.MessageRecording(rawValue: values[messages])
    else { preconditionFailure("These values are among the words of their fields.") }
    var options = RecordingOptions(
      interval: Interval(milliseconds: values[every]), variables: variables,
      precision: precision, compressionLevel: values[compression], devices: devices)
    options.messages = messages
    return options
  }
}
