internal import Yams

/// Puts the parser's complaints into the user's words.
enum YAMLSyntax {
  static func diagnostic(for error: any Error, _ text: String, _ file: String) -> Diagnostic {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      let scalars = Array(text.unicodeScalars)
      let index = index(of: mark, in: scalars)
      let found = index.flatMap { $0 < scalars.count ? scalars[$0] : nil }
      let location = SourceLocation(file: file, line: mark.line, column: mark.column)
      let sentence = sentence(problem, context)
      return Diagnostic(
        .error, at: location, "the YAML is malformed: \(sentence)",
        remedy: remedy(problem, found: found))
    case YamlError.reader(let problem, _, _, _):
      return Diagnostic(
        .error, at: SourceLocation(file: file), "the YAML is unreadable: \(problem)",
        remedy: "save the file as UTF-8 text")
    default:
      return Diagnostic(
        .error, at: SourceLocation(file: file), "the YAML is unreadable",
        remedy: "check it with a YAML editor")
    }
  }

  /// Returns the place of a mark among the scalars of the text; one past the end is possible.
  static func index(of mark: Mark, in scalars: [Unicode.Scalar]) -> Int? {
    var line = 1
    var i = 0
    while line < mark.line {
      guard i < scalars.count else { return nil }
      if scalars[i] == "\n" || (scalars[i] == "\r" && !(scalars[safe: i + 1] == "\n")) {
        line += 1
      }
      i += 1
    }
    let index = i + mark.column - 1
    return index <= scalars.count ? index : nil
  }

  private static func sentence(_ problem: String, _ context: YamlError.Context?) -> String {
    if problem.contains("found another document") { return "a second document starts here" }
    if problem.contains("nesting level") { return "mappings and lists are nested too deeply" }
    guard let context, context.mark.line > 0 else { return problem }
    return "\(context.text) that starts at line \(context.mark.line), \(problem)"
  }

  private static func remedy(_ problem: String, found: Unicode.Scalar?) -> String {
    if problem.contains("found another document") {
      return "keep one document a file, without a second '---'"
    }
    if found == "\t" { return "indent with blanks instead of tabs" }
    if problem.contains("nesting") { return "nest mappings and lists less deeply" }
    if problem.contains("unknown escape") {
      return "use single quotes, or write '\\\\' for a backslash"
    }
    if problem.contains("mapping values are not allowed") {
      return "put a text that contains ': ' into quotes, or mend the indentation"
    }
    if problem.contains("cannot start any token") {
      return "put a text that starts with this character into quotes"
    }
    let isOpen = ["end of stream", "unexpected end", "',' or ']'", "',' or '}'"]
    if isOpen.contains(where: problem.contains) {
      return "close the quotation mark or bracket that was opened"
    }
    if problem.contains("could not find expected ':'") {
      return "write 'key: value', with a blank after the colon"
    }
    if problem.contains("block end") || problem.contains("block mapping") {
      return "mend the indentation, so that keys of one mapping stand below each other"
    }
    return "compare the line with the format's examples, or open it in an editor for YAML"
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
