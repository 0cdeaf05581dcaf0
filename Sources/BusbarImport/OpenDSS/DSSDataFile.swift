public import BusbarScenario

/// Reads files of numbers that properties name.
public enum DSSDataFile {
  /// Returns at most `limit` numbers of the column that a property names, or reports the fault.
  ///
  /// `name` is the path as diagnostics show it.
  public static func numbers(
    _ reference: DSSFileReference, named name: String, limit: Int = .max,
    from files: some DSSFileAccess, _ diagnostics: inout Diagnostics
  ) -> [Double]? {
    guard let bytes = contents(reference.path, named: name, from: files, &diagnostics) else {
      return nil
    }
    switch reference.format {
    case .single, .double:
      return binary(
        bytes, bytesEach: reference.format == .single ? 4 : 8, named: name, limit: limit,
        &diagnostics)
    case .text:
      let rows = rows(
        bytes, named: name, skippingHeader: reference.hasHeader, limit: limit, &diagnostics)
      let column = reference.column - 1
      return rows?.compactMap { column < $0.count ? $0[column] : nil }
    }
  }

  /// Returns the rows of a text file of numbers, such as that of `csvfile`, or reports the fault.
  public static func rows(
    _ reference: DSSFileReference, named name: String, limit: Int = .max,
    from files: some DSSFileAccess, _ diagnostics: inout Diagnostics
  ) -> [[Double]]? {
    contents(reference.path, named: name, from: files, &diagnostics).flatMap {
      rows($0, named: name, skippingHeader: reference.hasHeader, limit: limit, &diagnostics)
    }
  }

  private static func contents(
    _ path: String, named name: String, from files: some DSSFileAccess,
    _ diagnostics: inout Diagnostics
  ) -> [UInt8]? {
    do {
      return try files.contents(of: path)
    } catch {
      diagnostics.error(
        "the file \(error.problem)", at: SourceLocation(file: name),
        remedy: "check the path and the file")
      return nil
    }
  }

  static func rows(
    _ bytes: [UInt8], named name: String, skippingHeader: Bool, limit: Int,
    _ diagnostics: inout Diagnostics
  ) -> [[Double]]? {
    var rows: [[Double]] = []
    var isSound = true
    var skipsHeader = skippingHeader
    forEachLine(of: bytes) { line, number in
      guard rows.count < limit, isSound else { return }
      var scanner = DSSScanner(line, file: name, line: number)
      var row: [Double] = []
      while let cell = scanner.next()?.value {
        if skipsHeader { continue }
        guard let number = try? cell.number() else {
          diagnostics.error(
            "'\(cell.shortText)' is not a number", at: cell.location,
            remedy: rows.isEmpty
              ? "write header=yes if this is a header" : "write a decimal number")
          isSound = false
          return
        }
        row.append(number)
      }
      if skipsHeader {
        skipsHeader = false
      } else if !row.isEmpty {
        rows.append(row)
      }
    }
    return isSound ? rows : nil
  }

  private static func binary(
    _ bytes: [UInt8], bytesEach width: Int, named name: String, limit: Int,
    _ diagnostics: inout Diagnostics
  ) -> [Double]? {
    guard bytes.count % width == 0 else {
      diagnostics.error(
        "the file's \(bytes.count) bytes are not numbers of \(width) bytes each",
        at: SourceLocation(file: name), remedy: "write the file again")
      return nil
    }
    let count = min(bytes.count / width, max(limit, 0))
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for i in 0..<count {
      var bits: UInt64 = 0
      for byte in bytes[i * width..<(i + 1) * width].reversed() { bits = bits << 8 | UInt64(byte) }
      numbers.append(
        width == 4
          ? Double(Float(bitPattern: UInt32(bits))) : Double(bitPattern: bits))
    }
    guard numbers.allSatisfy(\.isFinite) else {
      diagnostics.error(
        "the file holds a number that is not finite", at: SourceLocation(file: name),
        remedy: "write the file again, with \(width) bytes for each number")
      return nil
    }
    return numbers
  }

  /// Calls for each line with its number from 1.
  static func forEachLine(of bytes: [UInt8], _ body: (ArraySlice<UInt8>, Int) -> Void) {
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 0
    while position < bytes.count {
      line += 1
      var end = position
      while end < bytes.count && bytes[end] != 0x0A && bytes[end] != 0x0D { end += 1 }
      body(bytes[position..<end], line)
      position = end + 1
      if position < bytes.count && bytes[end] == 0x0D && bytes[position] == 0x0A { position += 1 }
    }
  }
}
