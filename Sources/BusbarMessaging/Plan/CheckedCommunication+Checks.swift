internal import BusbarEvents

/// The checks, each of which reports all faults of its kind of element.
extension CheckedCommunication {
  mutating func check() {
    checkNames()
    for linkClass in classes { check(linkClass) }
    for medium in media { check(medium) }
    for link in links { check(link) }
    for route in routes { check(route) }
    for airlock in airlocks { check(airlock) }
    for fault in linkFaults { check(fault) }
  }

  private mutating func checkNames() {
    checkNames(parties.map(\.id), of: .party)
    checkNames(classes.map(\.name), of: .linkClass)
    checkNames(media.map(\.id), of: .medium)
    checkNames(links.map(\.id), of: .link)
    checkNames(routes.map(\.id), of: .route)
    checkNames(airlocks.map(\.party), of: .airlock)
    checkNames(linkFaults.map(\.id), of: .linkFault)
  }

  /// Equal names stand side by side, since the lists are sorted.
  private mutating func checkNames(_ names: [String], of element: CommunicationFault.Element) {
    for position in names.indices.dropFirst() where names[position] == names[position - 1] {
      report(element, names[position], .givenTwice)
    }
  }

  private mutating func check(_ linkClass: LinkClass) {
    func reject(_ reason: CommunicationFault.Reason) { report(.linkClass, linkClass.name, reason) }
    if let fault = linkClass.latency.fault { reject(.unfit(field: "latency", fault)) }
    let shares = [
      ("loss", linkClass.loss), ("duplication", linkClass.duplication),
      ("reordering", linkClass.reordering),
    ]
    for (field, share) in shares where !(0...1).contains(share) {
      reject(.notAShare(field: field, share))
    }
    if let rate = linkClass.bitsPerSecond, !(rate > 0 && rate.isFinite) {
      reject(.notPositive(field: "bandwidth"))
    }
    if linkClass.overheadBytes < 0 { reject(.negative(field: "overhead")) }
    if let confirmation = linkClass.confirmation {
      if let fault = confirmation.latency.fault {
        reject(.unfit(field: "confirmation latency", fault))
      }
      if confirmation.bytes < 0 { reject(.negative(field: "confirmation bytes")) }
    }
    if let outages = linkClass.outages {
      if outages.meanTimeBetween <= .zero {
        reject(.notPositive(field: "mean time between outages"))
      }
      if outages.meanDuration <= .zero { reject(.notPositive(field: "mean outage duration")) }
    }
  }

  private mutating func check(_ medium: Medium) {
    if medium.channels < 1 { report(.medium, medium.id, .notPositive(field: "channels")) }
    if let longest = medium.longestWait, longest < .zero {
      report(.medium, medium.id, .negative(field: "longest wait"))
    }
  }

  private mutating func check(_ link: LinkDeclaration) {
    for party in [link.from, link.to] where partyByID[party] == nil {
      report(.link, link.id, .unknown(.party, party))
    }
    if link.from == link.to { report(.link, link.id, .leadsNowhere) }
    let linkClass = linkClass(of: link)
    if linkClass == nil { report(.link, link.id, .unknown(.linkClass, link.linkClass)) }
    guard let medium = link.medium else { return }
    if mediumByID[medium] == nil { report(.link, link.id, .unknown(.medium, medium)) }
    if let linkClass, linkClass.bitsPerSecond == nil {
      report(.link, link.id, .mediumWithoutBandwidth(linkClass: linkClass.name))
    }
  }

  private mutating func check(_ route: RouteDeclaration) {
    if route.links.isEmpty { report(.route, route.id, .emptyRoute) }
    var end: String?
    for id in route.links {
      guard let link = linkByID[id].map({ links[$0] }) else {
        report(.route, route.id, .unknown(.link, id))
        end = nil
        continue
      }
      if let end, end != link.from { report(.route, route.id, .brokenRoute(link: id)) }
      end = link.to
    }
  }

  private mutating func check(_ airlock: Airlock) {
    if partyByID[airlock.party] == nil {
      report(.airlock, airlock.party, .unknown(.party, airlock.party))
    }
    if airlock.pollPeriod <= .zero {
      report(.airlock, airlock.party, .notPositive(field: "poll period"))
    }
    if airlock.firstPoll < .start {
      report(.airlock, airlock.party, .negative(field: "first poll"))
    }
  }

  private mutating func check(_ fault: LinkFault) {
    func reject(_ reason: CommunicationFault.Reason) { report(.linkFault, fault.id, reason) }
    let link = linkByID[fault.link].map { links[$0] }
    if link == nil { reject(.unknown(.link, fault.link)) }
    if fault.until <= fault.from { reject(.emptyWindow(from: fault.from, until: fault.until)) }
    if fault.from < .start { reject(.negative(field: "from")) }
    if !(0...1).contains(fault.probability) {
      reject(.notAShare(field: "probability", fault.probability))
    }
    switch fault.kind {
    case .drop: break
    case .delay(let extra): if extra < .zero { reject(.negative(field: "delay")) }
    case .replay(let after): if after < .zero { reject(.negative(field: "after")) }
    case .forge(let factor): if !factor.isFinite { reject(.notFinite(field: "factor")) }
    case .flood(let bytes, let rate):
      if bytes <= 0 { reject(.notPositive(field: "bytes")) }
      if !(rate > 0 && rate.isFinite) { reject(.notPositive(field: "rate")) }
      if let link, let linkClass = linkClass(of: link), linkClass.bitsPerSecond == nil {
        reject(.floodWithoutBandwidth(link: link.id))
      }
    }
  }
}
