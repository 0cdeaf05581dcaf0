import BusbarEvents
import BusbarMessaging
import BusbarSimulation
import BusbarTestSupport
import Foundation
import Testing

/// HEILA's end-to-end test as a scenario: Flexibility, Activation Notification, command, status (H-30).
struct ProcessTests {
  static let heila = """
      parties:
        - {id: AMS}
        - {id: MGMS}
        - {id: REF615, bus: end-2}
      links:
        - {from: MGMS, to: AMS, class: platform_http}
        - {from: AMS, to: MGMS, class: platform_mqtt_control}
        - {from: MGMS, to: REF615, class: iec104_command}
      processes:
        - {id: activation, first: 6 h, every: 6 h, deadline: 1 s}
      process_steps:
        - {process: activation, step: 1, from: MGMS, to: AMS, message: flexibility}
        - {process: activation, step: 2, from: AMS, to: MGMS, message: activation_notification}
        - {process: activation, step: 3, from: MGMS, to: REF615, message: control_signals,
           line: cable-3, state: open}

    """

  static func scenario(_ change: (inout SmallScenario) -> Void = { _ in }) -> SmallScenario {
    var small = SmallScenario()
    small.communicate(heila)
    change(&small)
    return small
  }

  /// 47 ms over HTTP (H-26), 36 ms over MQTT (H-28), 584 ms for the command with its confirmation
  /// (H-29): 667 ms in all.
  @Test func theChainTakesTheSumOfTheMeasuredDelays() throws {
    let run = CommunicationRun(try Self.scenario().plan())
    #expect(
      run.timeline.prefix(3) == [
        "21600000 ms MGMS>AMS: flexibility -> 21600047 ms",
        "21600047 ms AMS>MGMS: activation_notification -> 21600083 ms",
        "21600083 ms MGMS>REF615: control_signals -> 21600184 ms",
      ])
    let first = run.processes.prefix(3)
    #expect(first.map(\.step) == [0, 1, 2])
    #expect(first.map { $0.completed.map { $0.milliseconds - 21_600_000 } } == [47, 83, 667])
    #expect(run.processes.count == 9, "at 6 h, 12 h and 18 h")
    #expect(run.simulation.waitingForeverCount == 0)
  }

  /// The command acts when it arrives, before its confirmation is back.
  @Test func theCommandOpensTheLineWhenItArrives() throws {
    let plan = try Self.scenario().plan()
    let bus = try #require(plan.solver.network.grid.bus(named: "end-3"))
    var run = CommunicationRun(plan, through: SimulationTime(milliseconds: 21_600_183))
    #expect(try #require(run.simulation.voltage(at: bus, .a)).length > 200)
    run.go(on: SimulationTime(milliseconds: 21_600_184))
    #expect(run.simulation.voltage(at: bus, .a) == .zero)
    let last = run.events.suffix(3).map { "\($0.event)" }
    #expect(last.first?.hasPrefix("messageDelivery") == true)
    #expect(last.dropFirst() == ["processCommand(process: 0, step: 2)", "powerFlow"])
    // Each event is caused by the one before: delivery, command, power flow.
    let numbers = run.events.suffix(3)
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0.number == $1.cause })
  }

  /// A lost message without a retry leaves its run waiting for ever, which is said by name.
  @Test func aLostMessageLeavesItsRunWaiting() throws {
    let plan = try Self.scenario {
      $0.addToCommunication("faults", "{id: cut, link: AMS>MGMS, kind: drop, until: 7 h}")
    }.plan()
    let run = CommunicationRun(plan)
    #expect(run.simulation.waitingForeverCount == 1)
    #expect(
      run.simulation.waitingForever == [
        "run 0 of process 'activation' waits for activation_notification from 'AMS' to 'MGMS'"
      ])
    #expect(run.processes.filter { $0.completed == nil }.map(\.step) == [1])
    #expect(run.processes.filter { $0.completed != nil && $0.step == 2 }.map(\.run) == [1, 2])
  }

  @Test func aRetryBringsALostMessageThrough() throws {
    let plan = try Self.scenario {
      $0.replace(
        "message: activation_notification}",
        by: "message: activation_notification, retry_after: 1 s}", in: "scenario.yaml")
      $0.addToCommunication("faults", "{id: cut, link: AMS>MGMS, kind: drop, until: 21602.5 s}")
    }.plan()
    let run = CommunicationRun(plan)
    let second = try #require(run.processes.first { $0.step == 1 })
    #expect(second.attempts == 4)
    // Sent again after 1, 2 and 3 s; the fault ends 2.5 s after the process began.
    let expected: Int64 = 21_600_047 + 3_000 + 36
    #expect(second.completed?.milliseconds == expected)
    #expect(run.simulation.waitingForeverCount == 0)
  }

  /// D-43: who delays, replays or forges is seen in what arrives.
  @Test(arguments: [
    ("{id: x, link: MGMS>AMS, kind: delay, until: 7 h, delay: 500 ms}", 1_167, 3),
    ("{id: x, link: MGMS>AMS, kind: replay, until: 7 h, delay: 500 ms}", 667, 3),
    ("{id: x, link: MGMS>AMS, kind: forge, until: 7 h, factor: 3}", 667, 3),
  ])
  func faultsStrikeWithinTheirWindow(_ fault: String, _ total: Int64, _ steps: Int) throws {
    let plan = try Self.scenario { $0.addToCommunication("faults", fault) }.plan()
    let run = CommunicationRun(plan)
    let first = run.processes.filter { $0.run == 0 }
    #expect(first.count == steps)
    #expect(first.last?.completed?.milliseconds == 21_600_000 + total)
    let struck = run.messages.filter {
      $0.transmission.alteration.isForged || $0.transmission.replay != nil
    }
    #expect(struck.allSatisfy { $0.time < .start + .hours(7) })
    let later = run.processes.last { $0.run == 1 }
    #expect(later?.completed == .start + .hours(12) + Interval(milliseconds: 667))
  }

  /// An airlock keeps what is sent until its party fetches it (D-35).
  @Test func anAirlockAddsTheTimeUntilTheNextPoll() throws {
    let plan = try Self.scenario {
      $0.addToCommunication("airlocks", "{party: AMS, poll_period: 10 s}")
    }.plan()
    let run = CommunicationRun(plan)
    // At 6 h 0.047 s there is nothing to fetch before 6 h 10 s.
    #expect(run.processes.first?.completed == .start + .hours(6) + .seconds(10))
    #expect(run.events.contains { if case .messageFetch = $0.event { true } else { false } })
  }

  /// Nothing is left to happen while somebody waits: an error with names.
  @Test func aStallIsAnErrorWithNames() throws {
    var small = Self.scenario { $0.dropProfiles() }
    small.replace("every: 6 h, ", by: "", in: "scenario.yaml")
    small["customers.csv"] =
      small["customers.csv"].split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",")
      }.joined(separator: "\n") + "\n"
    small.addToCommunication("faults", "{id: cut, link: AMS>MGMS, kind: drop, until: 7 h}")
    let run = CommunicationRun(try small.plan())
    guard case .stalled(let stall) = run.ending else {
      Issue.record("\(String(describing: run.ending))")
      return
    }
    #expect(stall.waiting.count == 1)
    #expect(stall.waiting[0].contains("'activation' waits for activation_notification"))
  }

  /// Contract, clause 6, with messages under way.
  @Test(arguments: [21_600_000, 21_600_050, 21_600_150, 21_600_300, 30_000_000] as [Int64])
  func aCheckpointKeepsMessagesOnTheirWay(milliseconds: Int64) throws {
    let plan = try Self.scenario().plan()
    let whole = CommunicationRun(plan)
    var part = CommunicationRun(plan, through: SimulationTime(milliseconds: milliseconds))
    part.simulation = try Simulation(plan, restoring: part.simulation.encodedState())
    part.go(on: plan.end)
    #expect(part.simulation.eventHash == whole.simulation.eventHash)
    #expect(part.messages == whole.messages)
    #expect(part.processes == whole.processes)
  }
}

extension SmallScenario {
  /// Adds a table of one row to the communication.
  mutating func addToCommunication(_ table: String, _ row: String) {
    self["scenario.yaml"] += "  \(table):\n    - \(row)\n"
  }
}
