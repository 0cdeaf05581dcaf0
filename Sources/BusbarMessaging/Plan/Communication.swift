public import BusbarEvents

/// Who communicates over what, as a scenario declares it: by ids, in any order, unchecked.
///
/// A ``CommunicationPlan`` is compiled from it.
public struct Communication: Hashable, Sendable {
  /// Those who send and receive.
  public var parties: [Party] = []
  /// The classes that links may name.
  public var linkClasses: [LinkClass] = LinkClass.standard
  /// The channels that several links share.
  public var media: [Medium] = []
  /// The links between two parties, each in one direction.
  public var links: [LinkDeclaration] = []
  /// The ways over more than one link.
  public var routes: [RouteDeclaration] = []
  /// The parties that fetch their messages instead of receiving them.
  public var airlocks: [Airlock] = []
  /// What an attacker or a test does to links.
  public var linkFaults: [LinkFault] = []

  /// Makes a declaration that holds nothing but the standard link classes.
  public init() {}
}

/// One who sends and receives messages: a meter, a concentrator, a platform, an operator.
public struct Party: Hashable, Sendable {
  /// The user's name of the party.
  public var id: String
  /// Where the party's communication gets its power from.
  public var supply: PartySupply

  /// Makes a party.
  public init(id: String, supply: PartySupply = .independent) {
    self.id = id
    self.supply = supply
  }
}

/// Where a party's communication gets its power from.
public enum PartySupply: String, Hashable, Sendable, Codable, CaseIterable {
  /// From elsewhere or from a battery: it never fails.
  case independent
  /// From the bus at which the party stands, so that it fails with it.
  case grid
}

/// A link from one party to another, by the ids of what it connects and uses.
public struct LinkDeclaration: Hashable, Sendable {
  /// The user's name of the link; it also names the link's random numbers.
  public var id: String
  /// The id of the sending party.
  public var from: String
  /// The id of the receiving party.
  public var to: String
  /// The name of the link class.
  public var linkClass: String
  /// The id of the medium; nil for a link that shares its channel with no other.
  public var medium: String?

  /// Makes a link.
  public init(id: String, from: String, to: String, linkClass: String, medium: String? = nil) {
    self.id = id
    self.from = from
    self.to = to
    self.linkClass = linkClass
    self.medium = medium
  }
}

/// A channel that several links share, such as a segment of power line or a concentrator's uplink.
///
/// It carries a bounded number of transmissions at a time; further ones wait in the order in which
/// they were sent, whatever link they are for.
public struct Medium: Hashable, Sendable {
  /// The user's name of the medium.
  public var id: String
  /// The number of transmissions that it carries at a time; at least 1.
  public var channels: Int
  /// The longest time for which a message waits; one that would wait longer is lost to congestion.
  ///
  /// Nil for a queue without bounds.
  public var longestWait: Interval?

  /// Makes a medium that carries one transmission at a time.
  public init(id: String, channels: Int = 1, longestWait: Interval? = nil) {
    self.id = id
    self.channels = channels
    self.longestWait = longestWait
  }
}

/// A way from one party to another over several links (D-14).
public struct RouteDeclaration: Hashable, Sendable {
  /// The user's name of the route.
  public var id: String
  /// The ids of the links in the order in which a message crosses them.
  public var links: [String]

  /// Makes a route.
  public init(id: String, links: [String]) {
    self.id = id
    self.links = links
  }
}

/// A place where what is sent to a party lies until the party fetches it (D-35).
///
/// It keeps grid control and management apart from the rest: nothing reaches the party between its
/// polls, which happen at `offset`, `offset + pollPeriod` and so on.
public struct Airlock: Hashable, Sendable {
  /// The id of the party that fetches.
  public var party: String
  /// The time from one poll to the next; above zero.
  public var pollPeriod: Interval
  /// The instant of the first poll; not negative.
  public var firstPoll: SimulationTime

  /// Makes an airlock.
  public init(party: String, pollPeriod: Interval, firstPoll: SimulationTime = .start) {
    self.party = party
    self.pollPeriod = pollPeriod
    self.firstPoll = firstPoll
  }

  /// Returns the instant at which the party fetches what was deposited at an instant.
  ///
  /// What is deposited at the very instant of a poll is fetched by it.
  public func poll(fetchingDepositAt time: SimulationTime) -> SimulationTime {
    guard time > firstPoll else { return firstPoll }
    let waited = (time - firstPoll).milliseconds
    let period = pollPeriod.milliseconds
    return firstPoll + Interval(milliseconds: (waited + period - 1) / period * period)
  }
}
