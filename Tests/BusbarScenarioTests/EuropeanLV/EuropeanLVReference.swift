import BusbarTestSupport
import BusbarUnits
import Foundation
import Testing

/// The reference solutions of the European low-voltage feeder beside the package.
enum EuropeanLVReference {
  /// Whether the references are there.
  static let isPresent = PackageFolder.sharedData("european_lv/reference") != nil
  static let absent = Comment(rawValue: PackageFolder.absentData)

  #if DEBUG
    static let isOptimized = false
  #else
    static let isOptimized = true
  #endif
  static let unoptimized: Comment =
    "skipped: 1,440 power flows are slow in a debug build; run `swift test -c release`"

  static func table(_ path: String) throws -> ReferenceTable {
    try ReferenceTable(#require(PackageFolder.sharedData("european_lv/\(path)"), absent))
  }

  /// A table of the constant-power solution over the day, one row a minute.
  static func day(_ quantity: String) throws -> ReferenceTable {
    let table = try table("reference/timeseries_\(quantity)_wide.csv.gz")
    try #require(table.rows.count == EuropeanLVDay.minuteCount)
    for row in table.rows.indices { try #require(table.number(row, 0) == Double(row + 1)) }
    return table
  }
}

extension ReferenceTable {
  /// The position of a column.
  func column(_ name: String) throws -> Int {
    try #require(header.firstIndex(of: name), "The table has a column '\(name)'.")
  }

  /// The numbers of one row in the given columns.
  func numbers(_ row: Int, _ columns: [String]) throws -> [Double] {
    try columns.map { number(row, try column($0)) }
  }
}

/// The largest of many differences between Busbar and a peer, and where it is.
///
/// A difference that is not a number counts as infinite, so it passes no test.
struct Distance {
  /// What is compared, in words.
  let quantity: String
  /// What it is compared with.
  let peer: String
  /// The unit of the differences.
  let unit: String
  /// Half a unit of the peer's last digit, in words; nil when that does not matter.
  var rounding: String?
  /// What one per unit is, in the unit; nil for a quantity without a base.
  var base: Double?
  private(set) var count = 0
  private(set) var largest = 0.0
  private(set) var place = "nowhere"

  init(
    _ quantity: String, to peer: String, unit: String, rounding: String? = nil,
    base: Double? = nil
  ) {
    self.quantity = quantity
    self.peer = peer
    self.unit = unit
    self.rounding = rounding
    self.base = base
  }

  /// Takes one difference into account.
  mutating func add(_ difference: Double, at place: @autoclosure () -> String) {
    count += 1
    let size = difference.isNaN ? .infinity : abs(difference)
    guard size > largest else { return }
    largest = size
    self.place = place()
  }

  /// The largest difference relative to the base.
  var perUnit: Double { largest / (base ?? .nan) }

  /// A failure message.
  var sentence: Comment {
    "The largest difference of \(quantity) to \(peer) is \(largest) \(unit), at \(place)."
  }

  /// Prints the distance as a row of the accuracy table, which `.ci/accuracy` collects.
  func report() {
    let cells = [
      quantity, peer, "\(count)", "\(Self.short(largest)) \(unit)",
      base == nil ? "" : Self.short(perUnit), rounding ?? "",
    ]
    print("| " + cells.joined(separator: " | ") + " |")
  }

  private static func short(_ value: Double) -> String { String(format: "%.2g", value) }
}

extension Double {
  /// The difference of two angles in degrees, in [-180, 180].
  func angle(from other: Double) -> Double { (self - other).remainder(dividingBy: 360) }
}
