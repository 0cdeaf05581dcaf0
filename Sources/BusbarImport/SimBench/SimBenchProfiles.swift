internal import BusbarScenario
internal import BusbarUnits

/// A table of factors over a year, whose columns are read when something follows them.
struct SimBenchProfiles {
  /// The column of the instants.
  static let timeColumn = "time"

  let file: String
  let clock: ProfileClock
  private let lines: SimBenchLines
  private let rows: [Int]
  private let columns: [String: Int]

  /// Reads the header and the instants, or appends all faults and returns nil.
  init?(_ bytes: [UInt8], file: String, _ diagnostics: inout Diagnostics) {
    self.file = file
    guard let lines = SimBenchLines(bytes, file: file, &diagnostics),
      let columns = lines.columns(requiring: [Self.timeColumn], &diagnostics),
      let time = columns[Self.timeColumn]
    else { return nil }
    self.lines = lines
    self.columns = columns
    let rows = Array(lines.numbers.dropFirst())
    self.rows = rows
    let texts = rows.map { line in
      let cells = lines.cells(ofLine: line)
      return time < cells.count ? String(decoding: cells[time], as: UTF8.self) : ""
    }
    guard let clock = ProfileClock(texts, lines: rows, file: file, &diagnostics) else { return nil }
    self.clock = clock
  }

  /// The names of the profiles, in the order of the columns.
  var names: [String] {
    columns.sorted { $0.value < $1.value }.map(\.key).filter { $0 != Self.timeColumn }
  }

  /// Whether there is a column of a name.
  func has(_ name: String) -> Bool { columns[name] != nil && name != Self.timeColumn }

  /// Returns a table of the named columns with every number as it was written, or appends faults.
  func text(of names: [String], _ diagnostics: inout Diagnostics) -> String? {
    let places = names.compactMap { columns[$0] }
    var text = Array((names.map(TableText.quoted).joined(separator: ",") + "\n").utf8)
    var isSound = true
    for line in rows {
      let cells = lines.cells(ofLine: line)
      guard cells.count == columns.count else {
        lines.reportWidth(cells.count, columns.count, line: line, &diagnostics)
        isSound = false
        continue
      }
      for (name, place) in zip(names, places) {
        guard let number = SimBenchNumber(cells[place]), abs(number.value) < 1e9 else {
          diagnostics.error(
            "the cell of column '\(name)' is no number", at: location(line, cells, place),
            remedy: "write a decimal number with a point")
          isSound = false
          continue
        }
        text += number.text.utf8
        text.append(UInt8(ascii: ","))
      }
      text[text.count - 1] = UInt8(ascii: "\n")
    }
    return isSound ? String(decoding: text, as: UTF8.self) : nil
  }

  private func location(
    _ line: Int, _ cells: [ArraySlice<UInt8>], _ place: Int
  ) -> SourceLocation {
    let before = cells[..<place].reduce(1) {
      $0 + String(decoding: $1, as: UTF8.self).unicodeScalars.count + 1
    }
    return SourceLocation(file: file, line: line + 1, column: before)
  }
}
