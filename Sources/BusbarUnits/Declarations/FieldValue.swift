/// A decoded value of some kind, in stored units.
public enum FieldValue: Sendable, Hashable {
  case number(Double)
  case integer(Int)
  case milliseconds(Int64)
  case text(String)
  case boolean(Bool)
}

/// A Swift type that a field can have.
public protocol FieldRepresentable: Sendable, Hashable {
  /// Returns the value inside, or `nil` if `value` is of another kind.
  init?(_ value: FieldValue)

  /// This value without its Swift type.
  var fieldValue: FieldValue { get }
}

extension Double: FieldRepresentable {
  /// Unwraps a number.
  public init?(_ value: FieldValue) {
    guard case .number(let number) = value else { return nil }
    self = number
  }

  /// This number as a field holds it.
  public var fieldValue: FieldValue { .number(self) }
}

extension Int: FieldRepresentable {
  /// Unwraps a whole number.
  public init?(_ value: FieldValue) {
    guard case .integer(let integer) = value else { return nil }
    self = integer
  }

  /// This whole number as a field holds it.
  public var fieldValue: FieldValue { .integer(self) }
}

extension Int64: FieldRepresentable {
  /// Unwraps a number of milliseconds.
  public init?(_ value: FieldValue) {
    guard case .milliseconds(let milliseconds) = value else { return nil }
    self = milliseconds
  }

  /// This number of milliseconds as a field holds it.
  public var fieldValue: FieldValue { .milliseconds(self) }
}

extension String: FieldRepresentable {
  /// Unwraps a text.
  public init?(_ value: FieldValue) {
    guard case .text(let text) = value else { return nil }
    self = text
  }

  /// This text as a field holds it.
  public var fieldValue: FieldValue { .text(self) }
}

extension Bool: FieldRepresentable {
  /// Unwraps a truth value.
  public init?(_ value: FieldValue) {
    guard case .boolean(let boolean) = value else { return nil }
    self = boolean
  }

  /// This truth value as a field holds it.
  public var fieldValue: FieldValue { .boolean(self) }
}
