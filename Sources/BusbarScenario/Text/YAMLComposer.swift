internal import Yams

/// A fault that ends the reading of a document.
struct YAMLFailure: Error {
  let diagnostic: Diagnostic
}

/// Runs Yams in such a way that no input can make it expand aliases or stop at a duplicate key.
///
/// Yams replaces aliases while it composes and hashes each key, so a few nested aliases inside a
/// key would take forever; and it gives up at the first duplicate key, without the place of the
/// second one. So the asterisk of each alias is replaced by a private character before Yams sees it
/// (no such character is in the input), and the first of two equal keys is marked by another one.
enum YAMLComposer {
  /// What Yams made of the text, with what is needed to undo the replacements.
  struct Document {
    let root: Node
    /// Owns the anchors, to which nodes hold weak references only.
    let parser: Parser
    let markedKeys: [Unicode.Scalar: Unicode.Scalar]
  }

  static let asterisk: Unicode.Scalar = "\u{E000}"
  private static let firstKeyMark: UInt32 = 0xE001

  /// How often a text is composed again to find one more duplicate key: seldom if it is long.
  private static func mostKeyMarks(in text: String) -> Int {
    min(max(20_000_000 / max(text.utf8.count, 1), 5), 100)
  }

  static func compose(_ text: String, file: String) -> Result<Document, YAMLFailure> {
    var source = text
    if source.utf8.contains(UInt8(ascii: "*")) {
      let replaced = source.unicodeScalars.map { $0 == "*" ? asterisk : $0 }
      source = String(String.UnicodeScalarView(replaced))
    }
    var markedKeys: [Unicode.Scalar: Unicode.Scalar] = [:]
    while true {
      do {
        let parser = try Parser(yaml: source, resolver: .basic, encoding: .utf8)
        guard let root = try parser.singleRoot() else {
          return .failure(failure("the file is empty", at: SourceLocation(file: file), "write it"))
        }
        return .success(Document(root: root, parser: parser, markedKeys: markedKeys))
      } catch YamlError.duplicatedKeysInMapping(_, let context) {
        let mark = Unicode.Scalar(firstKeyMark + UInt32(markedKeys.count))
        guard markedKeys.count < mostKeyMarks(in: text), let mark,
          let original = markKey(at: context.mark, with: mark, in: &source)
        else {
          let location = SourceLocation(
            file: file, line: context.mark.line, column: context.mark.column)
          return .failure(
            failure("a key occurs twice in one mapping", at: location, "keep one of them"))
        }
        markedKeys[mark] = original
      } catch {
        return .failure(YAMLFailure(diagnostic: YAMLSyntax.diagnostic(for: error, text, file)))
      }
    }
  }

  /// Returns `text` as it was before the replacements.
  static func restored(
    _ text: String, _ markedKeys: [Unicode.Scalar: Unicode.Scalar]
  ) -> String {
    // Private characters start with the byte 0xEE; most texts have none.
    guard text.utf8.contains(0xEE) else { return text }
    let scalars = text.unicodeScalars.map { $0 == asterisk ? "*" : markedKeys[$0] ?? $0 }
    return String(String.UnicodeScalarView(scalars))
  }

  /// Replaces the first letter of the key at `place` and returns it, if it is a simple one.
  private static func markKey(
    at place: Mark, with mark: Unicode.Scalar, in source: inout String
  ) -> Unicode.Scalar? {
    var scalars = Array(source.unicodeScalars)
    guard var index = YAMLSyntax.index(of: place, in: scalars) else { return nil }
    if index < scalars.count, scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
    guard index < scalars.count else { return nil }
    let properties = scalars[index].properties
    guard properties.isAlphabetic || properties.numericType != nil || scalars[index] == "_" else {
      return nil
    }
    let original = scalars[index]
    scalars[index] = mark
    source = String(String.UnicodeScalarView(scalars))
    return original
  }

  private static func failure(
    _ problem: String, at location: SourceLocation, _ remedy: String
  ) -> YAMLFailure {
    YAMLFailure(diagnostic: Diagnostic(.error, at: location, problem, remedy: remedy))
  }
}
