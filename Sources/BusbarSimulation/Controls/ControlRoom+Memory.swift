internal import BusbarDevices
internal import BusbarGrid
internal import BusbarPowerFlow

/// What a checkpoint keeps of the network's positions and of its controls.
extension ControlRoom {
  /// What one control remembers; one of the two is there.
  struct Memory: Codable {
    var regulator: RegulatorControl.Memory?
    var capacitor: CapacitorControl.Memory?
  }

  /// Positions and controls; the network and the solver follow from them.
  struct Snapshot: Codable {
    /// The positions for which the last power flow was solved.
    var solved: Positions.Memory
    /// The positions as they are now.
    var current: Positions.Memory
    var controls: [Memory]
  }

  /// What a checkpoint keeps.
  var snapshot: Snapshot {
    Snapshot(
      solved: solver.network.positions.memory, current: positions.memory, controls: memories)
  }

  /// Goes back to what a checkpoint has kept; returns whether it belongs to this network.
  mutating func restore(_ snapshot: Snapshot) throws(GridFaults) -> Bool {
    guard take(snapshot.solved), snapshot.controls.count == memories.count else { return false }
    _ = try follow()
    remember(snapshot.controls)
    return take(snapshot.current)
  }
}
