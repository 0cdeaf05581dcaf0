internal import BusbarEvents

/// Positions of controls, and messages of parties, which stand in no table of recording instants.
extension Explainer {
  /// Explains the last action of a control at or before an instant.
  func controlPart(
    _ id: String, _ place: Int, at instant: SimulationTime
  ) throws(TrajectoryError) -> Explanation.Part {
    var part = Explanation.Part(title: "control \(id)")
    part.notes += try notes(onLogBefore: instant)
    let end = try log.firstRow(after: instant)
    let action = try log.last(EventKindWord.controlAction, before: end) {
      (event) throws(TrajectoryError) in event.target == Int64(place)
    }
    guard let action else {
      part.notes.append(
        try log.isBeforeRecording(0)
          ? "it has not acted since the recording began"
          : "it has not acted until then: its position is that of the scenario")
      return part
    }
    part.title = "last action of control \(id)"
    part.instant = action.time
    part.values = [
      Explanation.Value(
        variable: "position", label: "", number: Double(action.outcome), unit: "")
    ]
    var tree = makeTree()
    part.causes = [try tree.cause(action)]
    return part
  }

  /// Explains the last messages that a party has received and sent at or before an instant.
  func partyPart(
    _ id: String, at instant: SimulationTime
  ) throws(TrajectoryError) -> Explanation.Part {
    var part = Explanation.Part(title: "messages of \(id)")
    part.notes += try notes(onLogBefore: instant)
    guard let messages else { return part }
    var tree = makeTree()
    let end = try log.firstRow(after: instant)
    let delivery = try log.last(EventKindWord.messageDelivery, before: end) {
      (event) throws(TrajectoryError) in
      try messages.message(numbered: event.outcome)?.receiver == id[...]
    }
    if let delivery {
      part.causes.append(try tree.cause(delivery))
    } else {
      part.notes.append("nothing has arrived until then")
    }
    guard let sent = try messages.last(sentBy: id, through: instant) else {
      part.notes.append("it has sent nothing until then")
      return part
    }
    part.notes.append("last sent: \(sent.text(clock))")
    if sent.event >= 0 { part.causes.append(try tree.cause(numbered: sent.event)) }
    return part
  }
}
