internal import BusbarEvents

/// A planned operation of a line, as it stands in a result file.
struct PlannedOperation {
  /// The line.
  var line: String
  /// Whether the operation opens the line; else it closes it.
  var opens: Bool
  /// The instant.
  var time: SimulationTime

  /// The operations of a file, in the order in which they are carried out.
  static func all(in reader: TrajectoryReader) throws(TrajectoryError) -> [PlannedOperation] {
    guard reader.has("events/operation_line") else { return [] }
    let lines = try reader.texts("events/operation_line")
    let states = try reader.texts("events/operation_state")
    let times = try reader.numbers(
      of: reader.variable(named: "events/operation_time"), rows: lines.indices)
    return lines.indices.map {
      PlannedOperation(
        line: lines[$0], opens: states[$0] == "open",
        time: SimulationTime(milliseconds: Int64(times[$0] ?? 0)))
    }
  }
}

extension [PlannedOperation] {
  /// The position of the last operation of each line up to an instant, in the order of the plan.
  func latest(through instant: SimulationTime) -> [Int] {
    var latest: [String: Int] = [:]
    for (position, operation) in enumerated() where operation.time <= instant {
      latest[operation.line] = position
    }
    return latest.values.sorted()
  }
}
