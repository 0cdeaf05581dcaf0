extension TextNode {
  /// A mapping whose keys are known to be allowed or have been reported.
  public struct Section: Sendable {
    /// The place of the mapping.
    public let location: SourceLocation
    private let entries: [Entry]

    fileprivate init(_ entries: [Entry], at location: SourceLocation) {
      self.entries = entries
      self.location = location
    }

    /// The value of a key, if the mapping has it.
    public subscript(key: String) -> TextNode? {
      entries.first { $0.key == key }?.value
    }

    /// The place of a key, if the mapping has it.
    public func location(ofKey key: String) -> SourceLocation? {
      entries.first { $0.key == key }?.keyLocation
    }

    /// Returns the value of a key, or appends that it is missing.
    public func required(_ key: String, _ diagnostics: inout Diagnostics) -> TextNode? {
      if let value = self[key] { return value }
      diagnostics.error("key '\(key)' is missing", at: location, remedy: "add '\(key):'")
      return nil
    }
  }

  /// Returns a mapping after it reported each key that is not in `keys`; `nil` if it is none.
  ///
  /// A key without any value counts as an empty mapping.
  public func section(
    allowing keys: [String], _ diagnostics: inout Diagnostics
  ) -> Section? {
    if content == .null { return Section([], at: location) }
    guard let entries else {
      diagnostics.error(
        "\(sort) stands where a mapping is expected", at: location,
        remedy: "write some of the keys \(keys.joined(separator: ", "))")
      return nil
    }
    for entry in entries where !keys.contains(entry.key) {
      let allowed = "allowed keys: \(keys.joined(separator: ", "))"
      let nearest = NearestName.of(entry.key, among: keys)
      diagnostics.error(
        "unknown key '\(entry.key)'", at: entry.keyLocation,
        remedy: nearest.map { "write '\($0)'; \(allowed)" } ?? allowed)
    }
    return Section(entries, at: location)
  }

  /// Returns the elements of a list, or appends that it is none and returns `nil`.
  public func list(_ diagnostics: inout Diagnostics) -> [TextNode]? {
    if let elements { return elements }
    diagnostics.error(
      "\(sort) stands where a list is expected", at: location,
      remedy: "start each element on its own line with '- '")
    return nil
  }

  /// Returns the text of a single value, or appends that it is none and returns `nil`.
  public func singleText(_ diagnostics: inout Diagnostics) -> String? {
    if let text { return text }
    diagnostics.error(
      "\(sort) stands where a single value is expected", at: location, remedy: "write one value")
    return nil
  }
}
