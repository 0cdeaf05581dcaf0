internal import BusbarScenario
internal import BusbarUnits

/// A table of SimBench: cells between semicolons, the names of the columns in the first line.
struct SimBenchTable {
  /// The name of the file as it was read.
  let file: String
  let rows: [SimBenchRow]

  /// Reads the form of a table, or appends all its faults and returns nil.
  init?(
    _ bytes: [UInt8], file: String, requiring required: [String], _ diagnostics: inout Diagnostics
  ) {
    self.file = file
    guard let lines = SimBenchLines(bytes, file: file, &diagnostics),
      let columns = lines.columns(requiring: required, &diagnostics)
    else { return nil }
    var rows: [SimBenchRow] = []
    var isSound = true
    for line in lines.numbers.dropFirst() {
      let cells = lines.cells(ofLine: line).map { String(decoding: $0, as: UTF8.self) }
      if cells.count == columns.count {
        rows.append(SimBenchRow(file: file, line: line + 1, columns: columns, cells: cells))
      } else {
        lines.reportWidth(cells.count, columns.count, line: line, &diagnostics)
        isSound = false
      }
    }
    guard isSound else { return nil }
    self.rows = rows
  }
}

/// The lines of a file whose bytes are text.
struct SimBenchLines {
  let bytes: [UInt8]
  let file: String
  private let ranges: [Range<Int>]

  init?(_ bytes: [UInt8], file: String, _ diagnostics: inout Diagnostics) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = bytes.starts(with: mark) ? mark.count : 0
    var ranges: [Range<Int>] = []
    var first = start
    for position in start...bytes.count where position == bytes.count || bytes[position] == 0x0A {
      let hasReturn = position > first && bytes[position - 1] == 0x0D
      ranges.append(first..<(hasReturn ? position - 1 : position))
      first = position + 1
    }
    while ranges.last?.isEmpty ?? false { ranges.removeLast() }
    self.bytes = bytes
    self.file = file
    self.ranges = ranges
    guard !ranges.isEmpty else {
      diagnostics.error(
        "the file is empty", at: SourceLocation(file: file, line: 1, column: 1),
        remedy: "write the names of the columns into the first line")
      return nil
    }
    guard let bad = ranges.firstIndex(where: { !Self.isText(bytes[$0]) }) else { return }
    diagnostics.error(
      "the line holds bytes that are no UTF-8 text, or a control character",
      at: SourceLocation(file: file, line: bad + 1, column: 1),
      remedy: "save the file with the encoding UTF-8, or copy it again")
    return nil
  }

  private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
    var isPlain = true
    for byte in bytes {
      if byte < 0x20 || byte == 0x7F { return false }
      if byte >= 0x80 { isPlain = false }
    }
    return isPlain || String(validating: bytes, as: UTF8.self) != nil
  }

  /// The lines with something in them, from 0.
  var numbers: [Int] { ranges.indices.filter { !ranges[$0].isEmpty } }

  func cells(ofLine line: Int) -> [ArraySlice<UInt8>] {
    bytes[ranges[line]].split(
      separator: UInt8(ascii: ";"), maxSplits: .max, omittingEmptySubsequences: false
    ).map(Self.trimmed)
  }

  private static func trimmed(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 }
    guard let first = cell.firstIndex(where: { !isBlank($0) }),
      let last = cell.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return cell[first...last]
  }

  /// Returns the place of each column by its name, or appends why the header cannot be used.
  func columns(
    requiring required: [String], _ diagnostics: inout Diagnostics
  ) -> [String: Int]? {
    let header = cells(ofLine: 0).map { String(decoding: $0, as: UTF8.self) }
    let location = SourceLocation(file: file, line: 1, column: 1)
    var columns: [String: Int] = [:]
    var isSound = true
    for (place, name) in header.enumerated() {
      if columns.updateValue(place, forKey: name) == nil { continue }
      diagnostics.error(
        "column '\(name)' occurs twice", at: location, remedy: "keep one of them")
      isSound = false
    }
    for name in required where columns[name] == nil {
      let nearest = NearestName.of(name, among: header.filter { !required.contains($0) })
      diagnostics.error(
        "there is no column '\(name)'", at: location,
        remedy: nearest.map { "rename the column '\($0)'" }
          ?? "add the column; cells are separated by semicolons")
      isSound = false
    }
    return isSound ? columns : nil
  }

  func reportWidth(
    _ count: Int, _ expected: Int, line: Int, _ diagnostics: inout Diagnostics
  ) {
    diagnostics.error(
      "the row has \(count) cells where the header has \(expected)",
      at: SourceLocation(file: file, line: line + 1, column: 1),
      remedy: "write one cell for each column; an empty cell still needs its semicolon")
  }
}
