internal import BusbarEvents
internal import BusbarSimulation

/// Values that are recorded at each recording instant and follow from a power flow.
extension Explainer {
  /// The recorded row at or just before an instant.
  private func recordedRow(
    _ times: LogColumn, before instant: SimulationTime
  ) throws(TrajectoryError) -> Int? {
    let row = try times.firstRow(above: instant.milliseconds, of: times.count) - 1
    return row < 0 ? nil : row
  }

  /// Explains what is recorded of a bus, a branch, a source or a device.
  func statePart(
    of element: ResultElement, _ id: String, _ place: Int, at instant: SimulationTime
  ) throws(TrajectoryError) -> Explanation.Part {
    var part = Explanation.Part(title: "\(element.word) \(id)")
    part.notes += try notes(onLogBefore: instant)
    let times =
      if case .device(let kind) = element {
        try LogColumn("devices/\(kind)/\(kind)_time", in: reader)
      } else {
        self.times
      }
    guard let row = try recordedRow(times, before: instant) else {
      part.notes.append("nothing is recorded at that time or before it")
      return part
    }
    let recorded = SimulationTime(milliseconds: try times.value(at: row))
    part.instant = recorded
    let status = try status(at: recorded)
    let values = ElementValues(reader, element, id, place)
    part.values = try values.values(inRow: row)
    if status != .missing, !part.values.isEmpty, part.values.allSatisfy({ $0.number == nil }) {
      part.notes.append("missing: the \(element.word) was not in operation")
    }
    part.notes += values.absentVariables.map { "\($0) is not recorded in this file" }
    try addLaterFlows(after: recorded, instant, row == times.count - 1, to: &part)
    try addFlow(at: recorded, status, to: &part)
    return part
  }

  /// Whether the values at a recording instant belong to it.
  private func status(at recorded: SimulationTime) throws(TrajectoryError) -> SolutionStatus {
    let row = try times.firstRow(above: recorded.milliseconds, of: times.count) - 1
    let statuses = try LogColumn("status", in: reader)
    guard row >= 0, row < statuses.count else { return .solved }
    return SolutionStatus(rawValue: Int8(truncatingIfNeeded: try statuses.value(at: row)))
      ?? .missing
  }

  private func addLaterFlows(
    after recorded: SimulationTime, _ instant: SimulationTime, _ isLast: Bool,
    to part: inout Explanation.Part
  ) throws(TrajectoryError) {
    let later = try flows.count(after: recorded, through: instant)
    if later > 0 {
      part.notes.append(
        "\(later) power flow\(later == 1 ? "" : "s") between then and the time asked for: the "
          + "values may have changed")
    } else if isLast, recorded < instant {
      part.notes.append("nothing is recorded later")
    }
  }

  /// Adds the power flow that gave the values of an instant, and why they are held or missing.
  private func addFlow(
    at recorded: SimulationTime, _ status: SolutionStatus, to part: inout Explanation.Part
  ) throws(TrajectoryError) {
    let end = try log.firstRow(after: recorded)
    guard let flow = try log.last(EventKindWord.powerFlow, before: end) else {
      part.notes.append(try sentence(onAbsent: "the power flow behind the values"))
      return
    }
    var tree = makeTree()
    switch status {
    case .solved: break
    case .missing: part.notes.append("missing: the last power flow found no solution")
    case .held:
      part.notes.append("held: the last power flow found no solution, so an older one stands")
    }
    part.causes.append(try tree.cause(flow))
    if status == .held { try addHeldFlow(before: flow, &tree, to: &part) }
    try addOpenLines(at: recorded, &tree, to: &part)
  }

  /// Adds the power flow whose solution stands where the last one found none.
  private func addHeldFlow(
    before flow: LoggedEvent, _ tree: inout CauseTree, to part: inout Explanation.Part
  ) throws(TrajectoryError) {
    let solved = try log.last(EventKindWord.powerFlow, before: flow.row) {
      (event) throws(TrajectoryError) in
      try flows.flow(of: event, in: log)?.status == .solved
    }
    guard let solved else {
      part.notes.append(try sentence(onAbsent: "the power flow behind the held values"))
      return
    }
    part.notes.append("the held values are those of event \(solved.number)")
    part.causes.append(try tree.cause(solved))
  }

  /// Says where an event is that the file does not hold.
  func sentence(onAbsent event: String) throws(TrajectoryError) -> String {
    try log.isBeforeRecording(0)
      ? "\(event) was made before the recording began" : "\(event) is not in the file"
  }

  /// Adds the operations that have left a line open at the instant of the values.
  private func addOpenLines(
    at recorded: SimulationTime, _ tree: inout CauseTree, to part: inout Explanation.Part
  ) throws(TrajectoryError) {
    for position in log.operations.latest(through: recorded) {
      let operation = log.operations[position]
      guard operation.opens else { continue }
      part.notes.append(
        "line '\(operation.line)' is open, as planned for \(clock.text(operation.time))")
      if let event = try log.event(ofOperation: position), !tree.tells(event) {
        part.causes.append(try tree.cause(event))
      }
    }
  }
}
