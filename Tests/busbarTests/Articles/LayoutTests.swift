import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

/// The article about the layout knows each dataset, and each dataset that it knows exists.
struct LayoutTests {
  /// A row of the article's tables for one dataset.
  private struct Row {
    /// The path, with names in angle brackets for any text.
    let path: String
    /// The dimensions with commas between them; `…` for any.
    let dimensions: String
    /// The unit, `time` for milliseconds since the start, and empty for none; `…` for any.
    let unit: String

    private func isOneOf(_ pattern: String, _ text: String) -> Bool {
      var left = text[...]
      let parts = pattern.split(separator: /<\w+>/, omittingEmptySubsequences: false)
      guard let first = parts.first, left.hasPrefix(first) else { return false }
      left = left.dropFirst(first.count)
      for (number, part) in parts.enumerated().dropFirst() {
        if number == parts.count - 1 { return left.hasSuffix(part) && left.count > part.count }
        guard let place = left.firstRange(of: part) else { return false }
        left = left[place.upperBound...]
      }
      return left.isEmpty
    }

    func describes(_ variable: TrajectoryReader.StoredVariable) -> Bool {
      isOneOf(path, variable.path)
    }

    /// Whether dimensions and unit are those of a dataset.
    func agrees(with variable: TrajectoryReader.StoredVariable) -> Bool {
      let unit = variable.unit.map { $0.hasPrefix("milliseconds since ") ? "time" : $0 } ?? ""
      return (self.unit == "…" || self.unit == unit)
        && (dimensions == "…"
          || isOneOf(dimensions, variable.dimensions.joined(separator: ", ")))
    }
  }

  private static func rows() throws -> [Row] {
    try Article("BusbarTrajectory/BusbarTrajectory.docc/Layout").lines
      .filter { $0.hasPrefix("| `") }
      .flatMap { line in
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
          .map { $0.trimmingCharacters(in: .whitespaces) }
        return cells[1].split(separator: "`").filter { $0 != ", " }.map {
          Row(
            path: String($0), dimensions: cells[2].replacing("`", with: ""),
            unit: cells[3].replacing("`", with: ""))
        }
      }
  }

  /// A run with positions, planned switching, meters read over a concentrator, and a process.
  private static func variables() throws -> [TrajectoryReader.StoredVariable] {
    let place = try Workplace {
      $0["buses.csv"] = """
        id,nominal_voltage_kv,x_m,y_m
        mv,20,0,0
        lv,0.4,1,0
        end-1,0.4,2,0
        end-2,0.4,3,0
        end-3,0.4,4,0

        """
      $0.addTables("  switching: [{line: cable-3, at: 20 h, state: open}]\n")
      $0.communicate(
        """
          head_end: {}
          concentrators: [{id: DTC, bus: lv}]
          parties: [{id: A}, {id: B}]
          links: [{from: A, to: B, class: platform_http}]
          processes: [{id: notice, first: 6 h}]
          process_steps: [{process: notice, step: 1, from: A, to: B, message: offer}]

        """)
    }
    return try place.run().reader.variables
  }

  @Test func theArticleAndTheFileHaveTheSameDatasets() throws {
    let rows = try Self.rows()
    let variables = try Self.variables()
    for variable in variables {
      let own = rows.filter { $0.describes(variable) }
      #expect(!own.isEmpty, "the article lacks \(variable.path)")
      let isRight = own.contains { $0.agrees(with: variable) }
      #expect(isRight, "\(variable.path) has \(variable.dimensions), \(variable.unit ?? "no unit")")
    }
    for row in rows {
      let exists = variables.contains { row.describes($0) && row.agrees(with: $0) }
      #expect(exists, "no file has \(row.path) with \(row.dimensions) in \(row.unit)")
    }
  }
}
