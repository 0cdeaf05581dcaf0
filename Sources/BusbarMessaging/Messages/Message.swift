public import BusbarEvents
public import BusbarUnits

/// What one party sends to another: an envelope around a payload of the sender's domain.
public struct Message<Payload> {
  /// The party that wrote it.
  public let sender: Index<Party>
  /// The party that it is for.
  public let receiver: Index<Party>
  /// The way that it takes.
  public let route: Index<Route>
  /// The position on the route of the link that it crosses, counted from zero.
  public private(set) var hop = 0
  /// The instant at which the sender wrote it.
  public let sentAt: SimulationTime
  /// The sender's own counter of messages; with the sender it identifies the message.
  public let ordinal: Int
  /// The number of the event that made the sender write it; -1 when none is known.
  public let cause: Int64
  /// The size of the payload in bytes, without the overhead of any protocol.
  public let bytes: Int
  /// What was done on the way to the number that it carries.
  public private(set) var alteration = Alteration.none
  /// What it says.
  public let payload: Payload

  /// Makes a message that is at the beginning of its route.
  public init(
    _ payload: Payload, bytes: Int, from sender: Index<Party>, to receiver: Index<Party>,
    along route: Index<Route>, sentAt: SimulationTime, ordinal: Int, cause: Int64 = -1
  ) {
    self.payload = payload
    self.bytes = bytes
    self.sender = sender
    self.receiver = receiver
    self.route = route
    self.sentAt = sentAt
    self.ordinal = ordinal
    self.cause = cause
  }

  /// The link that the message crosses now.
  public func link(in plan: CommunicationPlan) -> Index<Link> { plan.routes[route].links[hop] }

  /// Takes over what a transmission did to the message.
  public mutating func undergo(_ transmission: Transmission) {
    alteration.append(transmission.alteration)
  }

  /// Goes on to the next link of the route; returns false when it has reached its receiver.
  public mutating func advance(in plan: CommunicationPlan) -> Bool {
    guard hop + 1 < plan.routes[route].links.count else { return false }
    hop += 1
    return true
  }

  /// The message from its receiver's point of view: how long it has taken until an instant.
  public func age(at time: SimulationTime) -> Interval { time - sentAt }
}

extension Message: Sendable where Payload: Sendable {}
extension Message: Equatable where Payload: Equatable {}
extension Message: Hashable where Payload: Hashable {}
extension Message: Codable where Payload: Codable {}
