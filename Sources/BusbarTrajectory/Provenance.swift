internal import BusbarHDF5

/// Where a result comes from; written as attributes, and left out when contents are compared.
public struct Provenance: Sendable {
  /// The version of Busbar.
  public var busbarVersion: String
  /// The scenario's title.
  public var title: String
  /// The files that defined the run, in a stable order.
  public var inputs: [InputFile]
  /// What the command line replaced in the scenario, as `path=value`.
  public var overrides: [String]

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
  public init(busbarVersion: String, title: String, inputs: [InputFile], overrides: [String]) {
    self.busbarVersion = busbarVersion
    self.title = title
    self.inputs = inputs
    self.overrides = overrides
  }

  /// The version of the layout of result files.
  public static let schemaVersion: Int64 = 1
}

/// The libraries behind result files.
public enum TrajectoryLibraries {
  /// The version of the HDF5 library that is running.
  public static var hdf5Version: String { HDF5Library.version }
}
