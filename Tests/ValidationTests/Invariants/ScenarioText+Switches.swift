import BusbarGrid
import BusbarTestSupport
import BusbarUnits

extension ScenarioText {
  /// Parts some buses of a network in two, which a closed switch without impedance joins; returns
  /// their ids.
  ///
  /// Each element at such a bus goes to one of its parts at random.
  mutating func insertSwitches(
    _ count: Int, in network: Network, _ numbers: inout SeededNumbers
  ) -> [String] {
    addNetworkTable("line_matrices", columns: "line_code,row,column")
    addNetworkTable("lines", columns: "id,from_bus,to_bus,phases,line_code,length_m")
    var parting = BusParting(network, self)
    let chosen = network.grid.buses.indices.shuffled(using: &numbers).prefix(count)
    for bus in chosen { part(bus, of: network, &parting) }
    for (table, column) in Self.busColumns {
      guard var text = self[table] else { continue }
      for row in text.rows.indices where !text[row, "id"].hasPrefix(Self.switchPrefix) {
        let element = BusParting.Element(table: table, row: text, row)
        text[row, column] = parting.part(of: text[row, column], for: element, &numbers)
      }
      self[table] = text
    }
    return parting.parts.keys.sorted()
  }

  /// The columns that join an element to a bus.
  private static let busColumns = [
    ("lines", "from_bus"), ("lines", "to_bus"), ("windings", "bus"), ("capacitors", "bus"),
    ("shunts", "bus"), ("sources", "bus"), ("customers", "bus"),
  ]

  private static let switchPrefix = "switch-"

  /// Adds the other part of a bus and the switch between both.
  ///
  /// The switch leaves floating star points alone, which would have no current to go through it.
  private mutating func part(
    _ bus: Index<Bus>, of network: Network, _ parting: inout BusParting
  ) {
    let id = network.grid.buses[bus].id
    let conductors = network.conductors(at: bus)
      .subtracting(network.grid.floatingConductors[bus]).members
    guard var buses = self["buses"], var matrices = self["line_matrices"],
      var lines = self["lines"], !conductors.isEmpty,
      let row = buses.rows.indices.first(where: { buses[$0, "id"] == id })
    else { return }
    let part = "part-\(parting.parts.count)"
    buses.append(["id": part, "nominal_voltage_v": buses[row, "nominal_voltage_v"]])
    for place in 1...conductors.count {
      matrices.append(["line_code": part, "row": "\(place)", "column": "\(place)"])
    }
    lines.append([
      "id": "\(Self.switchPrefix)\(parting.parts.count)", "from_bus": id, "to_bus": part,
      "phases": Connection.text(conductors), "line_code": part, "length_m": "1",
    ])
    parting.parts[id] = part
    self["buses"] = buses
    self["line_matrices"] = matrices
    self["lines"] = lines
  }
}

/// Which elements go to which part of buses that are parted.
///
/// What lies between the same buses stays together, since a switch within a ring through coils
/// without any other impedance has no current that can be told; the compilation refuses it. So do
/// customers at a floating star point, which the switch does not carry.
struct BusParting {
  /// The other part of each parted bus.
  var parts: [String: String] = [:]
  /// The buses that each transformer and each line joined at first.
  private var transformers: [String: Set<String>] = [:]
  private var lines: [String: Set<String>] = [:]
  private let floating: Set<String>
  /// Where the elements of a key at a bus have gone.
  private var choices: [[String]: Bool] = [:]

  struct Element {
    let table: String
    /// The transformer of a winding, and the id of anything else.
    let id: String

    init(table: String, row text: TextTable, _ row: Int) {
      self.table = table
      id = table == "windings" ? text[row, "transformer"] : text[row, "id"]
    }
  }

  init(_ network: Network, _ text: ScenarioText) {
    floating = Set(
      network.grid.buses.indices.filter { !network.grid.floatingConductors[$0].isEmpty }
        .map { network.grid.buses[$0].id })
    if let table = text["lines"] {
      for row in table.rows.indices {
        lines[table[row, "id"]] = [table[row, "from_bus"], table[row, "to_bus"]]
      }
    }
    guard let windings = text["windings"] else { return }
    for row in windings.rows.indices {
      transformers[windings[row, "transformer"], default: []].insert(windings[row, "bus"])
    }
  }

  /// The part of a bus to which an element goes: the bus itself or the new one.
  mutating func part(
    of bus: String, for element: Element, _ numbers: inout SeededNumbers
  ) -> String {
    guard let part = parts[bus] else { return bus }
    if element.table == "customers", floating.contains(bus) { return bus }
    let buses: Set<String> =
      switch element.table {
      case "lines": lines[element.id] ?? []
      case "windings": transformers[element.id] ?? []
      default: []
      }
    let others = buses.subtracting([bus]).sorted()
    let key = [bus] + (others.isEmpty ? [element.table, element.id] : others)
    let goes = choices[key] ?? Bool.random(using: &numbers)
    choices[key] = goes
    return goes ? part : bus
  }
}
