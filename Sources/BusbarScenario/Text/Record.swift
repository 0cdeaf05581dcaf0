public import BusbarUnits

/// Keys and texts that belong together: a mapping of single values, or a row of a table.
public struct Record: Sendable, Hashable {
  /// One key with its text.
  public struct Entry: Sendable, Hashable {
    /// The key as it was written, with a unit if it states one.
    public let key: String
    /// The value as it was written.
    public let text: String
    /// The place of the text.
    public let location: SourceLocation
    /// The place of the key, or of the column's name.
    public let keyLocation: SourceLocation

    /// Creates one key with its text.
    public init(
      key: String, text: String, location: SourceLocation, keyLocation: SourceLocation
    ) {
      self.key = key
      self.text = text
      self.location = location
      self.keyLocation = keyLocation
    }
  }

  /// The place of the first key or cell.
  public let location: SourceLocation
  /// The keys and texts, in the order written.
  public let entries: [Entry]
  /// The keys without a usable text, which were reported before.
  let faultyKeys: [String]

  /// Creates a record from keys and texts.
  public init(_ entries: [Entry], at location: SourceLocation) {
    self.init(entries, faultyKeys: [], at: location)
  }

  init(_ entries: [Entry], faultyKeys: [String], at location: SourceLocation) {
    self.entries = entries
    self.faultyKeys = faultyKeys
    self.location = location
  }
}

extension TextNode {
  /// Returns a mapping of single values as a record, or appends why it is none.
  ///
  /// Keys in `excluded` are left to the caller; their values may be nested. A key with something
  /// else than a single value is reported here and makes the record undecodable.
  public func record(
    excluding excluded: Set<String> = [], _ diagnostics: inout Diagnostics
  ) -> Record? {
    guard let all = entries else {
      diagnostics.error(
        "\(sort) stands where a mapping is expected", at: location,
        remedy: "write keys and values, such as 'id: A1'")
      return nil
    }
    var faultyKeys: [String] = []
    var result: [Record.Entry] = []
    for entry in all where !excluded.contains(entry.key) {
      guard let text = entry.value.text else {
        diagnostics.error(
          "key '\(entry.key)' has \(entry.value.sort) where a single value is expected",
          at: entry.value.location,
          remedy: entry.value.content == .null
            ? "write a value, or remove the key" : "write one value")
        faultyKeys.append(entry.key)
        continue
      }
      result.append(
        Record.Entry(
          key: entry.key, text: text, location: entry.value.location,
          keyLocation: entry.keyLocation))
    }
    return Record(result, faultyKeys: faultyKeys, at: location)
  }
}

/// The values of a record, with the places where they were written.
public struct DecodedRecord: Sendable, Hashable {
  /// The values alone, for models that know no files.
  public let values: FieldValues
  /// The place of the whole record.
  public let location: SourceLocation
  private let locations: [SourceLocation?]

  /// Values that nobody wrote: the defaults of a record that is left out.
  init(defaultsOf declaration: RecordDeclaration, at location: SourceLocation) {
    self.init(
      FieldValues(of: declaration), at: location,
      Array(repeating: nil, count: declaration.fields.count))
  }

  init(_ values: FieldValues, at location: SourceLocation, _ locations: [SourceLocation?]) {
    self.values = values
    self.location = location
    self.locations = locations
  }

  /// The value of a field that is required or has a default.
  public subscript<Value>(field: Field<Value>) -> Value { values[field] }

  /// The value of a field, or `nil` if the record leaves it out.
  public subscript<Value>(optional field: Field<Value>) -> Value? { values[optional: field] }

  /// Returns where a field's value was written, or the record's place if it was not.
  public func location(of field: any DeclaredField) -> SourceLocation {
    guard let position = values.record.position(of: field.declaration) else {
      preconditionFailure(
        "Record '\(values.record.name)' does not declare '\(field.declaration.name)'.")
    }
    return locations[position] ?? location
  }
}
