public import BusbarEvents

/// What became of one message on one link.
///
/// It has a fixed size: a message has at most one arrival of its own, one duplicate made by the link
/// and one replay made by an attacker.
public struct Transmission: Hashable, Sendable, Codable {
  /// The instant at which its transmission began; nil when it never left the sender.
  public internal(set) var departure: SimulationTime?
  /// The instant at which it arrives; nil when it is lost.
  public internal(set) var arrival: SimulationTime?
  /// The instant at which a second copy arrives; nil when the link made none.
  public internal(set) var duplicate: SimulationTime?
  /// The instant at which an attacker delivers it again; nil when nobody does.
  public internal(set) var replay: SimulationTime?
  /// Why it does not arrive; nil when it does.
  public internal(set) var loss: LossCause?
  /// What was done to the number that it carries; it holds for the replay too.
  public internal(set) var alteration = Alteration.none

  /// The number of times that the receiver gets the message: 0 to 3.
  public var deliveryCount: Int {
    (arrival == nil ? 0 : 1) + (duplicate == nil ? 0 : 1) + (replay == nil ? 0 : 1)
  }
}

/// Why a message does not arrive.
public enum LossCause: UInt8, Hashable, Sendable, Codable, CaseIterable {
  /// By the loss rate of the link's class.
  case chance
  /// The link had failed when the transmission began.
  case outage
  /// An end of the link had no supply.
  case supply
  /// It would have waited for the medium longer than the medium's queue allows.
  case congestion
  /// A fault was injected.
  case injected

  /// What is lost so, in words, for tables and reports.
  public var title: String {
    switch self {
    case .chance: "lost by chance"
    case .outage: "lost in an outage of the link"
    case .supply: "lost for want of supply"
    case .congestion: "lost to congestion"
    case .injected: "dropped by an injected fault"
    }
  }
}
