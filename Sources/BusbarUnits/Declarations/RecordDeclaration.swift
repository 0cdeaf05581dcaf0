/// The fields of one sort of record, such as a line.
public struct RecordDeclaration: Sendable, Hashable {
  /// What one record is called in sentences, such as `line`.
  public let name: String
  /// A sentence that explains the record to its user.
  public let documentation: String
  /// The fields, in the order declared.
  public let fields: [FieldDeclaration]
  /// The default of each field in the order of the fields; nil for one that has none.
  let defaults: [FieldValue?]
  private let positions: [String: Int]
  private let keys: [String: KeyUse]

  /// The field and the spelling that a key stands for.
  public struct KeyUse: Sendable, Hashable {
    /// The field's place in `fields`.
    public let position: Int
    /// How a value under the key is read.
    public let key: FieldDeclaration.Key
  }

  /// Creates a declaration; no two fields may claim one key.
  public init(_ name: String, _ documentation: String, _ fields: any DeclaredField...) {
    self.init(name, documentation, fields: fields)
  }

  /// Creates a declaration from a list that was put together elsewhere.
  public init(_ name: String, _ documentation: String, fields: [any DeclaredField]) {
    self.name = name
    self.documentation = documentation
    self.fields = fields.map(\.declaration)
    var positions: [String: Int] = [:]
    var keys: [String: KeyUse] = [:]
    for (position, field) in self.fields.enumerated() {
      positions[field.name] = position
      for key in field.keys {
        let earlier = keys.updateValue(KeyUse(position: position, key: key), forKey: key.name)
        precondition(earlier == nil, "Two fields of record '\(name)' claim the key '\(key.name)'.")
      }
    }
    defaults = self.fields.map { field in
      guard case .defaulted(let value) = field.presence else { return nil }
      return value
    }
    self.positions = positions
    self.keys = keys
  }

  /// Every accepted key, field by field.
  public var allKeys: [String] { fields.flatMap { $0.keys.map(\.name) } }

  /// Returns what a key stands for, or `nil` if it is unknown.
  public func use(ofKey key: String) -> KeyUse? { keys[key] }

  /// Returns the place of a field in `fields`.
  public func position(of field: FieldDeclaration) -> Int? {
    guard let position = positions[field.name], fields[position] == field else { return nil }
    return position
  }
}
