public import BusbarUnits

/// A grid whose elements are sorted by id and refer to each other by index.
///
/// First pass of the compilation. The order depends on the ids alone, so shuffling the rows of a
/// file changes no result.
public struct ResolvedGrid: Sendable {
  /// The nominal frequency.
  public let frequency: Frequency
  /// The buses in natural order of their ids.
  public let buses: Table<Bus, Bus>
  /// Lines and transformers together, in natural order of their ids.
  public let branches: Table<Branch, Branch>
  /// The branches that are transformers, in index order.
  public let transformers: [Index<Branch>]
  /// The sources in natural order of their ids.
  public let sources: Table<Source, Source>
  /// The bus of each source.
  public let sourceBuses: Table<Source, Index<Bus>>
  private let busIndices: [String: Index<Bus>]

  /// The bus of an id, or nil when there is none.
  public func bus(named id: String) -> Index<Bus>? { busIndices[id] }

  /// Sorts and resolves a grid; throws all broken references and repeated ids at once.
  public init(_ grid: Grid) throws(GridFaults) {
    var faults: [GridFault] = []
    let buses = Self.sorted(grid.buses, .bus, \.id, &faults)
    let codes = Self.sorted(grid.lineCodes, .lineCode, \.id, &faults)
    let lines = Self.sorted(grid.lines, .line, \.id, &faults)
    let transformers = Self.sorted(grid.transformers, .transformer, \.id, &faults)
    let sources = Self.sorted(grid.sources, .source, \.id, &faults)
    let busIndices = Dictionary(
      uniqueKeysWithValues: buses.indices.map { (buses[$0].id, Index<Bus>($0)) })
    let codeIndices = Dictionary(uniqueKeysWithValues: codes.map { ($0.id, $0) })

    func bus(_ name: String, _ kind: GridFault.Kind, _ id: String, _ field: String) -> Index<Bus>? {
      if let index = busIndices[name] { return index }
      faults.append(
        GridFault(
          kind, id, field: field, problem: "there is no bus '\(name)'",
          remedy: "name a bus of the bus table"))
      return nil
    }

    var branches: [Branch] = []
    for line in lines {
      let from = bus(line.fromBus, .line, line.id, "from_bus")
      let to = bus(line.toBus, .line, line.id, "to_bus")
      let code = codeIndices[line.lineCode]
      if code == nil {
        faults.append(
          GridFault(
            .line, line.id, field: "line_code",
            problem: "there is no line code '\(line.lineCode)'",
            remedy: "name a line code of the line code table"))
      }
      if let from, let to, let code {
        branches.append(Branch(id: line.id, fromBus: from, toBus: to, element: .line(line, code)))
      }
    }
    for transformer in transformers {
      let from = bus(transformer.fromBus, .transformer, transformer.id, "from_bus")
      let to = bus(transformer.toBus, .transformer, transformer.id, "to_bus")
      if let from, let to {
        branches.append(
          Branch(id: transformer.id, fromBus: from, toBus: to, element: .transformer(transformer)))
      }
    }
    for branch in branches where branch.fromBus == branch.toBus {
      faults.append(
        GridFault(
          branch.kind, branch.id, field: "to_bus",
          problem: "both ends are at bus '\(buses[branch.fromBus.position].id)'",
          remedy: "give two different buses"))
    }
    branches.sort { NaturalOrder.precedes($0.id, $1.id) }
    for (branch, next) in zip(branches, branches.dropFirst()) where branch.id == next.id {
      faults.append(
        GridFault(
          .transformer, branch.id, problem: "a line has the same id '\(branch.id)'",
          remedy: "give each line and each transformer an id of its own"))
    }
    let sourceBuses = sources.map { bus($0.bus, .source, $0.id, "bus") }
    guard faults.isEmpty else { throw GridFaults(faults) }

    frequency = grid.frequency
    self.buses = Table(buses)
    self.branches = Table(branches)
    self.transformers = branches.indices.map { Index($0) }.filter {
      branches[$0.position].kind == .transformer
    }
    self.sources = Table(sources)
    self.sourceBuses = Table(sourceBuses.compactMap { $0 })
    self.busIndices = busIndices
  }

  private static func sorted<Element>(
    _ elements: [Element], _ kind: GridFault.Kind, _ id: KeyPath<Element, String>,
    _ faults: inout [GridFault]
  ) -> [Element] {
    var result: [Element] = []
    for element in elements.sorted(by: { NaturalOrder.precedes($0[keyPath: id], $1[keyPath: id]) })
    {
      if let last = result.last, last[keyPath: id] == element[keyPath: id] {
        faults.append(
          GridFault(
            kind, element[keyPath: id],
            problem: "the id '\(element[keyPath: id])' is given more than once",
            remedy: "give each \(kind.rawValue) an id of its own"))
      } else {
        result.append(element)
      }
    }
    return result
  }
}

/// A line or a transformer whose ends are known.
public struct Branch: Sendable {
  /// What the branch is made of.
  public enum Element: Sendable {
    case line(Line, LineCode)
    case transformer(Transformer)
  }

  /// The user's name of the line or the transformer.
  public let id: String
  /// The bus at the from-end, as the user gave it.
  public let fromBus: Index<Bus>
  /// The bus at the to-end.
  public let toBus: Index<Bus>
  /// What the branch is made of.
  public let element: Element

  /// The phases that the branch carries.
  public var conductors: ConductorSet {
    switch element {
    case .line(let line, _): line.conductors
    case .transformer: .abc
    }
  }

  /// The kind of element, for messages.
  public var kind: GridFault.Kind {
    switch element {
    case .line: .line
    case .transformer: .transformer
    }
  }

  /// The other end.
  func end(oppositeTo bus: Index<Bus>) -> Index<Bus> { bus == fromBus ? toBus : fromBus }
}
