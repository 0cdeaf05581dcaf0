import Foundation

/// The tags of a page, found without understanding it: enough for what our own pages hold.
struct PageTags {
  let text: String
  /// Each opening tag from `<` to `>`.
  private let tags: [Substring]

  init(_ url: URL) throws {
    text = try String(contentsOf: url, encoding: .utf8)
    var tags: [Substring] = []
    var rest = text[...]
    // Scripts and styles hold no markup; what they hold is not looked at.
    while let opening = rest.firstIndex(of: "<"), let end = rest[opening...].firstIndex(of: ">") {
      let tag = rest[opening...end]
      if !tag.hasPrefix("</") { tags.append(tag) }
      rest = rest[rest.index(after: end)...]
      for raw in ["script", "style"] where tag.hasPrefix("<\(raw)") {
        rest = rest.range(of: "</\(raw)>").map { rest[$0.lowerBound...] } ?? ""
      }
    }
    self.tags = tags
  }

  private static func name(_ tag: Substring) -> Substring {
    tag.dropFirst().prefix { $0.isLetter || $0.isNumber }
  }

  /// The names of all elements.
  var names: Set<String> { Set(tags.map { String(Self.name($0)) }) }

  /// The number of elements of a name.
  func count(_ name: String) -> Int { tags.count { Self.name($0) == name } }

  /// The values of an attribute, of all elements or those of a name.
  func values(of attribute: String, in name: String? = nil) -> [String] {
    tags.filter { name == nil || Self.name($0) == name ?? "" }.compactMap { tag in
      for quote in ["\"", "'"] {
        guard let begin = tag.range(of: " \(attribute)=\(quote)"),
          let end = tag[begin.upperBound...].range(of: quote)
        else { continue }
        return String(tag[begin.upperBound..<end.lowerBound])
      }
      return nil
    }
  }

  /// The names of all attributes; their values are left out, since these may look like attributes.
  var attributes: Set<String> {
    Set(
      tags.flatMap { tag in
        tag.replacing(/"[^"]*"|'[^']*'/, with: "\"\"")
          .matches(of: /\s([-:A-Za-z]+)\s*=/).map { String($0.output.1) }
      })
  }

  /// The texts of the headings.
  var headings: [String] {
    text.matches(of: /<h[12][^>]*>([^<]*)</).map { String($0.output.1) }
  }
}
