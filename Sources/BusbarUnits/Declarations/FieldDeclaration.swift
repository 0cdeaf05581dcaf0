/// A field of a record without its Swift type: what diagnostics and schemas need to know.
public struct FieldDeclaration: Sendable, Hashable {
  /// Whether a record must have the field.
  public enum Presence: Sendable, Hashable {
    case required
    case optional
    case defaulted(FieldValue)
  }

  /// A key under which the field may be written.
  public struct Key: Sendable, Hashable {
    /// The whole key, such as `length_km`.
    public let name: String
    /// How a value under the key is read.
    public let meaning: Meaning

    /// What a value under a key looks like.
    public enum Meaning: Sendable, Hashable {
      /// A text of the field's kind, without a unit.
      case plain
      /// A number that carries its unit.
      case numberWithUnit
      /// A bare number of these units.
      case bareNumber(UnitOfMeasure)
    }
  }

  /// The plain key.
  public let name: String
  /// A sentence that explains the field to its user.
  public let documentation: String
  /// How the value is read, and which type it has.
  public let kind: FieldKind
  /// The allowed values of a numeric field, in stored units.
  public let range: FieldRange
  /// Whether a record must have the field.
  public internal(set) var presence: Presence
  /// The keys under which the field may be written, the plain name first.
  public let keys: [Key]

  init(
    _ name: String, _ kind: FieldKind, range: FieldRange, presence: Presence, documentation: String
  ) {
    precondition(!name.isEmpty, "A field needs a name.")
    precondition(!documentation.isEmpty, "Field '\(name)' needs a sentence that explains it.")
    self.name = name
    self.documentation = documentation
    self.kind = kind
    self.range = range
    self.presence = presence
    keys = Self.keys(name, kind)
  }

  private static func keys(_ name: String, _ kind: FieldKind) -> [Key] {
    guard let dimension = kind.dimension else { return [Key(name: name, meaning: .plain)] }
    let suffixed = dimension.units.filter { !$0.keySuffix.isEmpty }
    return [Key(name: name, meaning: .numberWithUnit)]
      + suffixed.map { Key(name: "\(name)_\($0.keySuffix)", meaning: .bareNumber($0)) }
  }
}

/// A field of any Swift type, so that fields of several types can stand in one list.
public protocol DeclaredField: Sendable {
  /// The field without its Swift type.
  var declaration: FieldDeclaration { get }
}

extension FieldDeclaration: DeclaredField {
  /// The field itself.
  public var declaration: FieldDeclaration { self }
}
