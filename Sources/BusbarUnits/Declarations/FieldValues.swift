/// The decoded values of one record, in stored units.
public struct FieldValues: Sendable, Hashable {
  /// The declaration that the values follow.
  public let record: RecordDeclaration
  private var values: [FieldValue?]

  /// Creates the values of a record from fields and values, without any text.
  public init(of record: RecordDeclaration, _ assignments: FieldAssignment...) {
    var values = [FieldValue?](repeating: nil, count: record.fields.count)
    for assignment in assignments {
      guard let position = record.position(of: assignment.field) else {
        preconditionFailure("Record '\(record.name)' has no field '\(assignment.field.name)'.")
      }
      values[position] = assignment.value
    }
    self.init(of: record, inOrder: values)
  }

  /// Creates the values of a record, one for each field in its order; fills in the defaults.
  public init(of record: RecordDeclaration, inOrder values: [FieldValue?]) {
    precondition(values.count == record.fields.count, "One value is needed for each field.")
    self.record = record
    self.values = values
    for position in values.indices where values[position] == nil {
      if let value = record.defaults[position] {
        self.values[position] = value
      } else if record.fields[position].presence == .required {
        preconditionFailure(
          "Record '\(record.name)' lacks its field '\(record.fields[position].name)'.")
      }
    }
  }

  /// The value of a field that is required or has a default.
  public subscript<Value>(field: Field<Value>) -> Value {
    guard let value = self[optional: field] else {
      preconditionFailure("Field '\(field.name)' is optional: ask with [optional:].")
    }
    return value
  }

  /// The value of a field, or `nil` if the record leaves it out.
  public subscript<Value>(optional field: Field<Value>) -> Value? {
    guard let position = record.position(of: field.declaration) else {
      preconditionFailure("Record '\(record.name)' does not declare the field '\(field.name)'.")
    }
    return values[position].flatMap(Value.init)
  }

  /// The value of a field whose Swift type is not known, or `nil` if the record leaves it out.
  public func value(of field: FieldDeclaration) -> FieldValue? {
    record.position(of: field).flatMap { values[$0] }
  }
}

/// A field and the value that it is to have.
public struct FieldAssignment: Sendable {
  let field: FieldDeclaration
  let value: FieldValue
}
