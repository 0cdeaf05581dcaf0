internal import Foundation

extension String {
  /// The text as a literal of gnuplot, in which nothing is interpreted; cut at a length.
  func inGnuplot(atMost length: Int = 120) -> String {
    let clean = String(
      unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
    let cut = clean.count > length ? clean.prefix(max(1, length - 1)) + "\u{2026}" : clean[...]
    return "'" + cut.replacing("'", with: "''") + "'"
  }

  /// The text as a mark of an axis, which gnuplot takes as a format of the mark's value.
  ///
  /// A line feed begins a second line; such a mark holds words of our own, without quotes.
  var asGnuplotMark: String {
    let plain = replacing("%", with: "%%")
    guard contains("\n"), !contains(where: { "\"\\`$@".contains($0) }) else {
      return plain.inGnuplot()
    }
    return "\"" + plain.replacing("\n", with: "\\n") + "\""
  }
}

extension Double {
  /// The number with as many digits as a picture shows.
  var inGnuplot: String {
    precondition(isFinite, "A picture shows finite numbers.")
    if self == rounded(), magnitude < 1e15 { return String(Int64(self)) }
    return String(format: "%.7g", self)
  }
}

extension ClosedRange<Double> {
  /// The middle of the first of equal cells that fill the range, and their distance.
  func cells(_ count: Int) -> (first: Double, distance: Double) {
    let distance = (upperBound - lowerBound) / Double(count)
    return (lowerBound + distance / 2, distance)
  }
}

extension Layer.LineStyle {
  var gnuplot: String {
    switch self {
    case .solid: "lt 1 lw 1.6"
    case .thin: "lt 1 lw 0.9"
    case .dashed: "lt 1 lw 1.4 dt (7, 4)"
    case .dotted: "lt 1 lw 1.4 dt (2, 3)"
    case .thick: "lt 1 lw 2.6"
    }
  }
}

extension Layer.Shape {
  var isImage: Bool { if case .image = self { true } else { false } }
  var isTexts: Bool { if case .texts = self { true } else { false } }
}
