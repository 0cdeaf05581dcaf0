/// How many bytes the messages of the metering system have above the link layer.
///
/// An assumption, since no source document gives sizes: the A-XDR encoding of the DLMS/COSEM
/// services [1] on a load profile of class 7 [2], each message in one frame with the TCP/UDP
/// wrapper [3] and the ciphering of security suite 0 with a global key. Lists of more than 127
/// entries would add a few bytes, which are left out.
///
/// 1. IEC 62056-5-3:2017, DLMS/COSEM application layer.
/// 2. IEC 62056-6-2:2017, COSEM interface classes, "Profile generic".
/// 3. IEC 62056-4-7:2015, DLMS/COSEM transport layer for IP networks.
public struct MessageSizes: Sendable, Hashable, Codable {
  /// Wrapper 8; ciphered service tag 1, length 1, security control 1, counter 4, tag 12.
  public var envelope = 27
  /// Structure 2; clock 14; status 2; four powers (double-long-unsigned) at 5; three voltages
  /// (long-unsigned) at 3.
  public var record = 47
  /// Get-response-normal 4; array 2.
  public var answerHeader = 6
  /// Data-notification tag and invoke id 5; date and time 13; array or structure 2.
  public var notificationHeader = 20
  /// Get-request-normal 3; attribute 9; selective access 2; range descriptor 50 (structure 2,
  /// restricting object 18, two clocks at 14, empty list of columns 2).
  public var readRequest = 64
  /// Get-response-normal with a result code 5; date and time 14 (E-16).
  public var readReject = 19
  /// A value of a notification or an answer (double-long-unsigned).
  public var value = 5
  /// Get-request-normal 3; attribute 9; no selective access 1.
  public var ask = 13
  /// Set-request-normal 3; attribute 9; no selective access 1; value 5.
  public var setting = 18
  /// Set-request-normal 3; attribute 9; no selective access 1; clock 14.
  public var clock = 27
  /// Tag and invoke id of the notification that is acknowledged.
  public var acknowledgement = 5
  /// The logical device name (octet string of 16) that a concentrator adds to each record.
  public var deviceName = 18

  /// Makes the documented sizes.
  public init() {}

  /// Returns the bytes of a message.
  public func bytes(of payload: MeteringPayload) -> Int32 {
    Int32(clamping: envelope + content(of: payload))
  }

  private func content(of payload: MeteringPayload) -> Int {
    switch payload {
    case .halfHourlyRecords(_, let rows, .answer): answerHeader + record * rows.count
    case .halfHourlyRecords(_, let rows, .push): notificationHeader + record * rows.count
    case .batch(_, _, let records): notificationHeader + (record + deviceName) * Int(records)
    case .readRequest: readRequest
    case .readReject: readReject
    case .noData: answerHeader
    case .configureMeter: setting
    case .timeSync: clock
    case .lastGasp, .supplyReturn, .pcoup, .stge, .sinsti: notificationHeader + value
    case .acknowledgeRecords, .acknowledgeBatch: acknowledgement
    case .ask: ask
    case .answer: answerHeader + value
    }
  }
}
