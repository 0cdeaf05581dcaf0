public import BusbarDevices
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
  /// The memory of the communicating meters, of which rows are written once; nil without any.
  let memory: MeterMemory?
  /// The rows of that memory that were read.
  public let meterRows: [MeterRow]

  init(
    instant: SimulationTime, eventCount: Int, state: [UInt8], recorder: [UInt8] = [],
    memory: MeterMemory? = nil, meterRows: [MeterRow] = []
  ) {
    self.memory = memory
    self.meterRows = meterRows
    self.instant = instant
    self.eventCount = eventCount
    self.state = state
    self.recorder = recorder
    digest = SHA256Digest.hex(of: state)
  }

  /// The name of the group.
  static let group = "checkpoint"

  /// Writes the checkpoint into a file in place of an earlier one.
  ///
  /// Of the meters' memory, rows before a number are in the file already.
  func write(to root: HDF5Group, meterRowsSince first: Int = 0) throws(HDF5Error) {
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
    if let memory { try Self.write(memory, since: first, to: group) }
  }

  /// Writes new rows of the meters' memory; a row overwrites the one that it has displaced.
  private static func write(
    _ memory: MeterMemory, since first: Int, to group: HDF5Group
  ) throws(HDF5Error) {
    let width = MeterRow.byteCount(meters: memory.meterCount)
    let dataset: HDF5Dataset
    if try group.contains(rowsName) {
      dataset = try group.dataset(rowsName)
    } else {
      dataset = try group.makeDataset(
        rowsName, DatasetLayout(.uint8, shape: [0, width], growth: .rows, chunk: [1, width]))
      try dataset.setAttribute("long_name", to: "memory of the meters, a row an interval")
    }
    for row in memory.rows(since: first) {
      let slot = row.number % memory.capacity
      let bytes = row.bytes
      if slot < dataset.shape[0] {
        try dataset.write(rows: slot..<(slot + 1), bytes.span)
      } else {
        try dataset.append(bytes.span, rows: 1)
      }
    }
  }

  private static let rowsName = "meter_rows"

  private static func meterRows(of group: HDF5Group) throws(HDF5Error) -> [MeterRow] {
    guard try group.contains(rowsName) else { return [] }
    let dataset = try group.dataset(rowsName)
    var rows: [MeterRow] = []
    for slot in 0..<dataset.shape[0] {
      let bytes = try dataset.read(rows: slot..<(slot + 1), as: UInt8.self)
      if let row = MeterRow(bytes: bytes) { rows.append(row) }
    }
    return rows
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
      recorder: try group.dataset("recorder").read(as: UInt8.self),
      meterRows: try meterRows(of: group))
    return try group.textAttribute("state_sha256") == checkpoint.digest ? checkpoint : nil
  }
}
