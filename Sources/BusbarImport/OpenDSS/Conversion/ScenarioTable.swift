internal import BusbarScenario

/// A table of the scenario that is being written.
struct ScenarioTable {
  /// The content of one field.
  enum Cell: Hashable {
    case text(String)
    case number(Double)
    case whole(Int)
    case empty

    /// A number, or nothing.
    static func optional(_ value: Double?) -> Cell { value.map(Cell.number) ?? .empty }
  }

  let columns: [String]
  private(set) var rows: [[Cell]] = []
  /// The columns that hold something in any row, and so are written.
  private var used: [Bool]
  /// Where the first number that is not finite comes from.
  private(set) var firstNotFinite: (column: String, location: SourceLocation)?

  init(_ columns: String) {
    self.columns = columns.split(whereSeparator: \.isWhitespace).map(String.init)
    used = Array(repeating: false, count: self.columns.count)
  }

  /// Adds a row, whose cells are those of `columns`.
  mutating func append(_ cells: [Cell], from location: SourceLocation) {
    precondition(cells.count == columns.count, "A row has a cell for each column.")
    for (column, cell) in cells.enumerated() {
      if cell != .empty { used[column] = true }
      if case .number(let number) = cell, !number.isFinite, firstNotFinite == nil {
        firstNotFinite = (columns[column], location)
      }
    }
    rows.append(cells)
  }

  /// Sets the last cell of the row whose first cell is given; returns whether there is one.
  mutating func setLast(_ cell: Cell, ofRow first: Cell) -> Bool {
    guard let row = rows.lastIndex(where: { $0.first == first }) else { return false }
    rows[row][columns.count - 1] = cell
    used[columns.count - 1] = true
    return true
  }

  /// The table as CSV, without the columns that are empty throughout.
  var text: String {
    let shown = columns.indices.filter { used[$0] }
    var text = shown.map { columns[$0] }.joined(separator: ",") + "\n"
    for row in rows {
      for (place, column) in shown.enumerated() {
        if place > 0 { text += "," }
        switch row[column] {
        case .text(let value): text += Self.quoted(value)
        case .number(let value): text += Self.decimal(value)
        case .whole(let value): text += String(value)
        case .empty: break
        }
      }
      text += "\n"
    }
    return text
  }

  /// The shortest decimal number that is read back as the same value.
  static func decimal(_ value: Double) -> String {
    if value == 0 { return "0" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A text as CSV needs it.
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"") && byte > 0x20 || byte == 0x20
    }
    // A blank at either end, or a line end, would not survive without quotes.
    if isPlain && text.utf8.first != 0x20 && text.utf8.last != 0x20 { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
