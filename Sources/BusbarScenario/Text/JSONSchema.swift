public import BusbarUnits

/// Describes records in JSON Schema draft-07, for editors and other programs.
///
/// A schema allows what the decoder allows, with two exceptions that a schema cannot state: ranges
/// of numbers with a unit in one text, and references to rows of other tables.
public enum JSONSchema {
  /// The value of `$schema` in a whole document.
  public static let draft = "http://json-schema.org/draft-07/schema#"

  /// Returns the schema of one record, with further keys that its declaration does not know.
  public static func object(
    for record: RecordDeclaration, adding more: [JSONValue.Member] = []
  ) -> JSONValue {
    let properties = record.fields.flatMap { field in
      field.keys.map { JSONValue.Member($0.name, property(field, $0)) }
    }
    return object(record.documentation, properties: properties + more, fields: record.fields)
  }

  /// Returns the schema of a list of records that may also be the name of a table.
  public static func table(of record: RecordDeclaration) -> JSONValue {
    [
      "description": .string("\(record.documentation) A list, or the name of a CSV file."),
      "oneOf": [
        ["type": "array", "items": object(for: record)],
        ["type": "string", "pattern": "\\.csv$"],
      ],
    ]
  }

  private static func object(
    _ documentation: String, properties: [JSONValue.Member], fields: [FieldDeclaration]
  ) -> JSONValue {
    let single = fields.filter { $0.presence == .required && $0.keys.count == 1 }
    var members: [JSONValue.Member] = [
      .init("description", .string(documentation)),
      .init("type", "object"),
      .init("properties", .object(properties)),
    ]
    if !single.isEmpty {
      members.append(.init("required", .array(single.map { .string($0.name) })))
    }
    let spellings = fields.filter { $0.keys.count > 1 }.map(oneSpelling)
    if !spellings.isEmpty { members.append(.init("allOf", .array(spellings))) }
    members.append(.init("additionalProperties", false))
    return .object(members)
  }

  /// Demands exactly one of a field's keys, or at most one if the field may be left out.
  private static func oneSpelling(of field: FieldDeclaration) -> JSONValue {
    let each = field.keys.map { JSONValue.object([.init("required", [.string($0.name)])]) }
    if field.presence == .required { return ["oneOf": .array(each)] }
    return ["oneOf": .array(each + [["not": ["anyOf": .array(each)]]])]
  }

  // MARK: Properties

  private static func property(
    _ field: FieldDeclaration, _ key: FieldDeclaration.Key
  ) -> JSONValue {
    var members = [JSONValue.Member("description", .string(description(field, key)))]
    members += type(field, key)
    if key.name == field.name, case .defaulted(let value) = field.presence {
      members.append(.init("default", plain(value, field)))
    }
    return .object(members)
  }

  private static func description(
    _ field: FieldDeclaration, _ key: FieldDeclaration.Key
  ) -> String {
    guard let dimension = field.kind.dimension else { return field.documentation }
    if case .bareNumber(let unit) = key.meaning {
      return "\(field.documentation) A number of \(unit.symbol.isEmpty ? "ones" : unit.symbol)."
    }
    let symbols = dimension.units.map(\.symbol).filter { !$0.isEmpty }.joined(separator: ", ")
    let isBareAllowed = dimension.unit(symbol: "") != nil
    return "\(field.documentation) A number \(isBareAllowed ? "that may carry" : "with") one of the"
      + " units \(symbols)."
  }

  private static func type(
    _ field: FieldDeclaration, _ key: FieldDeclaration.Key
  ) -> [JSONValue.Member] {
    switch field.kind {
    case .quantity(let dimension): measured(field, key, dimension)
    case .interval: measured(field, key, .interval)
    case .number: [.init("type", "number")] + limits(field.range, unitless)
    case .integer: [.init("type", "integer")] + limits(field.range, unitless)
    case .boolean: [.init("type", "boolean")]
    case .choice(let words): [.init("enum", .array(words.map { .string($0) }))]
    case .conductors, .connection, .legs:
      [.init("type", words), .init("pattern", .string(conductorPattern(field.kind)))]
    case .text: [.init("type", words)]
    case .identifier, .reference:
      [
        .init("type", words), .init("minLength", 1),
        .init("maxLength", .integer(Identifier.longest)),
      ]
    }
  }

  private static let unitless = UnitOfMeasure("", suffix: "")
  /// A name such as `007` or `true` needs no quotes, and so looks like another type to a schema.
  private static let words: JSONValue = ["string", "number", "boolean"]
  private static let decimal = "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?"

  private static func measured(
    _ field: FieldDeclaration, _ key: FieldDeclaration.Key, _ dimension: Dimension
  ) -> [JSONValue.Member] {
    if case .bareNumber(let unit) = key.meaning {
      return [.init("type", "number")] + limits(field.range, unit)
    }
    let symbols = dimension.units.map(\.symbol).filter { !$0.isEmpty }
    let pattern = JSONValue.string("^\(decimal) *(\(symbols.joined(separator: "|")))$")
    guard let plain = dimension.unit(symbol: "") else {
      return [.init("type", "string"), .init("pattern", pattern)]
    }
    let bare = JSONValue.object([.init("type", "number")] + limits(field.range, plain))
    return [.init("anyOf", [bare, ["type": "string", "pattern": pattern]])]
  }

  private static func limits(_ range: FieldRange, _ unit: UnitOfMeasure) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    switch range.lower {
    case .unbounded: break
    case .closed(let end): members.append(.init("minimum", .number(unit.amount(ofStored: end))))
    case .open(let end):
      members.append(.init("exclusiveMinimum", .number(unit.amount(ofStored: end))))
    }
    switch range.upper {
    case .unbounded: break
    case .closed(let end): members.append(.init("maximum", .number(unit.amount(ofStored: end))))
    case .open(let end):
      members.append(.init("exclusiveMaximum", .number(unit.amount(ofStored: end))))
    }
    return members
  }

  private static func plain(_ value: FieldValue, _ field: FieldDeclaration) -> JSONValue {
    let unit = field.kind.dimension?.stored.symbol ?? ""
    return switch value {
    case .number(let number) where unit.isEmpty: .number(number)
    case .number(let number): .string("\(number) \(unit)")
    case .integer(let integer): .integer(integer)
    case .milliseconds(let milliseconds): .string("\(milliseconds) \(unit)")
    case .text(let text): .string(text)
    case .boolean(let boolean): .boolean(boolean)
    }
  }
}
