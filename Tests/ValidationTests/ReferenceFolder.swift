import BusbarTestSupport
import BusbarUnits
import Foundation

/// A solution by OpenDSS as its tables.
struct ReferenceFolder {
  let url: URL

  init(_ url: URL) { self.url = url }

  /// A table of the folder, compressed or not; nil where there is none.
  func table(_ name: String) throws -> ReferenceTable? {
    for suffix in ["", ".gz"] {
      let file = url.appendingPathComponent(name + suffix)
      if FileManager.default.fileExists(atPath: file.path) { return try ReferenceTable(file) }
    }
    return nil
  }

  /// The taps and the capacitor steps of the solution, as OpenDSS commands.
  var edits: [String] {
    var edits: [String] = []
    if let taps = try? table("taps.csv") {
      edits += taps.rows.map { "edit transformer.\($0[0]) wdg=\($0[1]) tap=\($0[2])" }
    }
    if let data = try? Data(contentsOf: url.appendingPathComponent("summary.json")),
      let summary = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let capacitors = summary["capacitors"] as? [[Any]]
    {
      for capacitor in capacitors {
        guard let name = capacitor[0] as? String, let states = capacitor[1] as? [Int] else {
          continue
        }
        let list = states.map(String.init).joined(separator: " ")
        edits.append("edit capacitor.\(name) states=[\(list)]")
      }
    }
    return edits
  }
}

/// The voltage of a node against earth, as a reference gives it.
struct ReferenceVoltage {
  var bus: String
  var node: Int
  var voltage: Phasor
  /// The base against earth in V; nil where the reference has none.
  var base: Double?
}

extension ReferenceFolder {
  /// The voltages of all nodes.
  func voltages() throws -> [ReferenceVoltage] {
    guard let table = try table("voltages.csv") else { return [] }
    return table.rows.indices.map { row in
      let cells = table.rows[row]
      let kilovolts = table.number(row, 2)
      return ReferenceVoltage(
        bus: cells[0].lowercased(), node: Int(cells[1]) ?? 0,
        voltage: Phasor(magnitude: table.number(row, 3), degrees: table.number(row, 4)),
        base: kilovolts > 0 ? kilovolts * 1_000 : nil)
    }
  }

  /// The voltages of the cases that share one table, by the name of the case.
  static func voltagesOfUnitCircuits() throws -> [String: [ReferenceVoltage]] {
    guard
      let file = CaseCatalog.data?.appendingPathComponent("unit_circuits/reference/voltages.csv")
    else { return [:] }
    let table = try ReferenceTable(file)
    var result: [String: [ReferenceVoltage]] = [:]
    for row in table.rows.indices {
      let cells = table.rows[row]
      result[String(cells[0]), default: []].append(
        ReferenceVoltage(
          bus: cells[1].lowercased(), node: Int(cells[2]) ?? 0,
          voltage: Phasor(magnitude: table.number(row, 3), degrees: table.number(row, 4))))
    }
    return result
  }
}
