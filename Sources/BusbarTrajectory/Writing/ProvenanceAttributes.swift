internal import BusbarHDF5
internal import BusbarSimulation

/// Writes where a result comes from as attributes of the root, and its inputs as datasets.
enum ProvenanceAttributes {
  static func write(
    _ provenance: Provenance, _ plan: SimulationPlan, to root: HDF5Group
  ) throws(HDF5Error) {
    try root.setAttribute("title", to: provenance.title)
    try root.setAttribute("busbar_version", to: provenance.busbarVersion)
    try root.setAttribute("hdf5_version", to: HDF5Library.version)
    try root.setAttribute("seed", to: "\(plan.seed)")
    try root.setAttribute("time_zone", to: plan.epoch.zone)
    try root.setAttribute("utc_offset_at_start_seconds", to: Int64(plan.epoch.offsetSeconds))
    try root.setAttribute(
      "overrides", to: provenance.definition.overrides.joined(separator: "\n"))
    try root.setAttribute("run_definition", to: provenance.definition.text)
    try root.setAttribute("run_digest", to: provenance.runDigest(seed: plan.seed))
    if let parent = provenance.parent {
      try root.setAttribute("parent_checkpoint", to: parent.file)
      try root.setAttribute("parent_digest", to: parent.digest)
      try root.setAttribute("parent_time_milliseconds", to: parent.instant.milliseconds)
    }
    try writeMachine(.current, to: root)
    try InputTables.write(provenance.inputs, to: root)
  }

  private static func writeMachine(
    _ machine: MachineProvenance, to root: HDF5Group
  ) throws(HDF5Error) {
    try root.setAttribute("cpu_level", to: machine.cpuLevel)
    try root.setAttribute("libc_version", to: machine.libcVersion)
    if !machine.glibcTunables.isEmpty {
      try root.setAttribute("glibc_tunables", to: machine.glibcTunables)
    }
  }

  /// The machine that a file names.
  static func machine(of root: HDF5Group) throws(HDF5Error) -> MachineProvenance {
    func text(_ name: String) throws(HDF5Error) -> String {
      try root.hasAttribute(name) ? try root.textAttribute(name) : ""
    }
    return MachineProvenance(
      cpuLevel: try text("cpu_level"), libcVersion: try text("libc_version"),
      glibcTunables: try text("glibc_tunables"))
  }
}
