import BusbarEvents
import BusbarGrid
import BusbarSimulation
import BusbarTestSupport
import BusbarTrajectory
import Testing

/// Chains behind the values of runs: power flows, switching, warm-ups, steps without a solution.
struct ExplainRunTests {
  private func plan(
    _ policy: DivergencePolicy = .stop, minutes: Int64 = 60, peak: Double = 900
  ) throws -> SimulationPlan {
    var watts = (0..<60).map { 500 + 10 * Double($0) }
    watts[30] = peak
    return try TestRun.plan(
      minutes: minutes, first: watts, second: Array(repeating: 300, count: 60), policy: policy)
  }

  @Test func aDeviceIsFollowedToItsPowerFlowAndToItsProfile() throws {
    let run = try ExplainedRun(plan(), RecordingOptions(interval: .minutes(5)))
    let text = try withoutMismatches(run.text(entity: "load-1", at: .start + .minutes(12)))
    #expect(
      text == """
        load-1 at 2025-01-15 00:12:00 +00:00

        load load-1, 2025-01-15 00:10:00 +00:00
          load_active_power    600 W
          load_reactive_power  150 var
          note: 2 power flows between then and the time asked for: the values may have changed
          because 2025-01-15 00:10:00 +00:00: a power flow was solved in 4 sweeps (event 20)
            because 2025-01-15 00:10:00 +00:00: devices of kind 'load' changed (event 19)
              because its own schedule came to it, as 9 times before since 2025-01-15 00:01:00 \
        +00:00
                because the scenario says so

        """)
  }

  /// The network is what the last operations have left, long before the power flow.
  @Test func aDeadBusIsFollowedToTheLineThatWasOpened() throws {
    var plan = try plan()
    let line = try #require(plan.solver.network.grid.branch(named: "line-2"))
    plan.operations = [
      LineOperation(time: .start + .minutes(21), line: line, state: .open),
      LineOperation(time: .start + .minutes(33), line: line, state: .closed),
    ]
    let run = try ExplainedRun(plan, RecordingOptions(interval: .minutes(1)))
    let dead = try run.text(bus: "2", at: .start + .minutes(25))
    #expect(dead.contains("b 0 V (0.00000 pu)"), "\(dead)")
    #expect(dead.contains("line 'line-2' is open, as planned for 2025-01-15 00:21:00 +00:00"))
    #expect(
      dead.contains("because 2025-01-15 00:21:00 +00:00: line 'line-2' was opened as planned"))
    let branch = try run.text(entity: "line-2", at: .start + .minutes(25))
    #expect(branch.contains("branch_current_magnitude  missing"), "\(branch)")
    #expect(branch.contains("missing: the branch was not in operation"))
    let alive = try run.text(bus: "2", at: .start + .minutes(33))
    #expect(alive.contains("line 'line-2' was closed as planned"), "\(alive)")
    #expect(!alive.contains("is open"))
    let before = try run.text(bus: "2", at: .start + .minutes(20))
    #expect(!before.contains("line-2"), "\(before)")
  }

  @Test func aMissingValueSaysWhy() throws {
    let run = try ExplainedRun(
      plan(.missing, peak: 1e6), RecordingOptions(interval: .minutes(1)))
    let text = try run.text(bus: "1", at: .start + .minutes(30))
    #expect(text.contains("bus_voltage_magnitude  missing"), "\(text)")
    #expect(text.contains("note: missing: the last power flow found no solution"))
    #expect(text.contains("a power flow found no solution in 100 sweeps"))
  }

  /// Event 0 is the first power flow, and each minute has a change and a power flow.
  @Test func aHeldValueNamesThePowerFlowThatItIsFrom() throws {
    let run = try ExplainedRun(plan(.hold, peak: 1e6), RecordingOptions(interval: .minutes(1)))
    let text = try run.text(bus: "1", at: .start + .minutes(30))
    #expect(
      text.contains("held: the last power flow found no solution, so an older one stands"),
      "\(text)")
    #expect(text.contains("the held values are those of event 58"), "\(text)")
    #expect(
      text.contains("because 2025-01-15 00:29:00 +00:00: a power flow was solved in"), "\(text)")
    let after = try run.text(bus: "1", at: .start + .minutes(31))
    #expect(!after.contains("held"), "\(after)")
  }

  @Test func whatHappenedInTheWarmUpIsBeforeTheRecording() throws {
    var plan = try plan(minutes: 40)
    plan.warmUp = .minutes(20)
    let run = try ExplainedRun(plan, RecordingOptions(interval: .minutes(1)))
    let text = try run.text(bus: "1", at: .start + .minutes(45))
    #expect(
      text.contains(
        "as 25 times before since 2025-01-15 00:20:00 +00:00\n        because of an event before "
          + "the recording began (event "), "\(text)")
  }

  @Test func aReadingSaysOverWhichTimeItIsAnAverage() throws {
    let run = try ExplainedRun(plan(), RecordingOptions(interval: .minutes(1)))
    let first = try run.text(entity: "m1", at: .start + .minutes(59))
    #expect(
      first.contains("average since 2025-01-15 00:00:00 +00:00, with 30 power flows"), "\(first)")
    #expect(first.contains("meter_voltage                a "), "\(first)")
    let early = try run.text(entity: "m1", at: .start + .minutes(29))
    #expect(early.contains("no reading is recorded at that time or before it"), "\(early)")
  }

  /// A customer is its devices and its meter.
  @Test func aCustomerIsAllThatBelongsToIt() throws {
    let run = try ExplainedRun(plan(), RecordingOptions(interval: .minutes(1)))
    let explanation = try run.explainer().explain(entity: "c2", at: .start + .minutes(40))
    #expect(explanation.parts.map(\.title) == ["last reading of meter m2", "load load-2"])
  }

  @Test func whatIsNotRecordedIsSaid() throws {
    var options = RecordingOptions(
      interval: .minutes(1), variables: ["bus_voltage_magnitude"])
    options.devices = .none
    let run = try ExplainedRun(plan(), options)
    let bus = try run.text(bus: "1", at: .start + .minutes(5))
    #expect(bus.contains("bus_voltage_angle is not recorded in this file"), "\(bus)")
    #expect(bus.contains("a power flow was solved"))
    let line = try run.text(entity: "line-1", at: .start + .minutes(5))
    #expect(line.contains("branch_current_magnitude is not recorded in this file"), "\(line)")
    #expect(throws: TrajectoryError.self) {
      try run.text(entity: "load-1", at: .start + .minutes(5))
    }
  }

  @Test func anUnfinishedFileIsReadAsFarAsItGoes() throws {
    var options = RecordingOptions(interval: .minutes(1))
    options.instantsPerBlock = 7
    let run = try ExplainedRun(plan(), options, givingUpAt: .start + .minutes(30))
    let text = try run.text(bus: "1", at: .start + .minutes(50))
    #expect(text.contains("bus 1, 2025-01-15 00:27:00 +00:00"), "\(text)")
    #expect(text.contains("bus_voltage_magnitude  a 2"), "\(text)")
    #expect(text.contains("the file is unfinished, and its event log "), "\(text)")
  }
}
