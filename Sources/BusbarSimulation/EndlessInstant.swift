public import BusbarEvents
internal import BusbarGrid
internal import BusbarUnits

/// An instant whose events bring about others at the same instant without an end.
public struct EndlessInstant: Sendable, Hashable, Codable, Error {
  /// The instant.
  public var time: SimulationTime
  /// Who is still at it, in the user's words and in natural order.
  public var participants: [String]
  /// The number of rounds after which it was given up.
  public var rounds: Int
}

/// Counts the rounds of one instant, and remembers who is still at work in the late ones.
struct InstantWatch: Sendable, Codable {
  /// More rounds than all taps of a substation's regulators, or a chain of messages, can need.
  static let roundLimit = 1_000
  private var participants: [SimulationEvent] = []
  private var instant = SimulationTime.start

  /// Notes an event that is about to happen; returns what is wrong when it is one too many.
  mutating func note(
    _ event: SimulationEvent, _ key: EventKey, _ plan: SimulationPlan
  ) -> EndlessInstant? {
    // Whoever is still at work in the second half of the rounds is named.
    guard key.round > Self.roundLimit / 2 else { return nil }
    if key.time != instant {
      instant = key.time
      participants = []
    }
    if event != .powerFlow, !participants.contains(event) { participants.append(event) }
    guard key.round >= Self.roundLimit else { return nil }
    return EndlessInstant(
      time: key.time,
      participants: Set(participants.map(plan.participant)).sorted(by: NaturalOrder.precedes),
      rounds: Self.roundLimit)
  }
}

extension SimulationPlan {
  /// Who does the work of an event, in the user's words.
  func participant(in event: SimulationEvent) -> String {
    switch event {
    case .deviceChange(let fleet): "devices of kind '\(fleets[fleet].kind)'"
    case .meterReading: "the meters"
    case .powerFlow: "the power flow"
    case .controlAction(let control): "control '\(controls[control].id)'"
    case .lineOperation(let operation):
      "switching of line '\(solver.network.grid.branches[operations[operation].line].id)'"
    case .messageDelivery, .messageFetch, .messageConfirmation: "messages"
    case .meteringTimer(let timer): "metering timer \(timer)"
    case .processStart(let process), .processStep(let process, _, _),
      .processCommand(let process, _):
      "process '\(communication?.processes[process].id ?? "")'"
    }
  }
}
