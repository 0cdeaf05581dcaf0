extension TextNode {
  /// The largest YAML file that is read, in bytes; what is longer belongs into tables.
  public static let largestYAML = 64 << 20
  /// How deep mappings and lists may be nested.
  public static let deepestNesting = 64
  /// How many nodes a file may have after its aliases are replaced by what they stand for.
  public static let mostNodes = 10_000_000

  /// Reads one YAML document, or appends why it cannot be read and returns `nil`.
  ///
  /// Duplicate keys are reported all at once; a syntax error ends the reading.
  public static func yaml(
    _ bytes: [UInt8], file: String, _ diagnostics: inout Diagnostics
  ) -> TextNode? {
    if let fault = unreadable(bytes, file: file) {
      diagnostics.append(fault)
      return nil
    }
    let text = String(decoding: bytes.dropFirst(UTF8Text.lengthOfMark(bytes)), as: UTF8.self)
    switch YAMLComposer.compose(text, file: file) {
    case .failure(let failure):
      diagnostics.append(failure.diagnostic)
      return nil
    case .success(let document):
      var reader = YAMLTreeReader(document, file: file)
      let root = reader.read()
      for fault in reader.faults { diagnostics.append(fault) }
      return root
    }
  }

  private static func unreadable(_ bytes: [UInt8], file: String) -> Diagnostic? {
    let whole = SourceLocation(file: file)
    if bytes.count > largestYAML {
      return Diagnostic(
        .error, at: whole, "the file has \(bytes.count) bytes; at most \(largestYAML) are read",
        remedy: "move what is long into CSV tables")
    }
    if let fault = UTF8Text.firstFault(in: bytes) {
      let location = SourceLocation(file: file, line: fault.line, column: fault.column)
      return Diagnostic(.error, at: location, fault.problem, remedy: fault.remedy)
    }
    return nil
  }
}
