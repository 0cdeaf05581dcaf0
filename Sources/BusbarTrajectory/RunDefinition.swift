public import BusbarEvents
internal import Foundation

/// What defines a run besides the contents of its input files; enough to reproduce it.
public struct RunDefinition: Codable, Sendable, Hashable {
  /// The name of the file among the inputs that names all others, such as `scenario.yaml`.
  public var scenarioFile: String
  /// What the command line replaced in the scenario, as `path=value`.
  public var overrides: [String]
  /// The runs whose checkpoints led to this one, oldest first; empty for a run from the start.
  public var lineage: [Ancestor]

  /// A run that was left at a checkpoint, from which another one went on.
  public struct Ancestor: Codable, Sendable, Hashable {
    /// The overrides of that run.
    public var overrides: [String]
    /// The instant of the checkpoint, in milliseconds since the start.
    public var untilMilliseconds: Int64
    /// The events that had happened; tells apart the boundaries within one instant.
    public var eventCount: Int

    /// Makes an ancestor from its overrides and the place of its checkpoint.
    public init(overrides: [String], until instant: SimulationTime, eventCount: Int) {
      self.overrides = overrides
      untilMilliseconds = instant.milliseconds
      self.eventCount = eventCount
    }

    /// The instant of the checkpoint.
    public var until: SimulationTime { SimulationTime(milliseconds: untilMilliseconds) }
  }

  /// Makes a definition.
  public init(scenarioFile: String, overrides: [String], lineage: [Ancestor] = []) {
    self.scenarioFile = scenarioFile
    self.overrides = overrides
    self.lineage = lineage
  }

  /// The definition as JSON, as files hold it.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("Texts and whole numbers can be written as JSON.")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Reads a definition; nil for another text.
  init?(text: String) {
    guard let value = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else {
      return nil
    }
    self = value
  }
}

/// The checkpoint from which a branch began.
public struct ParentCheckpoint: Sendable, Hashable {
  /// The name of its file, without folders.
  public var file: String
  /// The SHA-256 digest of its state.
  public var digest: String
  /// The instant at which it was taken.
  public var instant: SimulationTime

  /// Makes a parent.
  public init(file: String, digest: String, instant: SimulationTime) {
    self.file = file
    self.digest = digest
    self.instant = instant
  }
}
