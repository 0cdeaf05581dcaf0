public import Foundation

/// A table of reference values with a header, as a `.csv` or `.csv.gz` file.
public struct ReferenceTable {
  public let header: [String]
  public let rows: [[Substring]]

  /// Reads a table; cells hold no quotes and no commas.
  public init(_ url: URL) throws {
    _ = try url.checkResourceIsReachable()
    let text = try Command.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-dcf", url.path]
    ).output
    // Some tables end their lines with CR LF, which is one character.
    var lines = text.split(whereSeparator: \.isNewline)
      // A remark, unlike a header that begins with a hash sign, has one cell.
      .drop { $0.hasPrefix("#") && !$0.contains(",") }
    header = lines.removeFirst().split(separator: ",").map(String.init)
    rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  /// The number in a column of a row.
  public func number(_ row: Int, _ column: Int) -> Double { Double(rows[row][column]) ?? .nan }
}
