/// What happened on one link since the start of the run.
///
/// At each instant `sent + duplicated + replayed` is the sum of `delivered`, of all losses, and of
/// what is on its way.
public struct LinkCounters: Hashable, Sendable, Codable {
  /// Messages that were to be sent.
  public internal(set) var sent = 0
  /// The sum of their sizes in bytes, without the overhead of the protocol.
  public internal(set) var bytes = 0
  /// Deliveries that reached their receiver, duplicates and replays included.
  public internal(set) var delivered = 0
  /// Messages lost by the loss rate of the link's class.
  public internal(set) var lostByChance = 0
  /// Messages lost because the link had failed.
  public internal(set) var lostToOutage = 0
  /// Messages or copies lost because an end of the link had no supply.
  public internal(set) var lostToSupply = 0
  /// Messages lost because the medium was congested.
  public internal(set) var lostToCongestion = 0
  /// Messages dropped by an injected fault.
  public internal(set) var lostToInjection = 0
  /// Second copies that the link made.
  public internal(set) var duplicated = 0
  /// Copies that an attacker sent again.
  public internal(set) var replayed = 0
  /// Messages whose number was forged.
  public internal(set) var forged = 0
  /// Messages delayed by an injected fault.
  public internal(set) var delayed = 0
  /// Messages that arrive before one that was sent earlier.
  public internal(set) var overtaking = 0
  /// Confirmations of the protocol that were to be sent back.
  public internal(set) var confirmations = 0
  /// Confirmations that got lost.
  public internal(set) var lostConfirmations = 0
  /// The time that messages and confirmations waited for the medium, in µs.
  public internal(set) var waitingMicroseconds: Int64 = 0

  /// Messages and copies lost for any reason.
  public var lost: Int {
    lostByChance + lostToOutage + lostToSupply + lostToCongestion + lostToInjection
  }

  /// Deliveries that have not yet reached their receiver.
  public var underWay: Int { sent + duplicated + replayed - delivered - lost }

  mutating func count(_ loss: LossCause) {
    switch loss {
    case .chance: lostByChance += 1
    case .outage: lostToOutage += 1
    case .supply: lostToSupply += 1
    case .congestion: lostToCongestion += 1
    case .injected: lostToInjection += 1
    }
  }
}
