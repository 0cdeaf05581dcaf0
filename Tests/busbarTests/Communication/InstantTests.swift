import BusbarEvents
import BusbarSimulation
import BusbarTestSupport
import Foundation
import Testing

/// The order of events within one instant, as text that a person can read.
struct InstantTests {
  /// What happens at an instant: round, phase, and what is done.
  private func timeline(_ run: CommunicationRun, at time: SimulationTime) -> [String] {
    run.events.filter { $0.key.time == time }.map { record in
      let what = "\(record.event)".split(separator: "(")[0]
      return "round \(record.key.round) \(record.key.phase): \(what)"
    }
  }

  /// Messages without any delay: everything that follows from a round happens in the next one.
  private static let chain = """
      parties:
        - {id: A}
        - {id: B}
      link_classes:
        - {id: wire, latency: 0 ms}
      links:
        - {from: A, to: B, class: wire}
        - {from: B, to: A, class: wire}
      processes:
        - {id: ping, first: 6 h}
      process_steps:

    """

  private static func small(steps: Int, last: String = "") -> SmallScenario {
    var small = SmallScenario()
    small.communicate(chain)
    for step in 1...steps {
      let ends = step % 2 == 1 ? "from: A, to: B" : "from: B, to: A"
      let command = step == steps ? last : ""
      small["scenario.yaml"] +=
        "    - {process: ping, step: \(step), \(ends), message: measurements\(command)}\n"
    }
    return small
  }

  /// At 6 h the profiles step, the meters are read and a process begins: a chain of three messages that
  /// ends in a command runs through its rounds, and each power flow follows what it is caused by.
  @Test func aChainWithinOneInstantRunsRoundByRound() throws {
    let plan = try Self.small(steps: 3, last: ", line: cable-3, state: open").plan()
    let run = CommunicationRun(plan, through: .start + .hours(6))
    #expect(
      timeline(run, at: .start + .hours(6)) == [
        "round 0 exogenous: deviceChange",
        "round 0 observation: meterReading",
        "round 0 decision: processStart",
        "round 0 physics: powerFlow",
        "round 1 decision: processStep",
        "round 2 delivery: messageDelivery",
        "round 3 decision: processStep",
        "round 4 delivery: messageDelivery",
        "round 5 decision: processStep",
        "round 6 delivery: messageDelivery",
        "round 6 actuation: processCommand",
        "round 6 physics: powerFlow",
      ])
  }

  /// Two processes and the meters' poll at the same instant: the target decides, then the counter.
  @Test func periodicEventsAtOneInstantHaveAWrittenOrder() throws {
    var small = Self.small(steps: 1)
    small.replace(
      "    - {id: ping, first: 6 h}\n",
      by: "    - {id: ping, first: 6 h, every: 1 h}\n    - {id: alarm, first: 3 h, every: 1 h}\n",
      in: "scenario.yaml")
    small["scenario.yaml"] +=
      "    - {process: alarm, step: 1, from: B, to: A, message: measurements}\n"
      + "  head_end: {check_period: 1 h}\n  concentrators:\n    - {id: DTC, poll_period: 30 min}\n"
    let plan = try small.plan()
    let run = CommunicationRun(plan, through: .start + .hours(6))
    let round = timeline(run, at: .start + .hours(6)).filter { $0.hasPrefix("round 0") }
    #expect(
      round == [
        "round 0 exogenous: deviceChange", "round 0 observation: meterReading",
        // The head-end's check and the concentrator's poll, then alarm and ping by their names.
        "round 0 decision: meteringTimer", "round 0 decision: meteringTimer",
        "round 0 decision: processStart", "round 0 decision: processStart",
        "round 0 physics: powerFlow",
      ])
    let started = run.events.filter { $0.key.time == .start + .hours(6) }.compactMap {
      if case .processStart(let process) = $0.event {
        plan.communication?.processes[process].id
      } else {
        nil
      }
    }
    #expect(started == ["alarm", "ping"])
  }

  /// Without any delay, a chain that is too long for one instant is an error that names who is at it.
  @Test func aChainWithoutAnEndInOneInstantIsAnErrorWithNames() throws {
    let plan = try Self.small(steps: 600).plan()
    let run = CommunicationRun(plan)
    guard case .unsettled(let endless) = run.ending else {
      Issue.record("\(String(describing: run.ending))")
      return
    }
    #expect(endless.time == .start + .hours(6))
    #expect(endless.rounds == 1_000)
    #expect(endless.participants == ["messages", "process 'ping'"])
  }
}
