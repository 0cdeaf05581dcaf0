internal import BusbarUnits

extension TextNode {
  /// The mapping without the keys that are not in a set, which have been reported elsewhere.
  ///
  /// A key without any value counts as an empty mapping.
  func keeping(only keys: Set<String>) -> TextNode {
    guard let entries else {
      return content == .null ? TextNode(.mapping([]), at: location) : self
    }
    return TextNode(.mapping(entries.filter { keys.contains($0.key) }), at: location)
  }
}

extension FieldValues {
  /// The text of a field that holds one; nil when the record leaves it out.
  func text(of field: FieldDeclaration) -> String? {
    guard case .text(let text) = value(of: field) else { return nil }
    return text
  }
}
