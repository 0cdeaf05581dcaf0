internal import BusbarEvents
internal import BusbarHDF5

/// The transmission of a message over one hop, as it stands in a result file.
struct LoggedMessage {
  /// The number of the transmission.
  var number: Int64
  /// When it was handed to the link.
  var sent: SimulationTime
  /// When it arrived; nil when it was lost.
  var arrival: SimulationTime?
  /// The name of the link, such as `DTC1>head-end`.
  var link: String
  /// What kind of message it was, such as `reading`.
  var kind: String
  /// What became of it, such as `delivered`.
  var outcome: String
  /// The number of the event during which it was sent.
  var event: Int64

  /// The party at the near end of the link.
  var sender: Substring { link.prefix { $0 != ">" } }
  /// The party at the far end of the link.
  var receiver: Substring { link.drop { $0 != ">" }.dropFirst() }
}

/// The transmissions of a result file, in the order in which they were handed to their links.
///
/// The group `messages` is there only when the scenario has communication.
final class MessageLog {
  /// The number of transmissions in the file.
  let count: Int
  /// The names of the links, `SENDER>RECEIVER`.
  let links: [String]
  private let numbers: LogColumn
  private let times: LogColumn
  private let arrivals: LogColumn
  private let linkIndices: LogColumn
  private let kinds: LogColumn
  private let outcomes: LogColumn
  private let events: LogColumn
  private let kindWords: [Int64: String]
  private let outcomeWords: [Int64: String]

  /// Opens the table of a file; nil when the file has none.
  init?(_ reader: TrajectoryReader) throws(TrajectoryError) {
    guard reader.has("messages/message_number") else { return nil }
    func column(_ name: String) throws(TrajectoryError) -> LogColumn {
      try LogColumn("messages/message_\(name)", in: reader)
    }
    numbers = try column("number")
    times = try column("time")
    arrivals = try column("arrival")
    linkIndices = try column("link")
    kinds = try column("kind")
    outcomes = try column("outcome")
    events = try column("event")
    count =
      [numbers, times, arrivals, linkIndices, kinds, outcomes, events].map(\.count).min() ?? 0
    links = try reader.texts("messages/link")
    kindWords = try kinds.flags()
    outcomeWords = try outcomes.flags()
  }

  /// Both ends of all links, each once and in order of their names.
  var parties: [String] {
    Set(links.flatMap { $0.split(separator: ">", maxSplits: 1).map(String.init) }).sorted()
  }

  private func message(inRow row: Int) throws(TrajectoryError) -> LoggedMessage {
    let arrival = try arrivals.value(at: row)
    let link = Int(try linkIndices.value(at: row))
    let kind = try kinds.value(at: row)
    let outcome = try outcomes.value(at: row)
    return LoggedMessage(
      number: try numbers.value(at: row),
      sent: SimulationTime(milliseconds: try times.value(at: row)),
      arrival: arrival < 0 ? nil : SimulationTime(milliseconds: arrival),
      link: links.indices.contains(link) ? links[link] : "link \(link)",
      kind: kindWords[kind] ?? "message of kind \(kind)",
      outcome: outcomeWords[outcome] ?? "outcome \(outcome)", event: try events.value(at: row))
  }

  /// The transmission of a number; nil for one that is not in the file.
  func message(numbered number: Int64) throws(TrajectoryError) -> LoggedMessage? {
    // Numbers are given at the sending, and so they ascend with the rows.
    let row = try numbers.firstRow(above: number - 1, of: count)
    guard row < count, try numbers.value(at: row) == number else { return nil }
    return try message(inRow: row)
  }

  /// The last transmission that a party handed to a link at or before an instant.
  func last(sentBy party: String, through instant: SimulationTime) throws(TrajectoryError)
    -> LoggedMessage?
  {
    let own = Set(links.indices.filter { links[$0].hasPrefix(party + ">") }.map(Int64.init))
    let end = try times.firstRow(above: instant.milliseconds, of: count)
    for row in (0..<end).reversed() {
      if own.contains(try linkIndices.value(at: row)) { return try message(inRow: row) }
    }
    return nil
  }
}
