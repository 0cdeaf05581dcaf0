internal import BusbarEvents
internal import BusbarGrid
internal import BusbarSimulation
internal import BusbarUnits

/// A planned opening or closing of a line.
enum SwitchingRecord {
  static let line = Field.reference("line", to: "lines", "The line, which stands for its switch.")
  static let at = Field.interval(
    "at", range: .time, "When, counted from the start of the run.")
  static let state = Field.choice(
    "state", SwitchState.allCases.map(\.rawValue), "What becomes of the line.")

  static let declaration = RecordDeclaration(
    "switching operation", "A line that is opened or closed while the run goes on.", line, at,
    state)

  /// The operations in the order in which they are carried out; nil after faults were reported.
  static func operations(
    _ records: [DecodedRecord], in grid: ResolvedGrid, _ diagnostics: inout Diagnostics
  ) -> [LineOperation]? {
    var places: [LineOperation: SourceLocation] = [:]
    var isSound = true
    for record in records {
      // A name that leads nowhere has been reported with the references.
      guard let branch = grid.branch(named: record[line]),
        let state = SwitchState(rawValue: record[state])
      else {
        isSound = false
        continue
      }
      let time = SimulationTime(milliseconds: record[at])
      for other in SwitchState.allCases {
        guard let earlier = places[LineOperation(time: time, line: branch, state: other)] else {
          continue
        }
        isSound = false
        diagnostics.error(
          "line '\(record[line])' is switched at this instant already at \(earlier)",
          at: record.location, remedy: "leave one of the two out, or give it another time")
      }
      places[LineOperation(time: time, line: branch, state: state)] = record.location
    }
    guard isSound else { return nil }
    return places.keys.sorted { ($0.time, $0.line) < ($1.time, $1.line) }
  }
}
