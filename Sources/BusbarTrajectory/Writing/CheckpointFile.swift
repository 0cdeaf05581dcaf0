internal import BusbarHDF5
public import BusbarSimulation

/// A file that holds the state of a run at one instant, for branches to begin from.
public enum CheckpointFile {
  /// The version of the layout of checkpoint files.
  static let formatVersion: Int64 = 1
  /// The attribute of the root that tells a checkpoint file from a result.
  static let mark = "busbar_checkpoint_version"

  /// Writes a checkpoint beside a result; the simulation stands between two events.
  ///
  /// A file that holds the same run at the same instant is left as it is.
  public static func write(
    _ simulation: Simulation, _ provenance: Provenance, to output: OutputPath
  ) throws(TrajectoryError) {
    let checkpoint = StoredCheckpoint(simulation)
    if output.existing == .keep, let stored = try? StoredRun(output.path),
      stored.checkpoint?.digest == checkpoint.digest,
      stored.runDigest == provenance.runDigest(seed: simulation.plan.seed)
    {
      return
    }
    try output.check()
    do {
      // What a killed run has left of its own file is of no use.
      let file = try HDF5File(creating: output.partialPath, existing: .replace)
      try file.root.setAttribute(mark, to: formatVersion)
      try ProvenanceAttributes.write(provenance, simulation.plan, to: file.root)
      try checkpoint.write(to: file.root)
      try file.close()
    } catch {
      throw .writing(output.path, error)
    }
    try output.moveIntoPlace()
  }
}
