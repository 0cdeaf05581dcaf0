extension DSSValue {
  /// The value as a number; quoted text is calculated in reverse Polish notation.
  public func number() throws(DSSValueFault) -> Double {
    try number(
      of: DSSListItem(kind: isQuoted ? .quoted : .plain, text: text, offset: 0), isWhole: true)
  }

  /// The value as a whole number; OpenDSS rounds what is not whole, which is refused here.
  public func wholeNumber() throws(DSSValueFault) -> Int {
    let number = try number()
    guard let whole = Int(exactly: number) else {
      throw fault("'\(shortText)' is not a whole number", remedy: "write a whole number")
    }
    return whole
  }

  /// The numbers of a list such as `[115 4.16 (480 1000 /)]`, rows after one another.
  public func numbers() throws(DSSValueFault) -> [Double] {
    var numbers: [Double] = []
    for item in try items() where item.kind != .rowEnd { numbers.append(try number(of: item)) }
    return numbers
  }

  /// The rows of a matrix as written, such as `(1 | 2 3)`.
  public func rows() throws(DSSValueFault) -> [[Double]] {
    var rows: [[Double]] = [[]]
    for item in try items() {
      if item.kind == .rowEnd {
        rows.append([])
      } else {
        rows[rows.count - 1].append(try number(of: item))
      }
    }
    // OpenDSS permits a row end after the last row.
    if rows.count > 1 && rows[rows.count - 1].isEmpty { rows.removeLast() }
    return rows
  }

  /// A symmetric matrix, written in full or as its lower triangle.
  public func symmetricMatrix() throws(DSSValueFault) -> [[Double]] {
    let rows = try rows()
    let order = rows.count
    if rows.allSatisfy({ $0.count == order }) { return rows }
    guard rows.indices.allSatisfy({ rows[$0].count == $0 + 1 }) else {
      let counts = rows.map { String($0.count) }.joined(separator: ", ")
      throw fault(
        "the matrix has rows of \(counts) numbers",
        remedy: "write a square matrix or its lower triangle, with '|' between the rows")
    }
    return rows.indices.map { i in rows.indices.map { j in rows[max(i, j)][min(i, j)] } }
  }

  private func number(
    of item: DSSListItem, isWhole: Bool = false
  ) throws(DSSValueFault) -> Double {
    let start = isWhole ? nil : Optional(item.offset)
    if item.kind == .quoted {
      do {
        return try RPNCalculator.result(of: item.text)
      } catch {
        throw fault(error.problem, remedy: error.remedy, atCharacter: start)
      }
    }
    guard let number = RPNCalculator.number(item.text) else {
      let short = item.text.count > 40 ? item.text.prefix(40) + "..." : item.text
      throw fault(
        item.text.isEmpty ? "a number is missing" : "'\(short)' is not a number",
        remedy: "write a decimal number, such as 12.5 or 1e-3", atCharacter: start)
    }
    return number
  }
}
