internal import BusbarHDF5

/// Where a result comes from; written as attributes, and left out when contents are compared.
public struct Provenance: Sendable {
  /// The version of Busbar.
  public var busbarVersion: String
  /// The scenario's title.
  public var title: String
  /// The files that defined the run, in a stable order.
  public var inputs: [InputFile]
  /// What else defines the run: its scenario file, its overrides and its ancestors.
  public var definition: RunDefinition
  /// The checkpoint from which a branch began; nil for a run from the start.
  public var parent: ParentCheckpoint?

  /// A file of the scenario with its name inside the scenario's folder.
  public struct InputFile: Sendable {
    /// The path relative to the scenario's folder.
    public var name: String
    /// The content.
    public var bytes: [UInt8]

    /// Makes an input file.
    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// Makes a provenance.
  public init(
    busbarVersion: String, title: String, inputs: [InputFile], definition: RunDefinition,
    parent: ParentCheckpoint? = nil
  ) {
    self.busbarVersion = busbarVersion
    self.title = title
    self.inputs = inputs
    self.definition = definition
    self.parent = parent
  }

  /// The digest of all that defines the run: inputs, overrides, ancestors and the seed.
  ///
  /// Runs with the same digest, made by the same program on the same kind of machine, have the
  /// same content.
  public func runDigest(seed: UInt64) -> String {
    let digest = SHA256Digest()
    digest.update(definition.text)
    digest.update("\(seed)")
    for input in inputs {
      digest.update(input.name)
      digest.update(SHA256Digest.hex(of: input.bytes))
    }
    return digest.finish()
  }

  /// The version of the layout of result files.
  public static let schemaVersion: Int64 = 1
}

/// The libraries behind result files.
public enum TrajectoryLibraries {
  /// The version of the HDF5 library that is running.
  public static var hdf5Version: String { HDF5Library.version }
}
