internal import BusbarEvents
internal import BusbarHDF5
internal import BusbarMessaging
internal import BusbarSimulation
internal import BusbarUnits

/// Every message on every link, in the group `messages`, in the order in which they were sent.
final class MessageTables {
  private static let rowsPerChunk = 4_096
  private let time: RowBlock<Int64>
  private let number: RowBlock<Int64>
  private let link: RowBlock<Int64>
  private let kind: RowBlock<Int8>
  private let bytes: RowBlock<Int32>
  private let arrival: RowBlock<Int64>
  private let outcome: RowBlock<Int8>
  private let copies: RowBlock<Int8>
  private let factor: RowBlock<Double>
  private let event: RowBlock<Int64>

  /// The words for what becomes of a message, in the order of `code(of:)`.
  private static let outcomes =
    ["delivered"] + LossCause.allCases.map { $0.title.split(separator: " ").joined(separator: "_") }

  init(
    _ network: CommunicationPlan, _ maker: DatasetMaker, _ root: HDF5Group, _ clock: String
  ) throws(HDF5Error) {
    let group = try maker.group("messages", in: root)
    let links = try maker.makeLabels(
      "link", network.links.values.map(\.id), in: group, longName: "link id")
    let ends: [(String, (Link) -> String, String)] = [
      ("link_from", { network.parties[$0.from].id }, "party that sends over the link"),
      ("link_to", { network.parties[$0.to].id }, "party that receives over the link"),
      ("link_class", { $0.linkClass.name }, "class of the link"),
      ("link_source", { $0.linkClass.source }, "where the figures of the link's class come from"),
    ]
    for (name, text, longName) in ends {
      try maker.makeTexts(
        name, network.links.values.map(text), in: group, longName: longName, along: links)
    }
    let rows = Self.rowsPerChunk
    let axis = try maker.makeTime(
      "message_time", in: group, unit: clock,
      longName: "when the message was handed to the link, UTC", rowsPerChunk: rows)
    time = axis.block
    func column<Value: HDF5Scalar>(
      _ name: String, _ type: Value.Type, _ longName: String, unit: String? = nil,
      flags: [String] = []
    ) throws(HDF5Error) -> RowBlock<Value> {
      try maker.makeIntegers(
        name, as: type, in: group, unit: unit, longName: longName, time: axis.dataset,
        flags: flags, rowsPerChunk: rows
      ).block
    }
    number = try column(
      "message_number", Int64.self, "number of the transmission in the run, from 0")
    link = try column("message_link", Int64.self, "position of the link, from 0")
    kind = try column("message_kind", Int8.self, "what is sent", flags: MessageRecord.kinds)
    bytes = try column("message_bytes", Int32.self, "size of the message", unit: "byte")
    arrival = try column(
      "message_arrival", Int64.self,
      "when it comes to the other end, in milliseconds of the same clock; -1 when it is lost")
    outcome = try column(
      "message_outcome", Int8.self, "what becomes of it", flags: Self.outcomes)
    copies = try column(
      "message_copies", Int8.self, "how often it comes to the other end, replays included")
    factor = try column(
      "message_factor", Double.self, "what its numbers were multiplied by on the way", unit: "1")
    event = try column(
      "message_event", Int64.self, "number of the event during which it was sent")
  }

  func record(_ record: MessageRecord) throws(HDF5Error) {
    let transmission = record.transmission
    try time.append { $0.append(record.time.milliseconds) }
    try number.append { $0.append(Int64(record.number)) }
    try link.append { $0.append(Int64(record.link.position)) }
    try kind.append { $0.append(Int8(clamping: record.kind)) }
    try bytes.append { $0.append(Int32(clamping: record.bytes)) }
    try arrival.append { $0.append(transmission.arrival?.milliseconds ?? -1) }
    try outcome.append { $0.append(Self.code(of: transmission)) }
    try copies.append { $0.append(Int8(clamping: transmission.deliveryCount)) }
    try factor.append { $0.append(transmission.alteration.factor) }
    try event.append { $0.append(Int64(record.event)) }
  }

  private static func code(of transmission: Transmission) -> Int8 {
    guard let loss = transmission.loss,
      let place = LossCause.allCases.firstIndex(of: loss)
    else { return 0 }
    return Int8(place + 1)
  }
}
