internal import BusbarScenario

extension SimBenchConversion {
  mutating func writeSources(_ nodes: SimBenchNodes, _ tables: SimBenchTables) {
    var table = TableText(
      "id", "bus", "voltage_kv", "voltage_pu", "angle_deg", "r1_ohm", "x1_ohm", "r0_ohm", "x0_ohm")
    for row in tables.externalNets {
      guard let kind = row.requiredText("calc_type", &diagnostics) else { continue }
      guard kind == "vavm" else {
        diagnostics.error(
          "an external net of calc_type '\(kind.prefix(40))' cannot be imported",
          at: row.location(of: "calc_type"),
          remedy: "use vavm, a source of given voltage, or replace the net by a load")
        continue
      }
      guard let bus = nodes.bus("node", of: row, &diagnostics),
        let node = nodes.node("node", of: row, &diagnostics),
        let id = row.text("id")
      else { continue }
      let setpoint = node.row.number("vmSetp", default: "1", in: 0.01...2, &diagnostics)
      let angle = node.row.number("vaSetp", default: "0", in: -360...360, &diagnostics)
      guard let setpoint, let angle else { continue }
      table.add(id, bus.id, bus.voltage.text, setpoint.text, angle.text, "0", "0", "0", "0")
    }
    if tables.externalNets.isEmpty {
      diagnostics.error(
        "there is no external net", at: SourceLocation(file: "ExternalNet.csv", line: 1, column: 1),
        remedy: "add a row with the node that feeds the grid and the calc_type vavm")
    }
    add("sources.csv", table)
    note(
      .translated, "\(tables.externalNets.count) external nets",
      "Ideal sources with vmSetp and vaSetp of their nodes; SimBench gives no short-circuit power.")
  }

  mutating func writeShunts(_ nodes: SimBenchNodes, _ tables: SimBenchTables) {
    var table = TableText("id", "bus", "legs", "conductance_s", "susceptance_s")
    for row in tables.shunts {
      let bus = nodes.bus("node", of: row, &diagnostics)
      let active = row.number("p0", in: -1e5...1e5, &diagnostics)
      let reactive = row.number("q0", in: -1e5...1e5, &diagnostics)
      let voltage = row.number("vmR", in: 1e-3...2_000, &diagnostics)
      let steps = row.integer("step", default: 1, &diagnostics)
      guard let bus, let active, let reactive, let voltage, let steps else { continue }
      // Of each leg of a wye: (P − jQ) / V² with the powers of three phases and V between two.
      let scale = Double(steps) / (voltage.value * voltage.value)
      table.add(
        row.text("id"), bus.id, "a-e b-e c-e", "\(active.value * scale)",
        "\(-reactive.value * scale)")
    }
    add("shunts.csv", table)
    guard table.rowCount > 0 else { return }
    note(.translated, "\(table.rowCount) shunts", "Admittances from each phase to earth.")
  }
}
