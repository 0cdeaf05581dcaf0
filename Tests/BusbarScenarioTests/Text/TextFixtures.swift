import BusbarUnits

@testable import BusbarScenario

/// Fields and shortcuts that the tests of this folder share.
enum Fixture {
  static let id = Field.identifier("id", "Name of the line.")
  static let length = Field.quantity("length", .length, range: .positive, "Length of the line.")
  static let share = Field.quantity(
    "share", .ratio, default: 0.5, range: .fraction, "Share of the load.")
  static let delay = Field.interval("delay", default: 1_000, "Delay of the answer.")
  static let phases = Field.conductors("phases", default: "abc", "Phases that are carried.")
  static let steps = Field.integer("steps", range: .closed(1...32), "Number of steps.").optional
  static let kind = Field.choice("kind", ["cable", "overhead"], default: "cable", "Construction.")
  static let bus = Field.reference("bus", to: "bus", "Bus at the near end.").optional
  static let isOpen = Field.boolean("open", default: false, "Whether the line is open.")
  static let note = Field.text("note", "Remark.").optional
  static let factor = Field.number("factor", range: .atMost(10), "Scale of the load.").optional

  static let line = RecordDeclaration(
    "line", "A line.", id, length, share, delay, phases, steps, kind, bus, isOpen, note, factor)

  static func yaml(_ text: String) -> (node: TextNode?, faults: [Diagnostic]) {
    yaml(Array(text.utf8))
  }

  static func yaml(_ bytes: [UInt8]) -> (node: TextNode?, faults: [Diagnostic]) {
    var diagnostics = Diagnostics()
    let node = TextNode.yaml(bytes, file: "s.yaml", &diagnostics)
    return (node, diagnostics.sorted)
  }

  static func csv(_ text: String) -> (table: CSVTable?, faults: [Diagnostic]) {
    csv(Array(text.utf8))
  }

  static func csv(_ bytes: [UInt8]) -> (table: CSVTable?, faults: [Diagnostic]) {
    var diagnostics = Diagnostics()
    let table = CSVTable(bytes, file: "t.csv", &diagnostics)
    return (table, diagnostics.sorted)
  }

  /// Decodes a mapping of line fields.
  static func line(_ text: String) -> (line: DecodedRecord?, faults: [Diagnostic]) {
    var diagnostics = Diagnostics()
    let decoded = TextNode.yaml(Array(text.utf8), file: "s.yaml", &diagnostics)?
      .record(&diagnostics)
      .flatMap { RecordDecoder(line).decode($0, &diagnostics) }
    return (decoded, diagnostics.sorted)
  }

  /// Decodes a table of line fields.
  static func lines(_ text: String) -> (lines: [DecodedRecord]?, faults: [Diagnostic]) {
    var diagnostics = Diagnostics()
    let decoded = CSVTable(Array(text.utf8), file: "t.csv", &diagnostics)
      .flatMap { RecordDecoder(line).decode($0, &diagnostics) }
    return (decoded, diagnostics.sorted)
  }
}

extension [Diagnostic] {
  /// Each place as `line:column`, or the file where there is none.
  var places: [String] {
    map { fault in
      if case .position(let line, let column) = fault.location.place {
        "\(line):\(column)"
      } else {
        fault.location.file
      }
    }
  }
}
