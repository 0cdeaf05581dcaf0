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
