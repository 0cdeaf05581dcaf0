public import BusbarUnits

/// Who communicates over what, compiled: checked, sorted by ids, and fixed for the run.
///
/// Everything is addressed by index. The order of a declaration changes nothing.
public struct CommunicationPlan: Sendable {
  /// Those who send and receive, in natural order of their ids.
  public let parties: Table<Party, Party>
  /// The links, in natural order of their ids.
  public let links: Table<Link, Link>
  /// The ways between two parties: each declared route, and each link by itself.
  public let routes: Table<Route, Route>
  /// The shared channels, in natural order of their ids.
  public let media: Table<Medium, Medium>
  /// What is done to links, in natural order of ids.
  public let linkFaults: Table<LinkFault, LinkFault>
  /// The airlock of each party; nil for a party that receives messages as they arrive.
  public let airlocks: Table<Party, Airlock?>
  /// The classes that the links use or may use, in the order of the declaration.
  public let linkClasses: [LinkClass]
  /// What the transport needs of each link, without its names.
  let parameters: [LinkParameters]
  /// What the transport needs of each channel: declared media first, then links of their own.
  let channels: [ChannelParameters]

  private let routeByEnds: [RouteEnds]

  /// Compiles a declaration, or throws everything that is wrong with it.
  public init(compiling communication: Communication) throws(CommunicationFaults) {
    var checked = CheckedCommunication(communication)
    checked.check()
    guard checked.faults.isEmpty else { throw CommunicationFaults(checked.faults) }
    parties = Table(checked.parties)
    media = Table(checked.media)
    linkClasses = communication.linkClasses
    links = Table(checked.resolvedLinks)
    linkFaults = Table(checked.linkFaults)
    airlocks = Table(
      checked.parties.map { party in communication.airlocks.first { $0.party == party.id } })
    let routes = checked.resolvedRoutes
    self.routes = Table(routes)
    routeByEnds = RouteEnds.sorted(routes)
    (parameters, channels) = checked.transport
  }

  /// Returns the way from one party to another; nil when there is none.
  ///
  /// A declared route goes before a single link, and the first id in natural order before others.
  /// O(log n).
  public func route(from sender: Index<Party>, to receiver: Index<Party>) -> Index<Route>? {
    let wanted = RouteEnds.key(sender, receiver)
    var (low, high) = (0, routeByEnds.count)
    while low < high {
      let middle = (low + high) / 2
      if routeByEnds[middle].key < wanted { low = middle + 1 } else { high = middle }
    }
    guard low < routeByEnds.count, routeByEnds[low].key == wanted else { return nil }
    return routeByEnds[low].route
  }

  /// Returns the party with an id.
  ///
  /// O(log n).
  public func party(_ id: String) -> Index<Party>? {
    Self.position(of: id, in: parties.values.count) { parties.values[$0].id }.map { Index($0) }
  }

  /// Returns the link with an id.
  ///
  /// O(log n).
  public func link(_ id: String) -> Index<Link>? {
    Self.position(of: id, in: links.values.count) { links.values[$0].id }.map { Index($0) }
  }

  private static func position(
    of id: String, in count: Int, idAt: (Int) -> String
  ) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if NaturalOrder.precedes(idAt(middle), id) { low = middle + 1 } else { high = middle }
    }
    return low < count && idAt(low) == id ? low : nil
  }
}

/// A link between two parties, in one direction.
public struct Link: Hashable, Sendable {
  /// The user's name of the link.
  public let id: String
  /// The sending party.
  public let from: Index<Party>
  /// The receiving party.
  public let to: Index<Party>
  /// How the link treats messages.
  public let linkClass: LinkClass
  /// The channel that the link shares with others; nil when it shares none.
  public let medium: Index<Medium>?
}

/// A way from one party to another over one or more links.
public struct Route: Hashable, Sendable {
  /// The user's name of the route, or of its only link.
  public let id: String
  /// The party at the beginning.
  public let from: Index<Party>
  /// The party at the end.
  public let to: Index<Party>
  /// The links in the order in which a message crosses them; at least one.
  public let links: [Index<Link>]
}

/// The ends of a route as one number, for the search.
private struct RouteEnds: Sendable {
  let key: UInt64
  let route: Index<Route>

  static func key(_ sender: Index<Party>, _ receiver: Index<Party>) -> UInt64 {
    UInt64(sender.position) << 32 | UInt64(receiver.position)
  }

  /// The first route for each pair of ends, sorted by ends.
  static func sorted(_ routes: [Route]) -> [RouteEnds] {
    let all = routes.indices
      .map { RouteEnds(key: key(routes[$0].from, routes[$0].to), route: Index($0)) }
      .sorted { ($0.key, $0.route) < ($1.key, $1.route) }
    return all.indices
      .filter { $0 == 0 || all[$0].key != all[$0 - 1].key }
      .map { all[$0] }
  }
}
