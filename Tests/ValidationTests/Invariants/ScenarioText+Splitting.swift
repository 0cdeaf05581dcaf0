import BusbarGrid
import BusbarTestSupport
import BusbarUnits

extension ScenarioText {
  /// Cuts some closed lines in two, each half with a share of the length; returns their ids.
  ///
  /// The conductors of the bus between the halves are counted from a, so that a line whose ends
  /// name a conductor twice, or earth, keeps its conductors apart in the middle.
  mutating func splitLines(_ count: Int, _ numbers: inout SeededNumbers) -> [String] {
    guard var lines = self["lines"], var buses = self["buses"] else { return [] }
    let voltages = Dictionary(
      uniqueKeysWithValues: buses.rows.indices.map {
        (buses[$0, "id"], buses[$0, "nominal_voltage_v"])
      })
    let closed = lines.rows.indices.filter { lines[$0, "state"] != "open" }
    let chosen = closed.shuffled(using: &numbers).prefix(count)
    for (number, row) in chosen.enumerated() {
      let phases = lines[row, "phases"].isEmpty ? "abc" : lines[row, "phases"]
      let farPhases = lines[row, "to_phases"].isEmpty ? phases : lines[row, "to_phases"]
      let middle = Connection.text(
        (Connection.conductors(phases) ?? []).indices.map { Conductor(position: $0) })
      let share = Double.random(in: 0.2...0.8, using: &numbers)
      let length = Double(lines[row, "length_m"]) ?? 0
      let bus = "middle-\(number)"
      lines.append([
        "id": "rest-\(number)", "from_bus": bus, "to_bus": lines[row, "to_bus"],
        "phases": middle, "to_phases": farPhases, "line_code": lines[row, "line_code"],
        "length_m": "\(length * (1 - share))",
      ])
      buses.append([
        "id": bus, "nominal_voltage_v": voltages[lines[row, "from_bus"]] ?? "",
      ])
      lines[row, "to_bus"] = bus
      lines[row, "phases"] = phases
      lines[row, "to_phases"] = middle
      lines[row, "length_m"] = "\(length * share)"
    }
    self["lines"] = lines
    self["buses"] = buses
    return chosen.map { lines[$0, "id"] }
  }
}
