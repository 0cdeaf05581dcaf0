/// Writes one variable as a table: a row for each instant, a column for each element.
public struct CSVExport {
  private let reader: TrajectoryReader
  private let variable: TrajectoryReader.StoredVariable
  private let rowLabels: [String]
  private let columns: [Int]
  private let columnLabels: [String]

  /// Prepares an export; without a selection of elements all columns are written.
  public init(
    _ reader: TrajectoryReader, variable name: String, elements: [String]
  ) throws(TrajectoryError) {
    self.reader = reader
    variable = try reader.variable(named: name)
    guard !variable.shape.isEmpty else {
      throw .cannotRead(path: reader.path, reason: "'\(name)' is a single value, not a table.")
    }
    rowLabels = try reader.labels(ofDimension: 0, of: variable)
    var labels = [""]
    var firstAxis = [""]
    for dimension in variable.shape.indices.dropFirst() {
      let names = try reader.labels(ofDimension: dimension, of: variable)
      if dimension == 1 { firstAxis = names }
      labels = labels.flatMap { head in names.map { head.isEmpty ? $0 : head + "." + $0 } }
    }
    if variable.shape.count == 1 { labels = [variable.path] }
    var columns = Array(labels.indices)
    if !elements.isEmpty {
      let axis = variable.dimensions.count > 1 ? variable.dimensions[1] : "element"
      for element in elements where !firstAxis.contains(element) {
        throw .unknownElement(name: element, axis: axis, known: firstAxis)
      }
      let width = labels.count / max(1, firstAxis.count)
      columns = columns.filter { elements.contains(firstAxis[$0 / width]) }
    }
    self.columns = columns
    columnLabels = columns.map { labels[$0] }
  }

  private static let rowsPerPiece = 256

  /// Hands over the lines of the table, some at a time; each ends with a line feed.
  public func write(
    _ put: (String) throws(TrajectoryError) -> Void
  ) throws(TrajectoryError) {
    let head = variable.dimensions[0].isEmpty ? "row" : variable.dimensions[0]
    try put(([head] + columnLabels).map(Self.quoted).joined(separator: ",") + "\n")
    for start in stride(from: 0, to: variable.shape[0], by: Self.rowsPerPiece) {
      let rows = start..<min(start + Self.rowsPerPiece, variable.shape[0])
      let texts = try reader.texts(of: variable, rows: rows)
      var piece = ""
      for row in rows {
        piece += Self.quoted(rowLabels[row])
        let first = (row - start) * variable.rowWidth
        for column in columns {
          piece += ","
          let text = texts[first + column]
          piece += variable.type == "string" ? Self.quoted(text) : text
        }
        piece += "\n"
      }
      try put(piece)
    }
  }

  /// A cell of a CSV table, in quotes where it needs them.
  public static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
