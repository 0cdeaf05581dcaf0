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
  /// The conductors of each bus: its own, and those that any element joins.
  public let conductors: Table<Bus, ConductorSet>
  /// The conductors of each bus that nothing but devices joins: floating star points.
  public let floatingConductors: Table<Bus, ConductorSet>
  /// Lines and transformers together, in natural order of their ids.
  public let branches: Table<Branch, Branch>
  /// The branches that are transformers, in index order.
  public let transformers: [Index<Branch>]
  /// The shunts in natural order of their ids.
  public let shunts: Table<Shunt, Shunt>
  /// The bus of each shunt.
  public let shuntBuses: Table<Shunt, Index<Bus>>
  /// The sources in natural order of their ids.
  public let sources: Table<Source, Source>
  /// The bus of each source.
  public let sourceBuses: Table<Source, Index<Bus>>
  /// The linear parts of devices, in the order of the grid.
  public let linearDemands: [LinearDemand]
  /// The bus of each linear part.
  let linearDemandBuses: [Index<Bus>]
  private let busIndices: [String: Index<Bus>]

  /// The bus of an id, or nil when there is none.
  public func bus(named id: String) -> Index<Bus>? { busIndices[id] }

  /// The branch of an id, or nil when there is none.
  public func branch(named id: String) -> Index<Branch>? {
    Self.position(of: id, in: branches.values, \.id).map { Index($0) }
  }

  /// The shunt of an id, or nil when there is none.
  public func shunt(named id: String) -> Index<Shunt>? {
    Self.position(of: id, in: shunts.values, \.id).map { Index($0) }
  }

  /// Sorts and resolves a grid; throws all broken references and repeated ids at once.
  public init(_ grid: Grid) throws(GridFaults) {
    var resolution = Resolution(grid)
    let branches = resolution.branches()
    let shunts = Resolution.sorted(grid.shunts, .shunt, \.id, &resolution.faults)
    let shuntBuses = shunts.map { resolution.bus(of: $0) }
    let sources = Resolution.sorted(grid.sources, .source, \.id, &resolution.faults)
    let sourceBuses = sources.map { resolution.bus(of: $0) }
    let demandBuses = grid.linearDemands.map {
      resolution.bus($0.bus, BusReference(kind: .bus, id: $0.bus, field: nil))
    }
    guard resolution.faults.isEmpty else { throw GridFaults(resolution.faults) }

    frequency = grid.frequency
    buses = Table(resolution.buses)
    self.branches = Table(branches)
    transformers = branches.indices.filter { branches[$0].kind == .transformer }
      .map { Index($0) }
    self.shunts = Table(shunts)
    self.shuntBuses = Table(shuntBuses.compactMap { $0 })
    self.sources = Table(sources)
    self.sourceBuses = Table(sourceBuses.compactMap { $0 })
    linearDemands = grid.linearDemands
    linearDemandBuses = demandBuses.compactMap { $0 }
    busIndices = resolution.busIndices

    var conductors = Table<Bus, ConductorSet>(repeating: [], count: resolution.buses.count)
    for branch in branches {
      for (end, bus) in branch.endBuses.enumerated() {
        conductors[bus].formUnion(branch.conductors(atEnd: end))
      }
    }
    for (shunt, bus) in zip(shunts, self.shuntBuses.values) {
      conductors[bus].formUnion(ConductorSet(shunt.connection.conductors.compactMap { $0 }))
    }
    for (source, bus) in zip(sources, self.sourceBuses.values) {
      conductors[bus].formUnion(ConductorSet(source.connection.conductors.compactMap { $0 }))
    }
    floatingConductors = Table(
      zip(resolution.buses, conductors.values).map { $0.conductors.subtracting($1) })
    self.conductors = Table(
      zip(resolution.buses, conductors.values).map { $0.conductors.union($1) })
  }

  private static func position<Element>(
    of id: String, in elements: [Element], _ path: KeyPath<Element, String>
  ) -> Int? {
    var low = 0
    var high = elements.count
    while low < high {
      let middle = (low + high) / 2
      let name = elements[middle][keyPath: path]
      if name == id { return middle }
      if NaturalOrder.precedes(name, id) { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}

/// Where the name of a bus is written.
struct BusReference {
  var kind: GridFault.Kind
  var id: String
  var field: String?
}

/// The tables under way, with the faults found in them.
struct Resolution {
  let grid: Grid
  let buses: [Bus]
  let busIndices: [String: Index<Bus>]
  var faults: [GridFault] = []

  init(_ grid: Grid) {
    self.grid = grid
    var faults: [GridFault] = []
    buses = Self.sorted(grid.buses, .bus, \.id, &faults)
    busIndices = Dictionary(
      uniqueKeysWithValues: buses.enumerated().map { ($1.id, Index<Bus>($0)) })
    self.faults = faults
  }

  mutating func bus(_ name: String, _ reference: BusReference) -> Index<Bus>? {
    if let index = busIndices[name] { return index }
    faults.append(
      GridFault(
        reference.kind, reference.id, field: reference.field,
        problem: "there is no bus '\(name)'", remedy: "name a bus of the bus table"))
    return nil
  }

  /// The bus of a shunt whose steps fit its connection.
  mutating func bus(of shunt: Shunt) -> Index<Bus>? {
    let order = shunt.connection.conductors.count
    if shunt.steps.contains(where: { $0.admittance.order != order || !$0.admittance.isFinite }) {
      faults.append(
        GridFault(
          .shunt, shunt.id, problem: "a step's admittance does not fit \(order) conductors",
          remedy: "give each step a finite row and column for each conductor"))
    }
    return bus(
      shunt.connection.bus, BusReference(kind: .shunt, id: shunt.id, field: "bus"))
  }

  /// The bus of a source whose voltages and impedance fit its connection.
  mutating func bus(of source: Source) -> Index<Bus>? {
    let conductors = source.connection.conductors
    let isSound =
      !conductors.isEmpty && !conductors.contains(nil)
      && Set(conductors).count == conductors.count
      && source.electromotiveForce.count == conductors.count
      && source.impedance.order == conductors.count
      && source.electromotiveForce.allSatisfy(\.isFinite)
    if !isSound {
      faults.append(
        GridFault(
          .source, source.id, field: "phases",
          problem: "its conductors do not fit its voltages",
          remedy: "name each conductor once, none of them earth"))
    } else if !source.impedance.isFinite {
      faults.append(
        GridFault(
          .source, source.id, problem: "its impedance cannot be computed with",
          remedy: "check its voltage and its short-circuit currents"))
    }
    return bus(
      source.connection.bus, BusReference(kind: .source, id: source.id, field: "bus"))
  }

  /// Lines and transformers together, sorted.
  mutating func branches() -> [Branch] {
    let codes = Self.sorted(grid.lineCodes, .lineCode, \.id, &faults)
    let codeIndices = Dictionary(uniqueKeysWithValues: codes.map { ($0.id, $0) })
    var branches: [Branch] = []
    for line in Self.sorted(grid.lines, .line, \.id, &faults) {
      if let branch = branch(line, codeIndices[line.lineCode]) { branches.append(branch) }
    }
    for transformer in Self.sorted(grid.transformers, .transformer, \.id, &faults) {
      if let branch = branch(transformer) { branches.append(branch) }
    }
    branches.sort { NaturalOrder.precedes($0.id, $1.id) }
    for (branch, next) in zip(branches, branches.dropFirst()) where branch.id == next.id {
      faults.append(
        GridFault(
          .transformer, branch.id, problem: "a line has the same id '\(branch.id)'",
          remedy: "give each line and each transformer an id of its own"))
    }
    return branches
  }

  private mutating func branch(_ line: Line, _ code: LineCode?) -> Branch? {
    let from = bus(line.from.bus, BusReference(kind: .line, id: line.id, field: "from_bus"))
    let to = bus(line.to.bus, BusReference(kind: .line, id: line.id, field: "to_bus"))
    guard let code else {
      faults.append(
        GridFault(
          .line, line.id, field: "line_code",
          problem: "there is no line code '\(line.lineCode)'",
          remedy: "name a line code of the line code table"))
      return nil
    }
    guard let from, let to else { return nil }
    if from == to {
      faults.append(
        GridFault(
          .line, line.id, field: "to_bus", problem: "both ends are at bus '\(line.from.bus)'",
          remedy: "give two different buses"))
      return nil
    }
    guard line.from.conductors.count == line.to.conductors.count else {
      faults.append(
        GridFault(
          .line, line.id, field: "to_phases",
          problem: "it has \(line.from.conductors.count) conductors at one end and "
            + "\(line.to.conductors.count) at the other",
          remedy: "give both ends as many conductors"))
      return nil
    }
    guard code.rows(of: line.from.conductors) != nil else {
      faults.append(
        GridFault(
          .line, line.id, field: "phases",
          problem: "line code '\(code.id)' has \(code.order) conductors, which do not fit "
            + "'\(Connection.text(line.from.conductors))'",
          remedy: "choose a line code of as many conductors"))
      return nil
    }
    return Branch(id: line.id, element: .line(line, code), endBuses: [from, to])
  }

  private mutating func branch(_ transformer: Transformer) -> Branch? {
    let fields = transformer.windings.count == 2 ? ["from_bus", "to_bus"] : []
    var buses: [Index<Bus>] = []
    for (position, winding) in transformer.windings.enumerated() {
      let reference = BusReference(
        kind: .transformer, id: transformer.id,
        field: fields.indices.contains(position) ? fields[position] : nil)
      if let bus = bus(winding.bus, reference) { buses.append(bus) }
    }
    let windings = transformer.windings
    guard windings.count >= 2, transformer.phaseCount > 0,
      windings.allSatisfy({ $0.coils.count == transformer.phaseCount }),
      transformer.shortCircuitReactance.count == windings.count * (windings.count - 1) / 2
    else {
      faults.append(
        GridFault(
          .transformer, transformer.id, problem: "its windings do not fit each other",
          remedy: "give two or more windings with equally many coils, and a reactance for each pair"
        ))
      return nil
    }
    guard buses.count == windings.count else { return nil }
    return Branch(id: transformer.id, element: .transformer(transformer), endBuses: buses)
  }

  static func sorted<Element>(
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
