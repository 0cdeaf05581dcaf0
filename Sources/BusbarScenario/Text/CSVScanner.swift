/// Finds the rows of a table and the faults of its form in one pass over the bytes.
struct CSVScanner {
  private(set) var rows: [CSVTable.Row] = []
  private(set) var faults: CSVFaults
  private(set) var headerStart = 0

  private var position = 0
  private var line = 1
  private var lineStart = 0
  private var isBroken = false

  init(file: String) {
    faults = CSVFaults(file: file)
  }

  /// Scans all bytes; afterwards `rows` is of use only if there are no faults.
  mutating func scan(_ bytes: [UInt8]) {
    headerStart = UTF8Text.lengthOfMark(bytes)
    position = headerStart
    lineStart = headerStart
    let end = Self.endWithoutBlankLines(bytes.span, from: headerStart)
    let text = bytes.span.extracting(..<end)
    guard end > headerStart else {
      faults.add(line: 1, column: 1, "the file is empty", remedy: "write a header line and rows")
      return
    }
    let width = scanRow(text, expected: nil)
    if !isBroken { checkSeparator(text) }
    rows.reserveCapacity(bytes.count / max(position, 16))
    while position < end && !isBroken {
      rows.append(CSVTable.Row(start: position, line: line))
      _ = scanRow(text, expected: width)
    }
  }

  /// Scans one row with its line end and returns how many cells it has.
  private mutating func scanRow(_ bytes: Span<UInt8>, expected: Int?) -> Int {
    if isLineEnd(bytes, at: position) {
      report(
        bytes, at: position, "the line is blank",
        remedy: expected == nil ? "start the file with its header" : "remove it, or write a row")
      endLine(bytes)
      isBroken = expected == nil
      return 0
    }
    var cells = 1
    var surplus: (line: Int, column: Int)?
    while true {
      scanCell(bytes)
      if isBroken { return cells }
      guard position < bytes.count, bytes[position] == .comma else { break }
      position += 1
      if cells == expected { surplus = (line, column(bytes, of: position)) }
      cells += 1
    }
    if let expected, cells != expected {
      let place = surplus ?? (line, column(bytes, of: position))
      faults.add(
        line: place.line, column: place.column,
        "the row has \(cells) cells where the header has \(expected)",
        remedy: cells < expected
          ? "add the missing cells; an empty cell still needs its comma"
          : "remove the surplus cells, or quote a cell that contains a comma")
    }
    endLine(bytes)
    return cells
  }

  /// Scans one cell up to the comma or line end after it.
  @inline(__always)
  private mutating func scanCell(_ bytes: Span<UInt8>) {
    if position < bytes.count, bytes[position] == .quote {
      scanQuotedCell(bytes)
      return
    }
    var i = position
    while i < bytes.count {
      let byte = bytes[i]
      // Nearly all bytes of a table of numbers: minus, point, digits and letters.
      if byte &- 0x2D < 0x52 {
        i += 1
        continue
      }
      if byte == .comma || byte == .lineFeed { break }
      if byte == .carriageReturn && isLineEnd(bytes, at: i) { break }
      if byte == .quote {
        report(
          bytes, at: i, "a quote stands inside a cell that does not start with one",
          remedy: "quote the whole cell and write its inner quotes as \"\"")
        i += 1
        continue
      }
      guard let length = checkedLength(bytes, at: i) else { return }
      i += length
    }
    position = i
  }

  private mutating func scanQuotedCell(_ bytes: Span<UInt8>) {
    let (opening, openingLine, openingLineStart) = (position, line, lineStart)
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == .quote {
        position += 1
        guard position < bytes.count, bytes[position] == .quote else {
          skipToCellEnd(bytes)
          return
        }
        position += 1
      } else if byte == .lineFeed {
        endLine(bytes)
      } else if byte == .carriageReturn && isLineEnd(bytes, at: position) {
        position += 1
      } else {
        guard let length = checkedLength(bytes, at: position) else { return }
        position += length
      }
    }
    (line, lineStart) = (openingLine, openingLineStart)
    report(
      bytes, at: opening, "the quote of this cell is never closed",
      remedy: "close it with a second quote")
    isBroken = true
  }

  /// Reports text between a closing quote and the end of its cell, and skips it.
  private mutating func skipToCellEnd(_ bytes: Span<UInt8>) {
    let start = position
    while position < bytes.count, bytes[position] != .comma, !isLineEnd(bytes, at: position) {
      guard let length = checkedLength(bytes, at: position) else { return }
      position += length
    }
    if position > start {
      report(
        bytes, at: start, "text follows the closing quote of a cell",
        remedy: "write a quote inside a quoted cell as \"\"")
    }
  }

  /// Returns the length of the character here, or reports why it ends the scan.
  private mutating func checkedLength(_ bytes: Span<UInt8>, at i: Int) -> Int? {
    let byte = bytes[i]
    let isControl = (byte < 0x20 && byte != 0x09) || byte == 0x7F
    if !isControl, let length = UTF8Text.sequenceLength(bytes, at: i) { return length }
    isBroken = true
    let column = column(bytes, of: i)
    if byte == .carriageReturn {
      faults.add(
        line: line, column: column, "a carriage return stands here without a line feed",
        remedy: "save the file with the line ends LF or CRLF")
      return nil
    }
    let fault =
      isControl
      ? UTF8Text.control(byte, line: line, column: column)
      : UTF8Text.malformed(byte, line: line, column: column)
    faults.add(line: line, column: column, fault.problem, remedy: fault.remedy)
    return nil
  }

  private mutating func endLine(_ bytes: Span<UInt8>) {
    guard position < bytes.count else { return }
    position += bytes[position] == .carriageReturn ? 2 : 1
    line += 1
    lineStart = position
  }

  private func isLineEnd(_ bytes: Span<UInt8>, at i: Int) -> Bool {
    guard i < bytes.count else { return true }
    if bytes[i] == .lineFeed { return true }
    return bytes[i] == .carriageReturn && i + 1 < bytes.count && bytes[i + 1] == .lineFeed
  }

  private func column(_ bytes: Span<UInt8>, of position: Int) -> Int {
    var column = 1
    for i in lineStart..<position where bytes[i] & 0xC0 != 0x80 { column += 1 }
    return column
  }

  private mutating func report(
    _ bytes: Span<UInt8>, at position: Int, _ problem: @autoclosure () -> String, remedy: String
  ) {
    faults.add(
      line: line, column: column(bytes, of: position), problem(), remedy: remedy)
  }

  /// Reports a header whose columns are separated by something else than commas.
  private mutating func checkSeparator(_ bytes: Span<UInt8>) {
    var i = headerStart
    var found: Int?
    while !isLineEnd(bytes, at: i) {
      if bytes[i] == .comma { return }
      let isOther = bytes[i] == UInt8(ascii: ";") || bytes[i] == UInt8(ascii: "\t")
      if isOther && found == nil { found = i }
      i += 1
    }
    guard let found else { return }
    var column = 1
    for i in headerStart..<found where bytes[i] & 0xC0 != 0x80 { column += 1 }
    let name = bytes[found] == UInt8(ascii: ";") ? "semicolons" : "tabs"
    faults.add(
      line: 1, column: column, "the columns are separated by \(name)",
      remedy: "separate them with commas, and write decimals with a point")
    isBroken = true
  }

  /// Returns where the text ends if all blank lines at its end are left out.
  private static func endWithoutBlankLines(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var end = bytes.count
    while end > start {
      let byte = bytes[end - 1]
      if byte == .lineFeed {
        end -= end - 1 > start && bytes[end - 2] == .carriageReturn ? 2 : 1
      } else {
        break
      }
    }
    return end
  }
}
