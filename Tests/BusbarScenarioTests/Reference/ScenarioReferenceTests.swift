import BusbarUnits
import Testing

@testable import BusbarScenario

/// What the reference says about a field.
struct ScenarioReferenceTests {
  @Test(arguments: [
    (
      Field.interval("a", default: 90_000, range: .atLeast(1_000), "A.").declaration,
      "interval; at least 1 s", "`90 s`"
    ),
    (
      Field.interval("a", default: 120_000, "A.").declaration, "interval", "`2 min`"
    ),
    (
      Field.quantity("a", .voltage, range: .closed(0...2e6), "A.").declaration,
      "voltage; from 0 kV to 2000 kV", "required"
    ),
    (
      Field.quantity("a", .length, range: FieldRange(from: .open(0), to: .closed(1_500)), "A.")
        .optional.declaration, "length; more than 0 m and at most 1500 m", "optional"
    ),
    (
      Field.quantity("a", .ratio, default: 0.5, range: .fraction, "A.").declaration,
      "ratio; from 0 to 1", "`0.5`"
    ),
    (
      Field.choice("a", ["x", "y"], default: "y", "A.").declaration, "`x`, `y`", "`y`"
    ),
    (Field.reference("a", to: "buses", "A.").declaration, "name in `buses`", "required"),
    (Field.boolean("a", default: false, "A.").declaration, "`true` or `false`", "`false`"),
  ])
  func aFieldIsDescribedInTheLargestUnitThatLeavesItsNumbersWhole(
    _ field: FieldDeclaration, _ values: String, _ presence: String
  ) {
    #expect(field.valueWords == values)
    #expect(field.defaultWords == presence)
  }

  /// The keys of the schema are the decoder's, so that none is left out here either.
  @Test func everyKeyOfTheSchemaHasARow() throws {
    let text = ScenarioReference.text(for: .standard)
    var keys: Set<String> = []
    Self.collectKeys(of: ScenarioSchema.document(for: .standard), into: &keys)
    let isKnown = { (key: String) in
      text.contains("| `\(key)` |") || text.contains("## \(key)\n") || text.contains(".\(key)\n")
    }
    for key in keys where !isKnown(key) {
      let plain = Self.endings.first { key.hasSuffix($0) }.map { String(key.dropLast($0.count)) }
      #expect(plain.map(isKnown) == true || key == "communication", "\(key)")
    }
    #expect(keys.count > 200)
  }

  /// Such as `_kw`, of all units.
  private static let endings: [String] = {
    let fields = ScenarioChapter.all(for: .standard).flatMap { $0.declaration?.fields ?? [] }
    let units = fields.compactMap(\.kind.dimension).flatMap(\.units)
    return Set(units.map { "_" + $0.keySuffix }).sorted { ($1.count, $0) < ($0.count, $1) }
  }()

  private static func collectKeys(of value: JSONValue, into keys: inout Set<String>) {
    switch value {
    case .object(let members):
      for member in members {
        if member.name == "properties", let properties = member.value.members {
          keys.formUnion(properties.map(\.name))
        }
        collectKeys(of: member.value, into: &keys)
      }
    case .array(let elements): for element in elements { collectKeys(of: element, into: &keys) }
    default: break
    }
  }
}
