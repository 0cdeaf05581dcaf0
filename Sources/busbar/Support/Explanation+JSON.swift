import BusbarScenario
import BusbarTrajectory

extension Explanation {
  /// The explanation as one JSON object; instants are texts on the scenario's clock.
  func json(_ clock: ResultClock) -> JSONValue {
    .object([
      .init("subject", .string(subject)), .init("instant", .string(clock.text(instant))),
      .init("parts", .array(parts.map { $0.json(clock) })),
    ])
  }
}

extension Explanation.Part {
  fileprivate func json(_ clock: ResultClock) -> JSONValue {
    .object([
      .init("title", .string(title)),
      .init("instant", instant.map { .string(clock.text($0)) } ?? .null),
      .init("values", .array(values.map(\.json))),
      .init("notes", .array(notes.map { .string($0) })),
      .init("causes", .array(causes.map { $0.json(clock) })),
    ])
  }
}

extension Explanation.Value {
  fileprivate var json: JSONValue {
    .object([
      .init("variable", .string(variable)), .init("label", .string(label)),
      .init("value", number.map { .number($0) } ?? .null), .init("unit", .string(unit)),
      .init("per_unit", perUnit.map { .number($0) } ?? .null),
    ])
  }
}

extension Explanation.Cause {
  fileprivate func json(_ clock: ResultClock) -> JSONValue {
    .object([
      .init("text", .string(text)),
      .init("event", event.map { .integer(Int($0)) } ?? .null),
      .init("instant", instant.map { .string(clock.text($0)) } ?? .null),
      .init("causes", .array(causes.map { $0.json(clock) })),
    ])
  }
}
