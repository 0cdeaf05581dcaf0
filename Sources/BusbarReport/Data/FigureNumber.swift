internal import Foundation

/// Numbers as the texts of pictures show them.
enum FigureNumber {
  /// A number with a fixed count of decimals.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }

  /// A number with four significant digits, such as `235.7`.
  static func short(_ value: Double) -> String { String(format: "%.4g", value) }

  /// A count with its noun, such as `1 bus` or `906 buses`.
  static func count(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}

extension FigureNumber {
  /// A span of time in the unit that suits it, such as `10.3 min`.
  static func duration(_ seconds: Double) -> String {
    let units = [(86_400.0, "d"), (3_600, "h"), (60, "min"), (1, "s")]
    guard let unit = units.first(where: { seconds >= $0.0 }) else {
      return "\(fixed(seconds * 1_000, 0)) ms"
    }
    let value = seconds / unit.0
    return (value == value.rounded() ? fixed(value, 0) : String(format: "%.3g", value))
      + " \(unit.1)"
  }
}
