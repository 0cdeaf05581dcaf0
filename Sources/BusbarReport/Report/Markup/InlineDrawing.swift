internal import Foundation

/// A drawing of gnuplot's as a part of a page.
///
/// Drawings share the page: each needs ids of its own, colours that follow the page's theme, and a
/// name and a description that readers who speak can find.
struct InlineDrawing {
  /// The drawing, from its `svg` tag on.
  let markup: Markup

  /// Takes a picture over; the prefix is an HTML name that no other drawing of the page has.
  init(_ document: SVGDocument, prefix: String) {
    let text = document.text
    guard let start = text.range(of: "<svg") else {
      preconditionFailure("gnuplot's drawing is an SVG document.")
    }
    var html = ""
    html.reserveCapacity(text.utf8.count)
    var rest = text[start.lowerBound...]
    var tags = Tags(prefix: prefix)
    // Only tags are changed: in texts, gnuplot has escaped all that could begin one.
    while let opening = rest.firstIndex(of: "<") {
      html += rest[..<opening]
      guard let closing = rest[opening...].firstIndex(of: ">") else { break }
      if tags.isSecondTitle(rest[opening...closing]), let end = rest.range(of: "</title>") {
        rest = rest[end.upperBound...]
        continue
      }
      html += tags.changed(String(rest[opening...closing]))
      rest = rest[rest.index(after: closing)...]
    }
    markup = Markup(trusted: html + "\n")
  }
}

/// The tags of one drawing, each changed to fit into a page.
private struct Tags {
  let prefix: String
  private var hasTitle = false
  private var hasDescription = false

  init(prefix: String) { self.prefix = prefix }

  /// Whether a title begins below the one of the drawing: a name that gnuplot gives to a plot.
  func isSecondTitle(_ tag: Substring) -> Bool { tag == "<title>" && hasTitle }

  mutating func changed(_ tag: String) -> String {
    if tag.hasPrefix("<svg") { return root(tag) }
    if tag == "<title>", !hasTitle {
      hasTitle = true
      return "<title id=\"\(prefix)-title\">"
    }
    if tag == "<desc>", !hasDescription {
      hasDescription = true
      return "<desc id=\"\(prefix)-description\">"
    }
    guard tag.contains("=") else { return tag }
    // An image's data is long, and holds nothing to change but the name of its attribute.
    guard !tag.hasPrefix("<image") else { return tag.replacing("xlink:href=", with: "href=") }
    return tag.replacing("xlink:href=", with: "href=")
      .replacing(/\b(id=['"]|href=['"]#)/) { "\($0.output.0)\(prefix)-" }
      .replacing(/rgb\( *254, *0, *([0-9]+)\)/) {
        Self.colour(Int($0.output.1), String($0.output.0))
      }
      .replacing(/#[fF][eE]00([0-9a-fA-F]{2})/) {
        Self.colour(Int($0.output.1, radix: 16), String($0.output.0))
      }
      .replacing("color=\"black\"", with: "color=\"var(--ink)\"")
  }

  private static func colour(_ number: Int?, _ other: String) -> String {
    number.flatMap(PageTheme.name(ofPlaceholder:)).map { "var(--\($0))" } ?? other
  }

  private func root(_ tag: String) -> String {
    let box = tag.firstMatch(of: /viewBox="[-0-9. ]+"/).map { String($0.output) } ?? ""
    return "<svg role=\"img\" aria-labelledby=\"\(prefix)-title \(prefix)-description\" \(box)>"
  }
}
