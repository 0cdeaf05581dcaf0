/// A table of comma-separated values, checked for its form; its cells are read on demand.
///
/// The form is that of RFC 4180 with a header line; a byte order mark and CRLF are accepted.
public struct CSVTable: Sendable {
  /// A column's name and its place.
  public struct HeaderCell: Sendable, Hashable {
    /// The text of the header, without quotes.
    public let name: String
    /// The place of the name.
    public let location: SourceLocation
  }

  /// One cell with its place.
  public struct Cell: Sendable, Hashable {
    /// The content, without quotes.
    public let text: String
    /// The place of the first character, or of the opening quote.
    public let location: SourceLocation
  }

  struct Row {
    /// The place of the row's first byte.
    let start: Int
    let line: Int
  }

  /// The path relative to the scenario folder.
  public let file: String
  /// The columns, in the order written.
  public let header: [HeaderCell]
  let bytes: [UInt8]
  let rows: [Row]

  /// How many rows follow the header.
  public var rowCount: Int { rows.count }

  /// Reads the form of a table, or appends all its faults and returns `nil`.
  public init?(_ bytes: [UInt8], file: String, _ diagnostics: inout Diagnostics) {
    var scanner = CSVScanner(file: file)
    scanner.scan(bytes)
    scanner.faults.report(to: &diagnostics)
    guard scanner.faults.isEmpty else { return nil }
    self.file = file
    self.bytes = bytes
    rows = scanner.rows
    header = Self.cells(in: bytes, from: scanner.headerStart, line: 1, file: file)
      .map { HeaderCell(name: $0.text, location: $0.location) }
    guard Self.checkHeader(header, rowCount: rows.count, &diagnostics) else { return nil }
  }

  /// Returns the place of the column with this name.
  public func column(_ name: String) -> Int? {
    header.firstIndex { $0.name == name }
  }

  /// Returns the cells of a row, counted from 0 without the header.
  public func cells(inRow row: Int) -> [Cell] {
    Self.cells(in: bytes, from: rows[row].start, line: rows[row].line, file: file)
  }

  /// Returns the place of a row's first cell.
  public func location(ofRow row: Int) -> SourceLocation {
    SourceLocation(file: file, line: rows[row].line, column: 1)
  }

  private static func checkHeader(
    _ header: [HeaderCell], rowCount: Int, _ diagnostics: inout Diagnostics
  ) -> Bool {
    var isSound = true
    var columns: [String: Int] = [:]
    for (column, cell) in header.enumerated() {
      if cell.name.isEmpty {
        diagnostics.error(
          "column \(column + 1) has no name", at: cell.location,
          remedy: "name it in the header, or remove the comma")
        isSound = false
      } else if let first = columns.updateValue(column, forKey: cell.name) {
        diagnostics.error(
          "column '\(cell.name)' occurs twice, first as column \(first + 1)", at: cell.location,
          remedy: "keep one of them")
        isSound = false
      }
    }
    if rowCount == 0 && isSound {
      diagnostics.error(
        "the table has a header but no rows", at: SourceLocation(file: header[0].location.file),
        remedy: "add a row, or remove the table from the scenario")
      isSound = false
    }
    return isSound
  }

  /// Splits the well-formed row that starts at a byte.
  private static func cells(
    in bytes: [UInt8], from start: Int, line: Int, file: String
  ) -> [Cell] {
    let span = bytes.span
    var cells: [Cell] = []
    var cursor = CSVCursor(at: start, line: line)
    while true {
      let place = SourceLocation(file: file, line: cursor.line, column: cursor.column)
      let text = cursor.takeCell(span)
      cells.append(Cell(text: String(decoding: text, as: UTF8.self), location: place))
      guard cursor.position < span.count, span[cursor.position] == .comma else { return cells }
      cursor.skipComma()
    }
  }
}

/// Walks over the cells of well-formed rows and keeps count of lines and columns.
struct CSVCursor {
  private(set) var position: Int
  private(set) var line: Int
  private(set) var column = 1

  init(at position: Int, line: Int) {
    self.position = position
    self.line = line
  }

  /// Returns the bytes of the cell that starts here, without quotes, and moves past it.
  mutating func takeCell(_ bytes: Span<UInt8>) -> [UInt8] {
    var cell: [UInt8] = []
    let isQuoted = position < bytes.count && bytes[position] == .quote
    if isQuoted { advance(over: .quote) }
    while position < bytes.count {
      let byte = bytes[position]
      if isQuoted {
        if byte == .quote {
          advance(over: byte)
          guard position < bytes.count, bytes[position] == .quote else { break }
        }
      } else if byte == .comma || byte == .lineFeed || byte == .carriageReturn {
        break
      }
      cell.append(byte)
      advance(over: byte)
    }
    return cell
  }

  mutating func skipComma() { advance(over: .comma) }

  private mutating func advance(over byte: UInt8) {
    position += 1
    if byte == .lineFeed {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }
}

extension UInt8 {
  static let comma = UInt8(ascii: ",")
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}

/// Faults of one table, of which the first ones are kept and the others counted.
struct CSVFaults {
  static let limit = 20

  private let file: String
  private var kept: [Diagnostic] = []
  private var count = 0

  init(file: String) {
    self.file = file
  }

  var isEmpty: Bool { count == 0 }

  mutating func add(
    line: Int, column: Int, _ problem: @autoclosure () -> String,
    remedy: @autoclosure () -> String
  ) {
    count += 1
    if count > Self.limit { return }
    let location = SourceLocation(file: file, line: line, column: column)
    kept.append(Diagnostic(.error, at: location, problem(), remedy: remedy()))
  }

  func report(to diagnostics: inout Diagnostics) {
    for fault in kept { diagnostics.append(fault) }
    guard count > kept.count, let last = kept.last else { return }
    diagnostics.error(
      "\(count - kept.count) more faults of this sort follow", at: last.location,
      remedy: "mend the first \(kept.count) and validate again")
  }
}
