public import BusbarEvents
internal import BusbarHDF5
internal import BusbarSimulation

/// The state of a run, in the group `checkpoint` of an unfinished result or of a file of its own.
public struct StoredCheckpoint: Sendable {
  /// The instant up to which the run had come.
  public let instant: SimulationTime
  /// The events that had happened.
  public let eventCount: Int
  /// The encoded simulation.
  public let state: [UInt8]
  /// The encoded recorder; empty in a file of its own, from which only branches begin.
  let recorder: [UInt8]
  /// The SHA-256 digest of the encoded simulation.
  public let digest: String

  init(
    instant: SimulationTime, eventCount: Int, state: [UInt8], recorder: [UInt8] = []
  ) {
    self.instant = instant
    self.eventCount = eventCount
    self.state = state
    self.recorder = recorder
    digest = SHA256Digest.hex(of: state)
  }

  /// The name of the group.
  static let group = "checkpoint"

  /// Writes the checkpoint into a file in place of an earlier one.
  func write(to root: HDF5Group) throws(HDF5Error) {
    let isFirst = try !root.contains(Self.group)
    let group = try isFirst ? root.makeGroup(Self.group) : root.group(Self.group)
    for (name, meaning, bytes) in [
      ("state", "encoded simulation", state), ("recorder", "encoded recorder", recorder),
    ] {
      let dataset: HDF5Dataset
      if isFirst {
        dataset = try group.makeDataset(
          name, DatasetLayout(.uint8, shape: [0], growth: .rows, chunk: [1 << 16]))
        try dataset.setAttribute("long_name", to: meaning)
        // A dimension of its own, so that readers of the whole tree need not invent one.
        try dataset.makeScale(named: name)
      } else {
        dataset = try group.dataset(name)
        try dataset.truncate(toRows: 0)
      }
      try dataset.append(bytes.span, rows: bytes.count)
    }
    try group.setAttribute("time_milliseconds", to: instant.milliseconds)
    try group.setAttribute("events", to: Int64(eventCount))
    try group.setAttribute("state_sha256", to: digest)
  }

  /// Reads the checkpoint of a file; nil when there is none, or when it is damaged.
  static func read(from root: HDF5Group) throws(HDF5Error) -> StoredCheckpoint? {
    guard try root.contains(Self.group) else { return nil }
    let group = try root.group(Self.group)
    let checkpoint = StoredCheckpoint(
      instant: SimulationTime(
        milliseconds: try group.attribute("time_milliseconds", as: Int64.self)),
      eventCount: Int(try group.attribute("events", as: Int64.self)),
      state: try group.dataset("state").read(as: UInt8.self),
      recorder: try group.dataset("recorder").read(as: UInt8.self))
    return try group.textAttribute("state_sha256") == checkpoint.digest ? checkpoint : nil
  }
}
