internal import Foundation

/// Says in words what happened in an event, with the names that the file gives to targets.
struct EventWords {
  let log: EventLog
  let flows: FlowLog
  let messages: MessageLog?
  let clock: ResultClock

  /// What happened in an event.
  func text(_ event: LoggedEvent) throws(TrajectoryError) -> String {
    let target = Int(clamping: event.target)
    switch event.kind {
    case EventKindWord.deviceChange:
      let kind = log.fleets.element(target).map { "kind '\($0)'" } ?? "fleet \(target)"
      return "devices of \(kind) " + (event.outcome == 0 ? "kept their demand" : "changed")
    case EventKindWord.meterReading: return "\(event.outcome) meters were read"
    case EventKindWord.controlAction:
      let name = log.controls.element(target).map { "'\($0)'" } ?? "\(target)"
      return "control \(name) moved to position \(event.outcome)"
    case EventKindWord.lineOperation: return text(ofOperation: event)
    case EventKindWord.powerFlow: return text(try flows.flow(of: event, in: log), event)
    case EventKindWord.messageDelivery:
      return try messages?.message(numbered: event.outcome)?.text(clock)
        ?? "message \(event.outcome) arrived"
    default:
      return "\(event.kind.replacing("_", with: " ")) of target \(event.target), outcome "
        + "\(event.outcome)"
    }
  }

  private func text(ofOperation event: LoggedEvent) -> String {
    guard let operation = log.operations.element(Int(clamping: event.ordinal)) else {
      return "planned operation \(event.ordinal) switched a line"
    }
    return "line '\(operation.line)' was \(operation.opens ? "opened" : "closed") as planned"
      + (event.outcome == 0 ? ", which it was already" : "")
  }

  private func text(_ flow: LoggedFlow?, _ event: LoggedEvent) -> String {
    let sweeps = "\(event.outcome) sweep\(event.outcome == 1 ? "" : "s")"
    guard let flow else { return "a power flow made \(sweeps)" }
    let change = "largest voltage change of the last one \(Self.short(flow.mismatch)) pu"
    return switch flow.status {
    case .solved: "a power flow was solved in \(sweeps), \(change)"
    case .held, .missing: "a power flow found no solution in \(sweeps), \(change)"
    }
  }

  /// Two significant digits.
  private static func short(_ value: Double) -> String { String(format: "%.2g", value) }
}

extension LoggedMessage {
  /// How the message went, in words.
  func text(_ clock: ResultClock) -> String {
    let way = "\(kind.replacing("_", with: " ")) (message \(number)) over \(link)"
    guard let arrival else {
      return "\(way) was not delivered (\(outcome.replacing("_", with: " "))), sent "
        + clock.text(sent)
    }
    return "\(way) arrived \(clock.text(arrival)), sent \(clock.text(sent))"
  }
}

extension Array {
  /// The element at a position; nil outside.
  func element(_ position: Int) -> Element? {
    indices.contains(position) ? self[position] : nil
  }
}
