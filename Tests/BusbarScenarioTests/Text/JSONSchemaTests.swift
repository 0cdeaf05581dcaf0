import BusbarUnits
import Testing

@testable import BusbarScenario

struct JSONSchemaTests {
  @Test func jsonKeepsTheOrderOfMembersAndEscapesText() {
    let value: JSONValue = [
      "z": [1, 2.5, true, .null], "a": "q\"\\\n\u{1}é", "e": [], "o": .object([]), "n": .number(3),
    ]
    #expect(
      value.text == #"""
        {
          "z": [
            1,
            2.5,
            true,
            null
          ],
          "a": "q\"\\\n\u0001é",
          "e": [],
          "o": {},
          "n": 3
        }

        """#)
  }

  @Test func aRecordBecomesAnObjectWithBothSpellingsOfEachUnit() {
    let record = RecordDeclaration(
      "line", "A line.", Fixture.id,
      Field.quantity("rating", .current, range: .closed(0...1_000), "Rating."))
    #expect(
      JSONSchema.object(for: record).text == #"""
        {
          "description": "A line.",
          "type": "object",
          "properties": {
            "id": {
              "description": "Name of the line.",
              "type": [
                "string",
                "number",
                "boolean"
              ],
              "minLength": 1,
              "maxLength": 200
            },
            "rating": {
              "description": "Rating. A number with one of the units A, kA.",
              "type": "string",
              "pattern": "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)? *(A|kA)$"
            },
            "rating_a": {
              "description": "Rating. A number of A.",
              "type": "number",
              "minimum": 0,
              "maximum": 1000
            },
            "rating_ka": {
              "description": "Rating. A number of kA.",
              "type": "number",
              "minimum": 0,
              "maximum": 1
            }
          },
          "required": [
            "id"
          ],
          "allOf": [
            {
              "oneOf": [
                {
                  "required": [
                    "rating"
                  ]
                },
                {
                  "required": [
                    "rating_a"
                  ]
                },
                {
                  "required": [
                    "rating_ka"
                  ]
                }
              ]
            }
          ],
          "additionalProperties": false
        }

        """#)
  }

  @Test func everyKeyOfADeclarationIsAPropertyAndDefaultsAreStated() {
    let properties = JSONSchema.object(for: Fixture.line)["properties"]
    #expect(properties?.members?.map(\.name) == Fixture.line.allKeys)
    #expect(properties?["delay"]?["default"] == "1000 ms")
    #expect(properties?["share"]?["default"] == 0.5)
    #expect(properties?["kind"]?["enum"] == ["cable", "overhead"])
    #expect(properties?["length"]?["default"] == nil)
    #expect(properties?["length_km"]?["exclusiveMinimum"] == .number(0))
  }
}
