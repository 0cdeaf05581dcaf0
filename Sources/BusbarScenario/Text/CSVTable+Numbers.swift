extension CSVTable {
  /// Reads whole columns of finite numbers, or appends what is no number and returns `nil`.
  ///
  /// Takes the places of the columns and returns one array for each, in their order. Makes no text
  /// per cell, so that long profiles are read at some hundred megabytes a second.
  public func numbers(
    inColumns columns: [Int], _ diagnostics: inout Diagnostics
  ) -> [[Double]]? {
    precondition(Set(columns).count == columns.count, "A column may be read once only.")
    var values = columns.map { _ in
      var column: [Double] = []
      column.reserveCapacity(rowCount)
      return column
    }
    var slots = [Int](repeating: -1, count: header.count)
    for (slot, column) in columns.enumerated() { slots[column] = slot }
    var faults = CSVFaults(file: file)
    let span = bytes.span
    for row in rows.indices {
      var position = rows[row].start
      for column in slots.indices {
        if slots[column] < 0 {
          position = Self.endOfCell(span, from: position)
        } else if let (value, end) = Self.quickNumber(span, from: position) {
          values[slots[column]].append(value)
          position = end
        } else {
          values[slots[column]].append(carefulNumber(row, column, &faults))
          position = Self.endOfCell(span, from: position)
        }
        position += 1
      }
    }
    faults.report(to: &diagnostics)
    return faults.isEmpty ? values : nil
  }

  /// Reads a number that ends at a comma or line end and needs no care, as nearly all do.
  @inline(__always)
  private static func quickNumber(
    _ bytes: Span<UInt8>, from start: Int
  ) -> (Double, end: Int)? {
    guard let (decimal, end) = DecimalText.scan(bytes, from: start),
      end == bytes.count || bytes[end] == .comma || bytes[end] == .lineFeed
        || bytes[end] == .carriageReturn
    else { return nil }
    if let value = decimal.quickValue { return (value, end) }
    return slowNumber(bytes, from: start, to: end).map { ($0, end) }
  }

  /// Reads a number with very many digits or a large exponent.
  @inline(never)
  private static func slowNumber(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Double? {
    let text = String(decoding: (start..<end).map { bytes[$0] }, as: UTF8.self)
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  /// Reads a number with blanks, quotes or many digits, or reports why the cell is none.
  private func carefulNumber(_ row: Int, _ column: Int, _ faults: inout CSVFaults) -> Double {
    let cell = cells(inRow: row)[column]
    switch DecimalText.number(cell.text) {
    case .success(let number): return number.value
    case .failure(let fault):
      guard case .position(let line, let place) = cell.location.place else { return 0 }
      let name = header[column].name
      faults.add(
        line: line, column: place,
        fault == .empty
          ? "the cell of column '\(name)' is empty"
          : "'\(cell.text)' in column '\(name)' \(fault.problem)",
        remedy: fault.remedy)
      return 0
    }
  }

  /// Returns where the cell that starts here ends: at a comma, a line end or the end of the file.
  private static func endOfCell(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var i = start
    var isInQuotes = false
    while i < bytes.count {
      let byte = bytes[i]
      if byte == .quote {
        isInQuotes.toggle()
      } else if !isInQuotes && (byte == .comma || byte == .lineFeed) {
        return i
      }
      i += 1
    }
    return i
  }
}
