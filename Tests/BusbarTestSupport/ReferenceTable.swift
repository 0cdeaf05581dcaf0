public import Foundation

/// A table of reference values with a header, as a `.csv.gz` file of the reference data.
public struct ReferenceTable {
  public let header: [String]
  public let rows: [[Substring]]

  /// Reads a table; cells hold no quotes and no commas.
  public init(_ url: URL) throws {
    let text = try Command.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-dc", url.path]
    ).output
    var lines = text.split(separator: "\n", omittingEmptySubsequences: true)
      .drop { $0.hasPrefix("#") }
    header = lines.removeFirst().split(separator: ",").map(String.init)
    rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  /// The number in a column of a row.
  public func number(_ row: Int, _ column: Int) -> Double { Double(rows[row][column]) ?? .nan }
}
