/// The order in which ids are listed everywhere: runs of digits count as numbers.
///
/// `2` comes before `10`, and `LINE9` before `LINE10`. Ties (such as `7` and `07`) are broken by
/// the UTF-8 bytes, so the order is total and does not depend on a locale.
public enum NaturalOrder {
  /// Whether the first id stands before the second.
  public static func precedes(_ left: String, _ right: String) -> Bool {
    let leftBytes = Array(left.utf8)
    let rightBytes = Array(right.utf8)
    var l = 0
    var r = 0
    while l < leftBytes.count, r < rightBytes.count {
      if isDigit(leftBytes[l]), isDigit(rightBytes[r]) {
        let leftRun = digits(of: leftBytes, from: l)
        let rightRun = digits(of: rightBytes, from: r)
        let a = leftBytes[leftRun].drop { $0 == zero }
        let b = rightBytes[rightRun].drop { $0 == zero }
        if a.count != b.count { return a.count < b.count }
        if let (x, y) = zip(a, b).first(where: { $0 != $1 }) { return x < y }
        l = leftRun.upperBound
        r = rightRun.upperBound
      } else {
        if leftBytes[l] != rightBytes[r] { return leftBytes[l] < rightBytes[r] }
        l += 1
        r += 1
      }
    }
    let leftRest = leftBytes.count - l
    let rightRest = rightBytes.count - r
    if leftRest != rightRest { return leftRest < rightRest }
    return leftBytes.lexicographicallyPrecedes(rightBytes)
  }

  private static let zero = UInt8(ascii: "0")

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= zero && byte <= UInt8(ascii: "9") }

  private static func digits(of bytes: [UInt8], from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    return start..<end
  }
}
