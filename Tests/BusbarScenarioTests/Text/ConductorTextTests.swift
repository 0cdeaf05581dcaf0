import BusbarUnits
import Foundation
import Testing

@testable import BusbarScenario

/// What the schema says of conductors is what the decoder says of them.
struct ConductorTextTests {
  static let texts = [
    "abc", "cba", "n", "5", "32", "33", "4", "a.b.5.32", "a.b.", ".a", "ab5", "56", "5.6", "abb",
    "a.a", "abe", "eee", "e", "a.e.5", "A", "abx", "", "a b", "a-b", "a-b b-c c-a", "a-e", "5-e",
    "a", "a-", "-a", "a--b", "a-b-c", "n-32", "a-33", " a-b", "a-b  c-e",
  ]

  private func isDecoded(_ text: String, _ field: Field<String>) -> Bool {
    let decoder = ValueDecoder(field: field.declaration, key: field.declaration.keys[0])
    if case .success = decoder.decode(text) { return true }
    return false
  }

  private func isInSchema(_ text: String, _ field: Field<String>) throws -> Bool {
    let pattern = JSONSchema.conductorPattern(field.declaration.kind)
    let expression = try NSRegularExpression(pattern: pattern)
    return expression.firstMatch(in: text, range: NSRange(location: 0, length: text.utf16.count))
      != nil
  }

  /// A pattern cannot see that `a.a` repeats a conductor or that `eee` names earth alone.
  private static let beyondPatterns = ["a.a", "eee", "e"]

  @Test(arguments: [
    Field.conductors("x", "Conductors."), Field.connection("x", "A connection."),
    Field.legs("x", "Legs."),
  ])
  func theSchemaAllowsWhatTheDecoderAllows(_ field: Field<String>) throws {
    for text in Self.texts where !Self.beyondPatterns.contains(text) {
      #expect(
        try isInSchema(text, field) == isDecoded(text, field),
        "'\(text)' as \(field.declaration.kind)")
    }
  }
}
