internal import BusbarGrid
internal import BusbarScenario

/// The buses of a circuit in the order in which elements name them, and what joins them.
struct BusRegister {
  /// Two windings of a transformer, from which one nominal voltage follows from another.
  struct Ratio {
    let first: Int
    let second: Int
    /// The voltage between two phases at the second over that at the first.
    let factor: Double
  }

  private(set) var names: [String] = []
  private var positions: [String: Int] = [:]
  /// The parent of each bus in a forest whose trees are joined by lines.
  private var parents: [Int] = []
  private var ratios: [Ratio] = []
  /// What sources say of the voltage between two phases.
  private var sources: [(bus: Int, volts: Double)] = []
  /// What ratings say, for buses that no source reaches.
  private var ratings: [Int: Double] = [:]

  /// The conductors that elements of the network bring to each bus, and those that devices name.
  private var brought: [ConductorSet] = []
  private var drawnFrom: [ConductorSet] = []

  /// Returns the name of a bus as it was first written, to which an element brings conductors.
  mutating func use(_ terminal: BusTerminal, _ conductors: [Conductor?]) -> String {
    let position = position(of: terminal)
    brought[position].formUnion(ConductorSet(conductors.compactMap { $0 }))
    return names[position]
  }

  /// Returns the name of a bus as it was first written, from whose conductors a device draws.
  mutating func draw(from terminal: BusTerminal, _ conductors: [Conductor?]) -> String {
    let position = position(of: terminal)
    drawnFrom[position].formUnion(ConductorSet(conductors.compactMap { $0 }))
    return names[position]
  }

  /// The conductors of a bus that only devices name, such as a star point that floats.
  func floatingConductors(ofBus position: Int) -> ConductorSet {
    drawnFrom[position].subtracting(brought[position])
  }

  private mutating func position(of terminal: BusTerminal) -> Int {
    if let position = positions[terminal.key] { return position }
    positions[terminal.key] = names.count
    parents.append(names.count)
    brought.append([])
    drawnFrom.append([])
    names.append(terminal.name)
    return names.count - 1
  }

  /// The position of a bus that is in use.
  func position(named key: String) -> Int? { positions[key] }

  /// Joins two buses of one nominal voltage.
  mutating func join(_ first: BusTerminal, _ second: BusTerminal) {
    let roots = [root(position(of: first)), root(position(of: second))].sorted()
    parents[roots[1]] = roots[0]
  }

  private mutating func root(_ position: Int) -> Int {
    var root = position
    while parents[root] != root { root = parents[root] }
    var step = position
    while parents[step] != root { (step, parents[step]) = (parents[step], root) }
    return root
  }

  /// Says which voltages between two phases belong together at two windings.
  mutating func relate(
    _ first: (BusTerminal, volts: Double), _ second: (BusTerminal, volts: Double)
  ) {
    let ratio = Ratio(
      first: position(of: first.0), second: position(of: second.0),
      factor: second.volts / first.volts)
    if ratio.factor.isFinite && ratio.factor > 0 { ratios.append(ratio) }
    rate(first.0, volts: first.volts)
    rate(second.0, volts: second.volts)
  }

  /// Says the voltage between two phases of a source.
  mutating func feed(_ terminal: BusTerminal, volts: Double) {
    sources.append((position(of: terminal), volts))
  }

  /// Says the rated voltage between two phases of something at a bus.
  mutating func rate(_ terminal: BusTerminal, volts: Double) {
    let position = position(of: terminal)
    if ratings[position] == nil { ratings[position] = volts }
  }

  /// The nominal voltage of each bus in V, and the buses that no source reaches.
  mutating func nominalVoltages(
    bases: [Double], given: [String: Double]
  ) -> (volts: [Double], unreached: [Int]) {
    let roots = names.indices.map { root($0) }
    var found: [Int: Double] = [:]
    var links: [Int: [(to: Int, factor: Double)]] = [:]
    for ratio in ratios {
      let (first, second) = (roots[ratio.first], roots[ratio.second])
      links[first, default: []].append((second, ratio.factor))
      links[second, default: []].append((first, 1 / ratio.factor))
    }
    func spread(from starts: [Int]) {
      var queue = starts
      var next = 0
      while next < queue.count {
        let current = queue[next]
        next += 1
        for link in links[current] ?? [] where found[link.to] == nil {
          found[link.to] = (found[current] ?? 0) * link.factor
          queue.append(link.to)
        }
      }
    }
    var starts: [Int] = []
    for source in sources where found[roots[source.bus]] == nil {
      found[roots[source.bus]] = source.volts
      starts.append(roots[source.bus])
    }
    spread(from: starts)
    let unreached = names.indices.filter { found[roots[$0]] == nil }
    for bus in unreached where found[roots[bus]] == nil {
      guard let rating = ratings[bus] else { continue }
      found[roots[bus]] = rating
      spread(from: [roots[bus]])
    }
    let usual = sources.first?.volts ?? 400
    let volts = names.indices.map { bus in
      given[names[bus].lowercased()] ?? Self.nearest(to: found[roots[bus]] ?? usual, in: bases)
    }
    return (volts, unreached)
  }

  /// The base with the least relative distance, as OpenDSS assigns them.
  private static func nearest(to volts: Double, in bases: [Double]) -> Double {
    bases.min { abs(1 - volts / $0) < abs(1 - volts / $1) } ?? volts
  }
}

extension Conversion {
  /// Writes the table of buses, with nominal voltages and places.
  mutating func writeBuses() {
    var places: [String: DSSBusPlace] = [:]
    for place in circuit.busPlaces { places[place.bus] = place }
    let (volts, unreached) = buses.nominalVoltages(
      bases: options.hasVoltageBases ? options.voltageBases : [], given: options.setBases)
    for bus in unreached {
      notes.add(
        .approximated, "bus.\(buses.names[bus])",
        "no source reaches it, so its nominal voltage is a guess from ratings")
    }
    var isGeographic = false
    for (bus, name) in buses.names.enumerated() {
      let place = places[name.lowercased()]
      isGeographic = isGeographic || place?.isGeographic == true
      tables.buses.append(
        [
          .text(name), .number(volts[bus]), .text(buses.floatingConductors(ofBus: bus).text),
          .optional(place?.x), .optional(place?.y),
        ],
        from: circuit.location)
    }
    if isGeographic {
      notes.add(.approximated, "buscoords", "degrees of longitude and latitude are kept as x and y")
    }
  }
}
