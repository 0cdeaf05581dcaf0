public import BusbarDevices
public import BusbarEvents
public import BusbarMessaging
public import BusbarUnits

/// What a message says.
enum MessageContent: Sendable, Hashable, Codable {
  case metering(MeteringPayload, from: MeteringAddress, to: MeteringAddress)
  case process(ProcessMessage)

  /// The position of the message's kind in `MessageRecord.kinds`.
  var code: Int {
    switch self {
    case .metering(let payload, _, _): payload.code
    case .process(let message): MeteringPayload.kinds.count + message.kind.code
    }
  }
}

/// A message of a run of a process.
struct ProcessMessage: Sendable, Hashable, Codable {
  var process: Int
  var run: Int
  var step: Int
  var kind: InformationExchange
}

extension InformationExchange {
  /// The position among all cases.
  var code: Int {
    guard let code = Self.allCases.firstIndex(of: self) else {
      preconditionFailure("A kind is one of all.")
    }
    return code
  }
}

/// What became of a message on one link.
public struct MessageRecord: Sendable, Hashable {
  /// The number of the transmission in the run, from 0.
  public var number: Int
  /// When it was handed to the link.
  public var time: SimulationTime
  /// The link.
  public var link: Index<Link>
  /// The position of the message's kind in `kinds`.
  public var kind: Int
  /// The size of the message in bytes.
  public var bytes: Int
  /// What became of it.
  public var transmission: Transmission
  /// The number of the event during which it was sent.
  public var event: Int

  /// The words used in files for the kinds of messages.
  public static let kinds = MeteringPayload.kinds + InformationExchange.allCases.map(\.rawValue)
}

/// Something that a party of the metering system has learned, and when.
public struct NoticeRecord: Sendable, Hashable {
  /// When it was learned.
  public var time: SimulationTime
  /// What it was.
  public var notice: MeteringNotice
}

/// What has been sent and learned since the last call.
public struct CommunicationRecords: Sendable {
  /// Each message on each link.
  public internal(set) var messages: [MessageRecord] = []
  /// Each record of a meter that was stored by the head-end.
  public internal(set) var arrivals: [RecordArrival] = []
  /// What meters reported besides records.
  public internal(set) var notices: [NoticeRecord] = []
  /// Each step of each run of a process that has come to an end.
  public internal(set) var processes: [ProcessRecord] = []

  /// The number of all of them.
  public var count: Int { messages.count + arrivals.count + notices.count + processes.count }

  mutating func removeAll() {
    messages.removeAll(keepingCapacity: true)
    arrivals.removeAll(keepingCapacity: true)
    notices.removeAll(keepingCapacity: true)
    processes.removeAll(keepingCapacity: true)
  }
}
