/// A piece of HTML that holds no text which could be taken for a tag.
///
/// Literals are markup; what is interpolated into them is text and gets escaped, unless it is a
/// piece of markup itself. So no name in a result file can become a tag or an attribute.
struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The markup.
  private(set) var html: String

  init(stringLiteral value: String) { html = value }

  init(stringInterpolation: StringInterpolation) { html = stringInterpolation.html }

  /// Takes what is markup already: a style sheet, a drawing, a script of our own.
  init(trusted html: String) { self.html = html }

  static let empty: Markup = ""

  static func + (left: Markup, right: Markup) -> Markup {
    Markup(trusted: left.html + right.html)
  }

  static func += (left: inout Markup, right: Markup) { left.html += right.html }

  /// Takes literal parts as they are, and escapes the others.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var html = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      html.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: String) { html += literal }

    mutating func appendInterpolation(_ text: String) { html += text.escapedForMarkup }

    mutating func appendInterpolation(_ number: Int) { html += String(number) }

    mutating func appendInterpolation(_ markup: Markup) { html += markup.html }

    mutating func appendInterpolation(_ pieces: [Markup]) {
      for piece in pieces { html += piece.html }
    }
  }
}

extension [Markup] {
  /// The pieces one after the other.
  func joined(by separator: Markup = .empty) -> Markup {
    Markup(trusted: map(\.html).joined(separator: separator.html))
  }
}
