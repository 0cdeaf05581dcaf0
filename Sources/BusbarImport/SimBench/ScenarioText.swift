/// A CSV table in the making.
struct TableText {
  private(set) var text: String
  private(set) var rowCount = 0

  init(_ columns: String...) { text = columns.joined(separator: ",") + "\n" }

  /// Adds a row; nil makes an empty cell.
  mutating func add(_ cells: String?...) {
    text += cells.map { $0.map(Self.quoted) ?? "" }.joined(separator: ",") + "\n"
    rowCount += 1
  }

  /// A cell in quotes where it needs them.
  static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.contains { ",\"\n\r".contains($0) } || cell.hasPrefix(" ")
    return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }
}

/// Texts of YAML.
enum YAMLText {
  /// A text in double quotes.
  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
