internal import BusbarUnits

/// Which rows of one meter have arrived: all before a row, and some of the 64 rows after it.
///
/// A row farther ahead is not noted, so it is asked for again once the gap before it has closed.
struct RowWindow: Sendable, Hashable, Codable {
  /// The oldest row that has not arrived.
  private(set) var oldest: Int32 = 0
  /// Bit `k` tells that row `oldest + 1 + k` has arrived.
  private var later: UInt64 = 0

  /// Notes rows; returns how many of them are new or too far ahead to tell.
  mutating func insert(_ rows: RowRange) -> Int {
    var new = 0
    for number in rows.numbers where insert(number) { new += 1 }
    return new
  }

  private mutating func insert(_ row: Int) -> Bool {
    let ahead = row - Int(oldest)
    guard ahead >= 0 else { return false }
    guard ahead > 0 else {
      oldest += 1
      while later & 1 == 1 {
        later >>= 1
        oldest += 1
      }
      later >>= 1
      return true
    }
    guard ahead <= 64 else { return true }
    let bit = UInt64(1) << UInt64(ahead - 1)
    defer { later |= bit }
    return later & bit == 0
  }

  /// The rows up to the latest that have not arrived.
  func missing(through latest: Int) -> Int {
    guard latest >= Int(oldest) else { return 0 }
    let span = latest - Int(oldest)
    let mask = span >= 64 ? UInt64.max : (UInt64(1) << UInt64(span)) - 1
    return span + 1 - (later & mask).nonzeroBitCount
  }

  /// The first gap up to the latest row, at most so many rows; nil when there is none.
  func gap(through latest: Int, atMost limit: Int) -> RowRange? {
    guard latest >= Int(oldest) else { return nil }
    var length = min(limit, latest - Int(oldest) + 1)
    if later != 0 { length = min(length, later.trailingZeroBitCount + 1) }
    return RowRange(Int(oldest), through: Int(oldest) + length - 1)
  }
}
