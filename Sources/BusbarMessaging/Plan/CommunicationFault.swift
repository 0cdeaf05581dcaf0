public import BusbarEvents

/// Something wrong with a declaration of communication.
public struct CommunicationFault: Hashable, Sendable, CustomStringConvertible {
  /// The kinds of elements that a declaration holds.
  public enum Element: String, Hashable, Sendable, CaseIterable {
    case party, linkClass = "link class", medium, link, route, airlock, linkFault = "link fault"
  }

  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// Two elements of the kind have the same name.
    case givenTwice
    /// It names an element that the declaration does not hold.
    case unknown(Element, String)
    /// A distribution is not fit for use.
    case unfit(field: String, DistributionFault)
    /// A share lies outside 0 to 1.
    case notAShare(field: String, Double)
    /// A number or a time is zero or less, or not finite.
    case notPositive(field: String)
    /// A number or a time is less than zero.
    case negative(field: String)
    /// The link leads from a party to itself.
    case leadsNowhere
    /// The link uses a medium, but its class has no bandwidth, so that it would never occupy it.
    case mediumWithoutBandwidth(linkClass: String)
    /// The route has no link.
    case emptyRoute
    /// A link of the route does not begin where the one before ends.
    case brokenRoute(link: String)
    /// The window ends before it begins, or at once.
    case emptyWindow(from: SimulationTime, until: SimulationTime)
    /// A factor is infinite or not a number.
    case notFinite(field: String)
    /// A flood of a link without bandwidth, which it cannot occupy.
    case floodWithoutBandwidth(link: String)
  }

  /// The kind of the element at fault.
  public var element: Element
  /// The name of the element at fault.
  public var id: String
  /// What is wrong with it.
  public var reason: Reason

  /// What is wrong and how to mend it, in one sentence.
  public var description: String { "The \(element.rawValue) '\(id)' \(reason.sentence)." }
}

/// Everything that is wrong with a declaration of communication.
public struct CommunicationFaults: Error, Sendable, CustomStringConvertible {
  /// The faults, at least one: names given twice, then kind by kind in natural order of the ids.
  public let faults: [CommunicationFault]

  init(_ faults: [CommunicationFault]) { self.faults = faults }

  /// One fault a line.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension CommunicationFault.Reason {
  /// The end of a sentence that begins with the element.
  fileprivate var sentence: String {
    switch self {
    case .givenTwice: "is given twice; give one of them another name"
    case .unknown(let element, let id):
      "names the \(element.rawValue) '\(id)', which does not exist"
    case .unfit(let field, let fault): "has an unfit '\(field)': \(fault)"
    case .notAShare(let field, let value): "has '\(field)' \(value), which must be 0 to 1"
    case .notPositive(let field): "needs a '\(field)' greater than 0"
    case .negative(let field): "needs a '\(field)' of 0 or more"
    case .leadsNowhere: "leads from a party to itself"
    case .mediumWithoutBandwidth(let linkClass):
      "uses a medium, which its class '\(linkClass)' without bandwidth would never occupy"
    case .emptyRoute: "needs at least one link"
    case .brokenRoute(let link): "is broken: link '\(link)' begins where no link before it ends"
    case .emptyWindow(let from, let until):
      "ends at \(until.milliseconds) ms, which is not after its begin at \(from.milliseconds) ms"
    case .notFinite(let field): "needs a finite '\(field)'"
    case .floodWithoutBandwidth(let link):
      "floods the link '\(link)', whose class has no bandwidth that could be exhausted"
    }
  }
}
