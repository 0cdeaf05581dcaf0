public import BusbarUnits

/// A line or a transformer whose buses are known.
public struct Branch: Sendable {
  /// What the branch is made of.
  public enum Element: Sendable {
    case line(Line, LineCode)
    case transformer(Transformer)
  }

  /// The user's name of the line or the transformer.
  public let id: String
  /// What the branch is made of.
  public let element: Element
  /// The bus of each end of a line, or of each winding of a transformer.
  public let endBuses: [Index<Bus>]

  /// The bus at the from-end of a line, or of the first winding of a transformer.
  public var fromBus: Index<Bus> { endBuses[0] }
  /// The bus at the to-end of a line, or of the last winding of a transformer.
  public var toBus: Index<Bus> { endBuses[endBuses.count - 1] }

  /// The buses without repetition, in the order of the ends.
  public var buses: [Index<Bus>] {
    endBuses.indices.filter { !endBuses[..<$0].contains(endBuses[$0]) }.map { endBuses[$0] }
  }

  /// The kind of element, for messages.
  public var kind: GridFault.Kind {
    switch element {
    case .line: .line
    case .transformer: .transformer
    }
  }

  /// The length of a line; nil for a transformer.
  public var length: Length? {
    switch element {
    case .line(let line, _): line.length
    case .transformer: nil
    }
  }

  /// The current that each conductor of a line may carry all the time; nil when it is unknown.
  ///
  /// A line's own value goes before that of its code. A transformer has none: its windings carry
  /// different currents, and what is given of it is `Transformer.ratedPower`.
  public var ratedCurrent: Current? {
    switch element {
    case .line(let line, let code): line.ratedCurrent ?? code.ratedCurrent
    case .transformer: nil
    }
  }

  /// The conductors of an end's bus that the branch joins.
  public func conductors(atEnd end: Int) -> ConductorSet {
    switch element {
    case .line(let line, _):
      ConductorSet((end == 0 ? line.from : line.to).conductors.compactMap { $0 })
    case .transformer(let transformer):
      ConductorSet(
        transformer.windings[end].coils.flatMap { [$0.plus, $0.minus] }.compactMap { $0 })
    }
  }
}

/// A conductor of a bus.
public struct BusConductor: Hashable, Sendable {
  public var bus: Index<Bus>
  public var conductor: Conductor

  /// Names a conductor of a bus.
  public init(_ bus: Index<Bus>, _ conductor: Conductor) {
    self.bus = bus
    self.conductor = conductor
  }
}
