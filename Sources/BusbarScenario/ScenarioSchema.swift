internal import BusbarTrajectory
internal import BusbarUnits

/// The JSON Schema (draft-07) of `scenario.yaml`, made from the declarations that decode it.
public enum ScenarioSchema {
  /// Returns the schema for the devices of a catalogue.
  public static func document(for catalog: Catalog) -> JSONValue {
    var sections: [JSONValue.Member] = [
      .init("holidays", holidays),
      .init("network", network),
      .init(
        "profiles",
        ["type": "array", "items": JSONSchema.object(for: ProfileRecord.declaration)]),
      .init("customers", JSONSchema.table(of: CustomerRecord.declaration)),
      .init("devices", devices(catalog)),
      .init("metering", JSONSchema.object(for: MeteringRecord.declaration)),
      .init("communication", communication),
      .init("power_flow", JSONSchema.object(for: PowerFlowRecord.declaration)),
      .init("record", record),
      .init("checkpoints", JSONSchema.table(of: CheckpointRecord.declaration)),
    ]
    sections = sections.filter { ScenarioDecoder.sections.contains($0.name) }
    let general = JSONSchema.object(for: GeneralRecord.declaration, adding: sections)
    let members = (general.members ?? []).map { member in
      member.name == "required"
        ? JSONValue.Member("required", required(member.value, adding: ["network"])) : member
    }
    return .object(
      [
        .init("$schema", .string(JSONSchema.draft)), .init("title", "Busbar scenario"),
      ] + members)
  }

  private static func required(_ value: JSONValue, adding names: [String]) -> JSONValue {
    guard case .array(let elements) = value else { return value }
    return .array(elements + names.map { .string($0) })
  }

  private static var holidays: JSONValue {
    [
      "description": "The bank holidays, as dates such as 2025-12-25; none by default.",
      "type": "array", "uniqueItems": true,
      "items": ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"],
    ]
  }

  private static var network: JSONValue {
    let tables = NetworkTable.allCases.map { table in
      JSONValue.Member(table.rawValue, JSONSchema.table(of: table.declaration))
    }
    let object = JSONSchema.object(for: NetworkRecord.declaration, adding: tables)
    let required = JSONValue.array(NetworkTable.required.map { .string($0.rawValue) })
    return .object((object.members ?? []) + [.init("required", required)])
  }

  private static var communication: JSONValue {
    let tables = CommunicationTable.allCases.map { table in
      JSONValue.Member(table.rawValue, JSONSchema.table(of: table.declaration))
    }
    return .object([
      .init("description", "Who sends messages to whom, over what, and what may go wrong."),
      .init("type", "object"),
      .init(
        "properties",
        .object(
          tables + [
            .init(
              CommunicationTable.headEnd, JSONSchema.object(for: HeadEndRecord.declaration))
          ])),
      .init("additionalProperties", false),
    ])
  }

  private static func devices(_ catalog: Catalog) -> JSONValue {
    .object([
      .init("description", "The devices of the customers, by kind."),
      .init("type", "object"),
      .init(
        "properties",
        .object(catalog.kinds.map { .init($0.name, JSONSchema.table(of: $0.declaration)) })),
      .init("additionalProperties", false),
    ])
  }

  private static var record: JSONValue {
    let names = TrajectoryVariable.all.map { JSONValue.string($0.name) }
    let variables: JSONValue = [
      "description": "The variables to record; all of them by default.",
      "type": "array", "items": ["enum": .array(names)],
    ]
    return JSONSchema.object(
      for: RecordingRecord.declaration, adding: [.init(RecordingRecord.variables, variables)])
  }
}
