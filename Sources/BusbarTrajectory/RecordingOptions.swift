public import BusbarEvents

/// What a run writes down, and how.
public struct RecordingOptions: Sendable, Hashable {
  /// How real values are stored.
  public enum Precision: String, Sendable, CaseIterable {
    /// Four bytes: about seven digits.
    case single
    /// Eight bytes: about sixteen digits.
    case double
  }

  /// The time between two recording instants; the first one is the start of the run.
  public var interval: Interval
  /// The names of the variables to record, of `TrajectoryVariable.all`.
  public var variables: [String]
  /// How real values of the variables are stored.
  public var precision: Precision
  /// The level of deflate compression, 1 to 9, or 0 for none.
  public var compressionLevel: Int
  /// Whether each device's channels are recorded.
  public var devices: DeviceRecording
  /// Whether each message on each link is written down.
  public var messages = MessageRecording.all
  /// The number of recording instants that are written in one go.
  public var instantsPerBlock = 60
  /// The threads that compute the recorded variables, 1 or more; changes no value.
  public var threads = 1

  /// Which messages are recorded.
  public enum MessageRecording: String, Sendable, CaseIterable {
    case all
    case none
  }

  /// Which devices' channels are recorded.
  public enum DeviceRecording: String, Sendable, CaseIterable {
    case all
    case none
  }

  /// Makes options; without arguments everything is recorded in single precision.
  public init(
    interval: Interval, variables: [String] = TrajectoryVariable.all.map(\.name),
    precision: Precision = .single, compressionLevel: Int = 0, devices: DeviceRecording = .all
  ) {
    precondition(interval > .zero, "Recording instants lie apart.")
    precondition((0...9).contains(compressionLevel), "A compression level is 0 to 9.")
    self.interval = interval
    self.variables = variables
    self.precision = precision
    self.compressionLevel = compressionLevel
    self.devices = devices
  }
}
