/// One key of a record, with the Swift type of its value.
///
/// A field without a default is required; `optional` lifts that.
public struct Field<Value: FieldRepresentable>: DeclaredField, Hashable {
  /// The field without its Swift type.
  public private(set) var declaration: FieldDeclaration

  fileprivate init(
    _ name: String, _ kind: FieldKind, range: FieldRange = .any, default value: Value?,
    _ documentation: String
  ) {
    let presence = value.map { FieldDeclaration.Presence.defaulted($0.fieldValue) } ?? .required
    declaration = FieldDeclaration(
      name, kind, range: range, presence: presence, documentation: documentation)
  }

  /// The plain key.
  public var name: String { declaration.name }

  /// The same field, which a record may leave out.
  public var optional: Field {
    precondition(
      declaration.presence == .required, "Field '\(name)' has a default and so is never absent.")
    var copy = self
    copy.declaration.presence = .optional
    return copy
  }

  /// Pairs the field with a value, to make `FieldValues` by hand.
  public func set(to value: Value) -> FieldAssignment {
    FieldAssignment(field: declaration, value: value.fieldValue)
  }
}

extension Field where Value == Double {
  /// Declares a quantity; its default and range are in the stored unit.
  public static func quantity(
    _ name: String, _ dimension: Dimension, default value: Double? = nil, range: FieldRange = .any,
    _ documentation: String
  ) -> Field {
    precondition(
      value.map(range.contains) ?? true, "The default of '\(name)' lies outside its range.")
    return Field(name, .quantity(dimension), range: range, default: value, documentation)
  }

  /// Declares a number without a unit.
  public static func number(
    _ name: String, default value: Double? = nil, range: FieldRange = .any, _ documentation: String
  ) -> Field {
    precondition(
      value.map(range.contains) ?? true, "The default of '\(name)' lies outside its range.")
    return Field(name, .number, range: range, default: value, documentation)
  }
}

extension Field where Value == Int {
  /// Declares a whole number.
  public static func integer(
    _ name: String, default value: Int? = nil, range: FieldRange = .any, _ documentation: String
  ) -> Field {
    precondition(
      value.map { range.contains(Double($0)) } ?? true,
      "The default of '\(name)' lies outside its range.")
    return Field(name, .integer, range: range, default: value, documentation)
  }
}

extension Field where Value == Int64 {
  /// Declares a span of time; its default and range are in milliseconds.
  public static func interval(
    _ name: String, default value: Int64? = nil, range: FieldRange = .any, _ documentation: String
  ) -> Field {
    precondition(
      value.map { range.contains(Double($0)) } ?? true,
      "The default of '\(name)' lies outside its range.")
    return Field(name, .interval, range: range, default: value, documentation)
  }
}

extension Field where Value == Bool {
  /// Declares a value that is true or false.
  public static func boolean(
    _ name: String, default value: Bool? = nil, _ documentation: String
  ) -> Field {
    Field(name, .boolean, default: value, documentation)
  }
}

extension Field where Value == String {
  /// Declares a free text.
  public static func text(
    _ name: String, default value: String? = nil, _ documentation: String
  ) -> Field {
    Field(name, .text, default: value, documentation)
  }

  /// Declares a name that the user gives to one thing.
  public static func identifier(_ name: String, _ documentation: String) -> Field {
    Field(name, .identifier, default: nil, documentation)
  }

  /// Declares one of several words.
  public static func choice(
    _ name: String, _ words: [String], default value: String? = nil, _ documentation: String
  ) -> Field {
    precondition(!words.isEmpty, "Field '\(name)' needs at least one word to choose.")
    precondition(
      value.map(words.contains) ?? true, "The default of '\(name)' is not among its words.")
    return Field(name, .choice(words), default: value, documentation)
  }

  /// Declares some of the conductors of a bus, each once.
  public static func conductors(
    _ name: String, default value: String? = nil, _ documentation: String
  ) -> Field {
    Field(name, .conductors, default: value, documentation)
  }

  /// Declares where the conductors of an element are joined to a bus or to earth.
  public static func connection(
    _ name: String, default value: String? = nil, _ documentation: String
  ) -> Field {
    Field(name, .connection, default: value, documentation)
  }

  /// Declares pairs of conductors between which something lies.
  public static func legs(_ name: String, _ documentation: String) -> Field {
    Field(name, .legs, default: nil, documentation)
  }

  /// Declares the identifier of a row of another table.
  public static func reference(
    _ name: String, to table: String, _ documentation: String
  ) -> Field {
    Field(name, .reference(to: table), default: nil, documentation)
  }
}
