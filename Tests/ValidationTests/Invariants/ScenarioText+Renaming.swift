import BusbarGrid
import BusbarTestSupport

extension Conductor {
  /// The next phase after a phase; the neutral and other conductors stay.
  var next: Conductor {
    switch self {
    case .a: .b
    case .b: .c
    case .c: .a
    default: self
    }
  }
}

extension ScenarioText {
  /// Calls conductor a b, b c and c a, wherever conductors are named.
  ///
  /// The angles of a source stay with its conductors, which keep their order.
  mutating func renameConductors() {
    for (table, columns) in Self.conductorColumns {
      for column in columns { rewrite(table, column, by: Self.renamedConductors) }
    }
    for (table, column) in Self.legColumns {
      rewrite(table, column, by: Self.renamedLegs)
    }
  }

  /// The columns that hold lists of conductors.
  private static let conductorColumns = [
    "buses": ["conductors"], "lines": ["phases", "to_phases"], "sources": ["phases"],
    "customers": ["phases"], "loads": ["phases"],
  ]

  /// The columns that hold pairs of conductors.
  private static let legColumns = [
    ("windings", "coils"), ("capacitors", "legs"), ("shunts", "legs"), ("loads", "legs"),
    ("regulators", "leg"),
  ]

  private static func renamedConductors(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    guard let conductors = Connection.conductors(text) else {
      preconditionFailure("'\(text)' names conductors.")
    }
    return Connection.text(conductors.map { $0?.next })
  }

  private static func renamedLegs(_ text: String) -> String {
    text.split(separator: " ").map { leg in
      guard let pair = ConductorPair(leg) else { preconditionFailure("'\(leg)' is a leg.") }
      return ConductorPair(pair.plus?.next, pair.minus?.next).text
    }.joined(separator: " ")
  }

  /// Puts the rows of each table into another order.
  mutating func shuffleRows(_ numbers: inout SeededNumbers) {
    for name in Self.tableNames {
      guard var table = self[name] else { continue }
      table.rows.shuffle(using: &numbers)
      self[name] = table
    }
  }
}
