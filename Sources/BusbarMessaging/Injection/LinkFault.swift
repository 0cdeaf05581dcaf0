public import BusbarEvents

/// Something that an attacker, or a test, does to the messages of one link (D-43).
///
/// It acts on messages that leave within its window. Spoofing and tampering (threats T_PX1 and
/// T_PX2) are ``Kind/forge(factor:)`` and ``Kind/replay(after:)``; denial of service (T_PX5) is
/// ``Kind/drop``, ``Kind/delay(_:)`` and ``Kind/flood(bytes:perSecond:)``. Threats that change no
/// message, such as disclosure (T_PX4), linkability (T_PX7) or identifiability (T_PX8), have no
/// effect that a simulation could show; those of repudiation (T_PX3), privilege (T_PX6) and
/// non-compliance (T_PX10) concern parties, not links.
public struct LinkFault: Hashable, Sendable {
  /// What is done.
  public enum Kind: Hashable, Sendable {
    /// The message never arrives (T_PX5).
    case drop
    /// The message takes longer (T_PX5); a link that keeps order also holds back those behind it.
    case delay(Interval)
    /// The number that the message carries is multiplied (T_PX2).
    case forge(factor: Double)
    /// The message is delivered once more, this much after it should have arrived (T_PX1).
    ///
    /// The copy arrives even when the message itself was lost on the way.
    case replay(after: Interval)
    /// Frames of a size in bytes occupy the channel of the link at an even rate (T_PX5).
    ///
    /// They reach nobody. The link needs a bandwidth, or they would take no time.
    case flood(bytes: Int, perSecond: Double)
  }

  /// The user's name of the fault; it also names the fault's random numbers.
  public var id: String
  /// The id of the link.
  public var link: String
  /// What is done.
  public var kind: Kind
  /// The first instant at which it is done.
  public var from: SimulationTime
  /// The first instant at which it is done no more.
  public var until: SimulationTime
  /// The share of messages to which it is done, between 0 and 1; a flood has no use for it.
  public var probability = 1.0

  /// Makes a fault that strikes every message of a window.
  public init(
    id: String, link: String, kind: Kind, from: SimulationTime, until: SimulationTime
  ) {
    self.id = id
    self.link = link
    self.kind = kind
    self.from = from
    self.until = until
  }
}

/// What was done on the way to the number that a message carries.
public struct Alteration: Hashable, Sendable, Codable {
  /// What the number is multiplied by; 1 when it is as it was sent.
  public private(set) var factor = 1.0

  /// Nothing was done.
  public static let none = Alteration()

  /// Whether somebody has forged the message.
  public var isForged: Bool { factor != 1 }

  /// Multiplies the number by a further factor.
  public mutating func multiply(by factor: Double) { self.factor *= factor }

  /// Adds what was done on a further hop.
  public mutating func append(_ other: Alteration) { factor *= other.factor }

  /// Returns what the receiver reads when the sender wrote a number.
  public func applied(to value: Double) -> Double { value * factor }
}
