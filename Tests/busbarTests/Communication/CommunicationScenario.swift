import BusbarEvents
import BusbarMessaging
import BusbarScenario
import BusbarSimulation
import Testing

extension SmallScenario {
  /// Adds a communication; the text is what stands below its key, indented by two blanks.
  mutating func communicate(_ text: String) {
    self["scenario.yaml"] += "\ncommunication:\n" + text
  }
}

/// A run in memory with all that was sent and learned.
struct CommunicationRun {
  var simulation: Simulation
  var messages: [MessageRecord] = []
  var arrivals = 0
  var notices: [NoticeRecord] = []
  var processes: [ProcessRecord] = []
  var events: [EventRecord] = []
  var ending: Simulation.Pause?

  init(_ plan: SimulationPlan, through limit: SimulationTime? = nil) {
    simulation = Simulation(plan)
    go(on: limit ?? plan.end)
  }

  /// Runs to an instant.
  mutating func go(on limit: SimulationTime) {
    loop: while true {
      switch simulation.advance(through: limit) {
      case .powerFlow: simulation.solvePendingFlow()
      case .reached: break loop
      case let other:
        ending = other
        break loop
      }
    }
    events += simulation.takeEvents()
    let records = simulation.takeCommunicationRecords()
    messages += records.messages
    arrivals += records.arrivals.count
    notices += records.notices
    processes += records.processes
  }

  /// A line for each transmission: when, over which link, what, and when it arrives.
  var timeline: [String] {
    guard let network = simulation.plan.communication?.network else { return [] }
    return messages.map { record in
      let end =
        record.transmission.arrival.map { "\($0.milliseconds) ms" }
        ?? record.transmission.loss?.title ?? "lost"
      return "\(record.time.milliseconds) ms \(network.links[record.link].id): "
        + "\(MessageRecord.kinds[record.kind]) -> \(end)"
    }
  }
}

extension SmallScenario {
  /// The plan of the scenario, whose faults fail the test.
  func plan(overrides: [String] = []) throws -> SimulationPlan {
    let reading = try read(overrides: overrides)
    let faults = reading.diagnostics.sorted.map(\.description)
    return try #require(reading.scenario, "\(faults)").plan
  }
}
