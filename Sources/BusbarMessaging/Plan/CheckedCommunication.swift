internal import BusbarEvents
internal import BusbarUnits

/// A declaration in natural order of its ids, on the way to a plan.
struct CheckedCommunication {
  let parties: [Party]
  let classes: [LinkClass]
  let media: [Medium]
  let links: [LinkDeclaration]
  let routes: [RouteDeclaration]
  let airlocks: [Airlock]
  let linkFaults: [LinkFault]
  /// What was found wrong so far.
  var faults: [CommunicationFault] = []

  let partyByID: [String: Int]
  let classByName: [String: Int]
  let mediumByID: [String: Int]
  let linkByID: [String: Int]

  init(_ communication: Communication) {
    parties = communication.parties.sorted { NaturalOrder.precedes($0.id, $1.id) }
    classes = communication.linkClasses.sorted { NaturalOrder.precedes($0.name, $1.name) }
    media = communication.media.sorted { NaturalOrder.precedes($0.id, $1.id) }
    links = communication.links.sorted { NaturalOrder.precedes($0.id, $1.id) }
    routes = communication.routes.sorted { NaturalOrder.precedes($0.id, $1.id) }
    airlocks = communication.airlocks.sorted { NaturalOrder.precedes($0.party, $1.party) }
    linkFaults = communication.linkFaults.sorted { NaturalOrder.precedes($0.id, $1.id) }
    partyByID = Self.positions(parties.map(\.id))
    classByName = Self.positions(classes.map(\.name))
    mediumByID = Self.positions(media.map(\.id))
    linkByID = Self.positions(links.map(\.id))
  }

  private static func positions(_ ids: [String]) -> [String: Int] {
    Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
  }

  mutating func report(
    _ element: CommunicationFault.Element, _ id: String, _ reason: CommunicationFault.Reason
  ) {
    faults.append(CommunicationFault(element: element, id: id, reason: reason))
  }

  /// The class of a declared link; nil when the link names none that exists.
  func linkClass(of link: LinkDeclaration) -> LinkClass? {
    classByName[link.linkClass].map { classes[$0] }
  }
}

/// What the plan holds, for a declaration without faults.
extension CheckedCommunication {
  var resolvedLinks: [Link] {
    links.map { link in
      guard let from = partyByID[link.from], let to = partyByID[link.to],
        let linkClass = linkClass(of: link)
      else { preconditionFailure("Link '\(link.id)' was checked before it was resolved.") }
      return Link(
        id: link.id, from: Index(from), to: Index(to), linkClass: linkClass,
        medium: link.medium.flatMap { mediumByID[$0] }.map { Index($0) })
    }
  }

  /// Declared routes, then each link by itself, so that any link is a route of its own.
  var resolvedRoutes: [Route] {
    let links = resolvedLinks
    let declared = routes.map { route in
      let path = route.links.compactMap { linkByID[$0] }
      guard let first = path.first, let last = path.last else {
        preconditionFailure("Route '\(route.id)' was checked before it was resolved.")
      }
      return Route(
        id: route.id, from: links[first].from, to: links[last].to, links: path.map { Index($0) })
    }
    return declared
      + links.indices.map { link in
        Route(
          id: links[link].id, from: links[link].from, to: links[link].to, links: [Index(link)])
      }
  }

  /// The tables of the transport: a channel for each medium, and one for each link that has a
  /// bandwidth but no medium.
  var transport: ([LinkParameters], [ChannelParameters]) {
    let links = resolvedLinks
    let faultsByLink = Dictionary(grouping: linkFaults.indices) { linkFaults[$0].link }
    var floods = [[ChannelFlood]](repeating: [], count: media.count)
    var capacities = media.map { ($0.channels, $0.longestWait.map(Microseconds.of)) }
    var parameters: [LinkParameters] = []
    for position in links.indices {
      let link = links[position]
      var channel = link.medium?.position
      if channel == nil, link.linkClass.bitsPerSecond != nil {
        channel = capacities.count
        capacities.append((1, nil))
        floods.append([])
      }
      let own = faultsByLink[link.id] ?? []
      let compiled = LinkParameters(
        link, channel: channel, faults: own.map { ArmedFault(linkFaults[$0], at: $0) })
      for fault in own {
        guard case .flood(let bytes, let rate) = linkFaults[fault].kind, let channel else {
          continue
        }
        floods[channel].append(
          ChannelFlood(
            fault: fault, begin: Microseconds.of(linkFaults[fault].from),
            end: Microseconds.of(linkFaults[fault].until), period: 1e6 / rate,
            occupation: compiled.occupation(bytes: bytes)))
      }
      parameters.append(compiled)
    }
    var slot = 0
    let channels = capacities.indices.map { channel in
      defer { slot += capacities[channel].0 }
      return ChannelParameters(
        capacity: capacities[channel].0, longestWait: capacities[channel].1, firstSlot: slot,
        floods: floods[channel])
    }
    return (parameters, channels)
  }
}
