/// A tree of texts with the place of each, as it was written in a structured file.
///
/// Scalars stay texts: whether `1e3` is a number or a name is for the field to say.
public struct TextNode: Sendable, Hashable {
  /// What a node holds.
  public enum Content: Sendable, Hashable {
    case scalar(String, ScalarStyle)
    case mapping([Entry])
    case sequence([TextNode])
    case null
  }

  /// Whether a scalar stood in quotation marks (or was a block of text).
  public enum ScalarStyle: Sendable, Hashable {
    case plain
    case quoted
  }

  /// A key and its value in a mapping.
  public struct Entry: Sendable, Hashable {
    /// The key without quotes.
    public let key: String
    /// The place of the key.
    public let keyLocation: SourceLocation
    /// What stands under the key.
    public var value: TextNode

    /// Creates a key with its value.
    public init(key: String, keyLocation: SourceLocation, value: TextNode) {
      self.key = key
      self.keyLocation = keyLocation
      self.value = value
    }
  }

  /// What the node holds.
  public var content: Content
  /// The place of the first character.
  public var location: SourceLocation

  /// Creates a node that was written at a place.
  public init(_ content: Content, at location: SourceLocation) {
    self.content = content
    self.location = location
  }

  /// The text of a scalar.
  public var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// Whether the node is a scalar in quotation marks.
  public var isQuoted: Bool {
    if case .scalar(_, .quoted) = content { true } else { false }
  }

  /// The keys and values of a mapping, in the order written.
  public var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The elements of a sequence.
  public var elements: [TextNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The value of a key of a mapping.
  public subscript(key: String) -> TextNode? {
    entries?.first { $0.key == key }?.value
  }

  /// The sort of content in words, such as `a list`.
  public var sort: String {
    switch content {
    case .scalar: "a single value"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .null: "no value"
    }
  }
}
