internal import BusbarEvents
internal import BusbarSimulation

/// Readings of meters, which average over an interval.
extension Explainer {
  /// Explains the last reading of a meter at or before an instant.
  func meterPart(
    _ id: String, _ place: Int, at instant: SimulationTime
  ) throws(TrajectoryError) -> Explanation.Part {
    var part = Explanation.Part(title: "meter \(id)")
    part.notes += try notes(onLogBefore: instant)
    let times = try LogColumn("reading_time", in: reader)
    let row = try times.firstRow(above: instant.milliseconds, of: times.count) - 1
    guard row >= 0 else {
      part.notes.append("no reading is recorded at that time or before it")
      return part
    }
    let end = SimulationTime(milliseconds: try times.value(at: row))
    part.title = "last reading of meter \(id)"
    part.instant = end
    let statuses = try LogColumn("reading_status", in: reader)
    let status =
      row < statuses.count
      ? SolutionStatus(rawValue: Int8(truncatingIfNeeded: try statuses.value(at: row))) : nil
    let values = ElementValues(reader, .meter, id, place)
    part.values = try values.values(inRow: row)
    switch status {
    case .held: part.notes.append("power flows without a solution were held within the interval")
    case .missing: part.notes.append("within the interval there was a time without a solution")
    case .solved, nil: break
    }
    try addReading(at: end, to: &part)
    return part
  }

  /// Adds the event that read the meters, and the power flows over which they averaged.
  private func addReading(
    at end: SimulationTime, to part: inout Explanation.Part
  ) throws(TrajectoryError) {
    let last = try log.last(EventKindWord.meterReading, before: log.firstRow(after: end))
    guard let reading = last, reading.time == end else {
      part.notes.append("the event of the reading is not in the file")
      return
    }
    try addInterval(of: reading, to: &part)
    var tree = makeTree()
    part.causes.append(try tree.cause(reading))
    guard let flow = try log.last(EventKindWord.powerFlow, before: reading.row) else {
      part.notes.append(try sentence(onAbsent: "the power flow at the end of the interval"))
      return
    }
    part.causes.append(try tree.cause(flow))
  }

  /// Says over which time a reading averaged, and how often the values changed within it.
  private func addInterval(
    of reading: LoggedEvent, to part: inout Explanation.Part
  ) throws(TrajectoryError) {
    let begin: SimulationTime
    if let before = try log.event(numbered: reading.cause) {
      begin = before.time
    } else if reading.cause == Int64(EventRecord.noCause) {
      begin = .start
    } else {
      part.notes.append("average since the reading before, which was before the recording began")
      return
    }
    // A power flow at the instant of a reading counts for the time behind it.
    let count = try flows.count(
      after: SimulationTime(milliseconds: begin.milliseconds - 1),
      through: SimulationTime(milliseconds: reading.time.milliseconds - 1))
    part.notes.append(
      "average since \(clock.text(begin)), with \(count) power flow\(count == 1 ? "" : "s") in "
        + "that time; the last one before the reading is told below")
  }
}
