internal import BusbarHDF5

/// What a file says about the run behind it: enough to resume, to branch or to reproduce it.
public struct StoredRun: Sendable {
  /// What kind of file it is.
  public enum Kind: Sendable, Hashable {
    /// A result of a run that has ended by itself.
    case finished
    /// A result that was left behind by an interrupted or killed run.
    case unfinished
    /// A checkpoint alone.
    case checkpoint
  }

  /// The path of the file.
  public let path: String
  /// What kind of file it is.
  public let kind: Kind
  /// The version of Busbar that wrote it.
  public let busbarVersion: String
  /// The machine that wrote it.
  public let machine: MachineProvenance
  /// The files that defined the run; each agrees with its digest.
  public let inputs: [Provenance.InputFile]
  /// What else defined the run.
  public let definition: RunDefinition
  /// The seed of the run.
  public let seed: UInt64
  /// The digest of all that defined the run.
  public let runDigest: String
  /// The state that the file holds; nil for none, or for a damaged one.
  public let checkpoint: StoredCheckpoint?

  /// Reads a result, finished or not, or a checkpoint file.
  ///
  /// Throws `TrajectoryError.cannotRead` when it is neither, has a layout of another version, is cut
  /// off, or is still being written.
  public init(_ path: String) throws(TrajectoryError) {
    self.path = path
    do {
      let file = try ResultOpening.open(path)
      let root = file.root
      if try root.hasAttribute(CheckpointFile.mark) {
        try ResultOpening.require(
          CheckpointFile.formatVersion, in: CheckpointFile.mark, of: file)
        kind = .checkpoint
      } else if try root.hasAttribute("busbar_schema_version") {
        try ResultOpening.require(
          Provenance.schemaVersion, in: "busbar_schema_version", of: file)
        let ending = try root.hasAttribute("run_ending") ? root.textAttribute("run_ending") : nil
        kind = ending == nil || ending == "interrupted" ? .unfinished : .finished
      } else {
        throw TrajectoryError.cannotRead(
          path: path, reason: "it is an HDF5 file, but not of Busbar.")
      }
      busbarVersion = try root.textAttribute("busbar_version")
      machine = try ProvenanceAttributes.machine(of: root)
      guard try root.hasAttribute("run_definition"),
        let definition = RunDefinition(text: try root.textAttribute("run_definition")),
        let seed = UInt64(try root.textAttribute("seed"))
      else {
        throw TrajectoryError.cannotRead(
          path: path, reason: "it does not say what defined its run.")
      }
      self.definition = definition
      self.seed = seed
      inputs = try InputTables.read(from: root, path)
      runDigest = try root.textAttribute("run_digest")
      checkpoint = try StoredCheckpoint.read(from: root)
    } catch let error as TrajectoryError {
      throw error
    } catch let error as HDF5Error {
      throw .reading(path, error)
    } catch {
      throw .cannotRead(path: path, reason: "\(error)")
    }
  }

  /// Throws unless this program goes on with the file as its own run would have.
  ///
  /// What is resumed or branched has to be of the same version and untouched.
  public func requireContinuable(by busbarVersion: String) throws(TrajectoryError) {
    guard busbarVersion == self.busbarVersion else {
      throw .cannotResume(
        path: path,
        reason: "it is of Busbar \(self.busbarVersion), this is \(busbarVersion). Use that "
          + "version, or run the scenario again.")
    }
    let provenance = Provenance(
      busbarVersion: busbarVersion, title: "", inputs: inputs, definition: definition)
    guard provenance.runDigest(seed: seed) == runDigest else {
      throw .cannotResume(
        path: path,
        reason: "its inputs, overrides or seed are not those that it began with. Remove it and "
          + "run the scenario again.")
    }
  }
}
