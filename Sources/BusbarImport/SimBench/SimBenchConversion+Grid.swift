internal import BusbarScenario
internal import BusbarUnits
internal import Foundation

extension SimBenchConversion {
  mutating func noteNodes(_ nodes: SimBenchNodes) {
    let joined = nodes.nodes.count - nodes.buses.count
    note(
      .translated, "\(nodes.nodes.count) nodes",
      "\(nodes.buses.count) buses; \(joined) auxiliary nodes at the ends of lines and transformers, "
        + "each behind a closed switch of its own, are one bus with the busbar; these "
        + "\(nodes.joinedSwitchCount) switches are no elements here.")
  }

  // MARK: Buses

  mutating func writeBuses(_ nodes: SimBenchNodes, _ tables: SimBenchTables) {
    let positions = positions(tables)
    var table = TableText("id", "nominal_voltage_kv", "x_m", "y_m")
    for node in nodes.buses {
      var position: MapPoint?
      if let name = node.row.text("coordID") {
        position = positions[name]
        if position == nil, !tables.coordinates.isEmpty {
          diagnostics.error(
            "there is no '\(name.prefix(60))' in Coordinates.csv",
            at: node.row.location(of: "coordID"), remedy: "add it, or empty the cell")
        }
      }
      table.add(node.id, node.voltage.text, position?.x, position?.y)
    }
    add("buses.csv", table)
  }

  private struct MapPoint {
    let x, y: String
  }

  /// Metres to the east and north of the south-western corner, from degrees.
  private mutating func positions(_ tables: SimBenchTables) -> [String: MapPoint] {
    var places: [(id: String, longitude: Double, latitude: Double)] = []
    for row in tables.coordinates {
      let longitude = row.number("x", in: -180...180, &diagnostics)
      let latitude = row.number("y", in: -90...90, &diagnostics)
      guard let id = row.text("id"), let longitude, let latitude else { continue }
      places.append((id, longitude.value, latitude.value))
    }
    guard let west = places.map(\.longitude).min(), let south = places.map(\.latitude).min() else {
      return [:]
    }
    note(
      .approximated, "\(places.count) coordinates",
      "Degrees became metres from the south-western corner, on a plane that touches the globe there."
    )
    // A degree of a great circle of the mean Earth radius, 6371.0088 km.
    let degree = 6_371_008.8 * Double.pi / 180
    let shrinkage = cos(south * Double.pi / 180)
    func text(_ metres: Double) -> String { "\((metres * 10).rounded() / 10)" }
    return Dictionary(
      places.map { place in
        (
          place.id,
          MapPoint(
            x: text((place.longitude - west) * degree * shrinkage),
            y: text((place.latitude - south) * degree))
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Lines and switches

  /// The name of the line code of switches.
  private static let switchCode = "switch"

  mutating func writeLines(_ nodes: SimBenchNodes, _ tables: SimBenchTables) {
    var table = TableText("id", "from_bus", "to_bus", "line_code", "length_km", "state")
    var used: Set<String> = []
    var bridged = 0
    for row in tables.lines {
      let from = nodes.bus("nodeA", of: row, &diagnostics)
      let to = nodes.bus("nodeB", of: row, &diagnostics)
      let length = row.number("length", in: 1e-9...1_000, &diagnostics)
      guard let from, let to, let length, let type = lineType(of: row, tables),
        haveOneVoltage(from, to, row)
      else { continue }
      guard from.id != to.id else {
        bridged += 1
        continue
      }
      used.insert(type)
      let id = name(row.text("id") ?? "", of: "Line", in: .branch)
      table.add(id, from.id, to.id, type, length.text, nil)
    }
    if bridged > 0 {
      note(
        .approximated, "\(bridged) lines",
        "Left out with their charging, since closed switches join their two ends.")
    }
    note(.translated, "\(tables.lines.count) lines", "\(table.rowCount) lines.")
    let open = addSwitches(nodes, to: &table, isTaken: tables.lineTypes[Self.switchCode] != nil)
    add("lines.csv", table)
    writeLineCodes(used, tables, hasSwitches: !nodes.remainingSwitches.isEmpty)
    guard !nodes.remainingSwitches.isEmpty else { return }
    note(
      .translated, "\(nodes.remainingSwitches.count) switches",
      "Lines without impedance; \(open) of them are open.")
  }

  /// Adds the switches and returns how many are open.
  private mutating func addSwitches(
    _ nodes: SimBenchNodes, to table: inout TableText, isTaken: Bool
  ) -> Int {
    var open = 0
    for row in nodes.remainingSwitches {
      guard let from = nodes.bus("nodeA", of: row, &diagnostics),
        let to = nodes.bus("nodeB", of: row, &diagnostics), from.id != to.id
      else { continue }
      let isOpen = row.text("cond")?.hasPrefix("0") ?? false
      if isOpen { open += 1 }
      let id = name(row.text("id") ?? "", of: "Switch", in: .branch)
      let code = isTaken ? Self.switchCode + " of no impedance" : Self.switchCode
      table.add(id, from.id, to.id, code, "0.001", isOpen ? "open" : nil)
    }
    return open
  }

  private mutating func lineType(of row: SimBenchRow, _ tables: SimBenchTables) -> String? {
    guard let type = row.requiredText("type", &diagnostics) else { return nil }
    if tables.lineTypes[type] != nil { return type }
    if tables.dcLineTypes[type] != nil {
      diagnostics.error(
        "the line is a DC line, which cannot be imported", at: row.location(of: "type"),
        remedy: "replace it by a load at either end")
    } else {
      diagnostics.error(
        "there is no line type '\(type.prefix(60))'", at: row.location(of: "type"),
        remedy: NearestName.suggestion(
          for: type, among: tables.lineTypes.keys.sorted(), otherwise: "add it to LineType.csv"))
    }
    return nil
  }

  private mutating func haveOneVoltage(
    _ from: SimBenchNodes.Node, _ to: SimBenchNodes.Node, _ row: SimBenchRow
  ) -> Bool {
    if from.voltage.value == to.voltage.value { return true }
    diagnostics.error(
      "the line joins nodes of \(from.voltage.text) kV and \(to.voltage.text) kV",
      at: row.location(of: "nodeB"), remedy: "name two nodes of one voltage")
    return false
  }

  private mutating func writeLineCodes(
    _ used: Set<String>, _ tables: SimBenchTables, hasSwitches: Bool
  ) {
    var table = TableText(
      "id", "r1_ohm_per_km", "x1_ohm_per_km", "r0_ohm_per_km", "x0_ohm_per_km", "c1_nf_per_km",
      "c0_nf_per_km", "rated_current_a")
    for (id, row) in tables.lineTypes.sorted(by: { NaturalOrder.precedes($0.key, $1.key) })
    where used.contains(id) {
      let resistance = row.number("r", in: 0...1e5, &diagnostics)
      let reactance = row.number("x", in: 0...1e5, &diagnostics)
      let charging = row.number("b", default: "0", in: 0...1e5, &diagnostics)
      let current = ratedCurrent(of: row)
      guard let resistance, let reactance, let charging else { continue }
      // C = b / (2π·50 Hz): µS/km to nF/km.
      let capacitance = "\(charging.value * 1_000 / (2 * Double.pi * 50))"
      table.add(
        id, resistance.text, reactance.text, resistance.text, reactance.text, capacitance,
        capacitance, current?.text)
    }
    if hasSwitches {
      let isTaken = tables.lineTypes[Self.switchCode] != nil
      table.add(
        isTaken ? Self.switchCode + " of no impedance" : Self.switchCode, "0", "0", "0", "0", "0",
        "0", nil)
    }
    add("line_codes.csv", table)
    guard !used.isEmpty else { return }
    note(
      .approximated, "\(used.count) line types",
      "Zero sequence equal to the positive one, since SimBench has none: right for balanced flows "
        + "only. iMax is the rated current.")
  }

  /// The current iMax of a type in A; nil where the cell is empty or not above zero.
  private mutating func ratedCurrent(of row: SimBenchRow) -> SimBenchNumber? {
    let current = row.number("iMax", default: "0", in: 0...1e6, &diagnostics)
    return current.flatMap { $0.value > 0 ? $0 : nil }
  }
}
