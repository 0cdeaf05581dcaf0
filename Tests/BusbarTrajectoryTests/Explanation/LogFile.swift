import BusbarHDF5

/// A result file that holds nothing but logs, row by row as a test gives them.
struct LogFile {
  /// An event; the kind is the position of its word in `kinds`.
  struct Event {
    var number: Int64
    var cause: Int64
    var milliseconds: Int64
    var kind: Int8
    var target: Int64 = 0
    var ordinal: Int64 = 0
    var outcome: Int64 = 1
  }

  /// A transmission over one hop.
  struct Message {
    var number: Int64
    var sent: Int64
    /// -1 for a lost one.
    var arrival: Int64
    var link: Int64
    var kind: Int8 = 0
    var outcome: Int8 = 0
    var event: Int64
  }

  static let kinds = [
    "device_change", "meter_reading", "power_flow", "control_action", "line_operation",
    "message_delivery",
  ]
  static let deviceChange: Int8 = 0
  static let meterReading: Int8 = 1
  static let controlAction: Int8 = 3
  static let messageDelivery: Int8 = 5

  var events: [Event]
  var messages: [Message] = []
  var links: [String] = []
  var controls: [String] = []
  var knowsCauses = true

  /// Writes the file.
  func write(to path: String) throws {
    let file = try HDF5File(creating: path)
    try file.root.setAttribute("busbar_schema_version", to: Int64(1))
    try file.root.setAttribute("time_zone", to: "UTC")
    try file.root.setAttribute("run_ending", to: "completed")
    try column("time", in: file.root, [Int64(0)])
    let solver = try file.root.makeGroup("solver")
    try column("solver_time", in: solver, [Int64]())
    try column("solver_iterations", in: solver, [Int32]())
    try column("solver_mismatch", in: solver, [Double]())
    try column("solver_status", in: solver, [Int8]())
    try writeEvents(file.root.makeGroup("events"))
    if !links.isEmpty { try writeMessages(file.root.makeGroup("messages")) }
    try file.close()
  }

  private func writeEvents(_ group: HDF5Group) throws {
    try column("event_time", in: group, events.map(\.milliseconds))
    let kind = try column("event_kind", in: group, events.map(\.kind))
    try setFlags(Self.kinds, on: kind)
    let target = try column("event_target", in: group, events.map(\.target))
    try target.setAttribute("fleets", to: "load")
    if !controls.isEmpty {
      try target.setAttribute("controls", to: controls.joined(separator: "\n"))
    }
    try column("event_ordinal", in: group, events.map(\.ordinal))
    try column("event_outcome", in: group, events.map(\.outcome))
    try column("event_number", in: group, events.map(\.number))
    if knowsCauses { try column("event_cause", in: group, events.map(\.cause)) }
  }

  private func writeMessages(_ group: HDF5Group) throws {
    try column("message_number", in: group, messages.map(\.number))
    try column("message_time", in: group, messages.map(\.sent))
    try column("message_arrival", in: group, messages.map(\.arrival))
    let link = try column("message_link", in: group, messages.map(\.link))
    try link.setAttribute("links", to: links.joined(separator: "\n"))
    try setFlags(
      ["meter_reading", "control_command"],
      on: column("message_kind", in: group, messages.map(\.kind)))
    try setFlags(
      ["delivered", "lost_by_chance"],
      on: column("message_outcome", in: group, messages.map(\.outcome)))
    try column("message_event", in: group, messages.map(\.event))
  }

  @discardableResult
  private func column<Value: HDF5Scalar>(
    _ name: String, in group: HDF5Group, _ values: [Value]
  ) throws -> HDF5Dataset {
    let dataset = try group.makeDataset(
      name, DatasetLayout(Value.elementType, shape: [0], growth: .rows))
    try dataset.append(values.span, rows: values.count)
    if name.hasSuffix("time") {
      try dataset.setAttribute("units", to: "milliseconds since 2025-01-15 09:00:00")
    }
    return dataset
  }

  private func setFlags(_ words: [String], on dataset: HDF5Dataset) throws {
    try dataset.setAttribute("flag_values", to: words.indices.map { Int8($0) })
    try dataset.setAttribute("flag_meanings", to: words.joined(separator: " "))
  }
}
