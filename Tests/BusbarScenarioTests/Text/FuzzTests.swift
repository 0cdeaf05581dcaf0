import BusbarTestSupport
import Testing

@testable import BusbarScenario

/// Random damage to valid files may yield any diagnostics, but never a crash or a silent failure.
struct FuzzTests {
  static let yaml = """
    # comment
    name: "Größe * 2"
    network: &n
      lines:
        - {id: L1, length: 5 km, phases: [a, b], note: 'it''s'}
        - id: L2
          length_m: 1e3
          text: |
            two
            lines
      again: [&n2 {a: 1, b: ~}, *n2]
    copy: *n
    ? key
    : !!str value
    """
  static let csv =
    "\u{FEFF}id,length_km,phases,note\r\nL1,0.1,abc,\"a, \"\"b\"\"\r\nc\"\r\nL2,5e-1,,é\r\n"
  static let arguments = [
    "name=1", "network.lines[L1].length=3 m", "copy.lines[0].id=x", "a.b.c=1",
  ]
  static let spice: [UInt8] =
    Array("\"'[]{}:,-?&*!|>#%@`\t\r\n \u{0}\u{7F}~<=0aé".utf8) + [0xFF, 0xE2, 0xEE]

  @Test func theUndamagedInputsAreSound() {
    #expect(Fixture.yaml(Self.yaml).faults.isEmpty)
    #expect(Fixture.csv(Self.csv).faults.isEmpty)
  }

  /// Returns a copy with one to eight bytes inserted, removed, replaced or repeated.
  static func damaged(_ bytes: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = spice.randomElement(using: &random) ?? 0
      case 1: bytes.insert(spice.randomElement(using: &random) ?? 0, at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
      default: bytes.removeSubrange(place..<min(place + 10, bytes.count))
      }
    }
    return bytes
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func damagedYAMLIsReadOrReported(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    for round in 0..<1_000 {
      let bytes = Self.damaged(Array(Self.yaml.utf8), &random)
      var diagnostics = Diagnostics()
      guard var root = TextNode.yaml(bytes, file: "s.yaml", &diagnostics) else {
        #expect(diagnostics.hasErrors, "seed \(seed), round \(round)")
        continue
      }
      var overrides = Overrides(arguments: Self.arguments, &diagnostics)
      overrides.apply(to: &root, &diagnostics)
      for element in root["network"]?["lines"]?.elements ?? [] {
        _ = element.record(&diagnostics)
          .flatMap { RecordDecoder(Fixture.line).decode($0, &diagnostics) }
      }
      #expect(diagnostics.sorted.allSatisfy { !$0.description.isEmpty })
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func damagedTablesAreReadOrReported(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    for round in 0..<1_000 {
      let bytes = Self.damaged(Array(Self.csv.utf8), &random)
      var diagnostics = Diagnostics()
      guard let table = CSVTable(bytes, file: "t.csv", &diagnostics) else {
        #expect(diagnostics.hasErrors, "seed \(seed), round \(round)")
        continue
      }
      for row in 0..<table.rowCount { #expect(table.cells(inRow: row).count == table.header.count) }
      _ = table.numbers(inColumns: Array(table.header.indices), &diagnostics)
      _ = RecordDecoder(Fixture.line).decode(table, &diagnostics)
      #expect(diagnostics.sorted.allSatisfy { !$0.description.isEmpty })
    }
  }
}
