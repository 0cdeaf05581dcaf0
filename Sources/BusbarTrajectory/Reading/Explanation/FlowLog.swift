internal import BusbarEvents
internal import BusbarSimulation

/// A power flow as it stands in a result file.
struct LoggedFlow {
  /// The number of sweeps.
  var sweeps: Int64
  /// The largest voltage change of the last sweep, relative to the nominal voltage.
  var mismatch: Double
  /// What the tables hold after it.
  var status: SolutionStatus
}

/// The power flows of a result file, found by the events that they were.
final class FlowLog {
  private let count: Int
  private let times: LogColumn
  private let sweeps: LogColumn
  private let statuses: LogColumn
  private let mismatches: TrajectoryReader.StoredVariable
  private let reader: TrajectoryReader

  /// Opens the table of a file.
  init(_ reader: TrajectoryReader) throws(TrajectoryError) {
    self.reader = reader
    times = try LogColumn("solver/solver_time", in: reader)
    sweeps = try LogColumn("solver/solver_iterations", in: reader)
    statuses = try LogColumn("solver/solver_status", in: reader)
    mismatches = try reader.variable(named: "solver/solver_mismatch")
    count = min(times.count, sweeps.count, statuses.count, mismatches.shape.first ?? 0)
  }

  /// The power flow that an event was; nil when the table ends before it.
  ///
  /// Power flows of one instant stand in both tables in the same order.
  func flow(of event: LoggedEvent, in log: EventLog) throws(TrajectoryError) -> LoggedFlow? {
    var place = 0
    for row in try log.firstRow(at: event.time)..<event.row {
      if try log.event(inRow: row).kind == EventKindWord.powerFlow { place += 1 }
    }
    let row = try times.firstRow(above: event.time.milliseconds - 1, of: count) + place
    guard row < count, try times.value(at: row) == event.time.milliseconds else { return nil }
    let mismatch = try reader.numbers(of: mismatches, rows: row..<(row + 1))[0]
    return LoggedFlow(
      sweeps: try sweeps.value(at: row), mismatch: mismatch ?? 0,
      status: SolutionStatus(rawValue: Int8(truncatingIfNeeded: try statuses.value(at: row)))
        ?? .missing)
  }

  /// The number of power flows behind one instant, up to another one and including it.
  func count(
    after first: SimulationTime, through last: SimulationTime
  ) throws(TrajectoryError) -> Int {
    max(
      0,
      try times.firstRow(above: last.milliseconds, of: count)
        - times.firstRow(above: first.milliseconds, of: count))
  }
}
