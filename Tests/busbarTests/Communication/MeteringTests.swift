import BusbarDevices
import BusbarEvents
import BusbarMessaging
import BusbarSimulation
import BusbarTestSupport
import BusbarUnits
import Foundation
import Testing

/// Readings that travel from the meters over a concentrator to the head-end.
struct MeteringCommunicationTests {
  private static let collection = """
      head_end: {}
      concentrators:
        - {id: DTC, bus: lv}

    """

  private static func small(
    _ text: String = collection, _ change: (inout SmallScenario) -> Void = { _ in }
  ) -> SmallScenario {
    var small = SmallScenario()
    small.communicate(text)
    change(&small)
    return small
  }

  /// E-15: poll, answer, batch, acknowledgement, in that order; the first half-hour as text.
  @Test func aPollCycleReadsOneMeterAfterTheOther() throws {
    let plan = try Self.small().plan()
    let run = CommunicationRun(plan, through: .start + .minutes(36))
    let first = run.timeline.map { line in
      // Without the times: who says what to whom.
      line.split(separator: " ").dropFirst(2).prefix(2).joined(separator: " ")
    }
    #expect(
      first == [
        // Each cycle begins with another meter, so that none is always the last.
        "DTC>meter-3: read_request", "meter-3>DTC: half_hourly_record",
        "DTC>meter-1: read_request", "meter-1>DTC: half_hourly_record",
        "DTC>meter-2: read_request", "meter-2>DTC: half_hourly_record", "DTC>head-end: batch",
        "head-end>DTC: acknowledge_batch",
      ])
    // The PLC segment carries one frame at a time.
    let segment = run.messages.prefix(6)
    for (one, other) in zip(segment, segment.dropFirst()) {
      #expect(try #require(one.transmission.arrival) <= other.time)
    }
    #expect(run.arrivals == 3)
  }

  /// A day of three meters: 47 half-hours can arrive before the end, and do.
  @Test func everyReadingArrivesWithoutLoss() throws {
    let run = CommunicationRun(try Self.small().plan())
    #expect(run.arrivals == 3 * 47)
    #expect(run.simulation.headEnd?.state.counts.duplicates == 0)
  }

  /// Retry until acknowledged: with a third of all messages lost, readings come late, not never.
  @Test func lossesDelayReadingsButLoseNone() throws {
    let plan = try Self.small {
      $0.addToCommunication("link_classes", "{id: plc_prime, loss: 30 %}")
    }.plan()
    let run = CommunicationRun(plan)
    #expect(run.messages.count { $0.transmission.loss == .chance } > 50)
    let missing = 3 * 48 - run.arrivals
    #expect(missing <= 9, "only the last intervals may still be on their way: \(missing)")
  }

  /// A concentrator's uplink that is cut for an hour leaves a backlog that decays afterwards.
  @Test func anOutageLeavesABacklogThatDecays() throws {
    let plan = try Self.small {
      $0.addToCommunication(
        "faults", "{id: cut, medium: DTC/uplink, kind: drop, from: 10 h, until: 11 h}")
    }.plan()
    var run = CommunicationRun(plan, through: .start + .hours(10))
    var backlogs: [Int] = []
    for quarter: Int64 in 1...8 {
      run.go(on: .start + .minutes(600 + 15 * quarter))
      backlogs.append(run.simulation.headEnd?.backlog(at: run.simulation.now) ?? -1)
    }
    #expect(backlogs.max() == 9, "three half-hours of three meters: \(backlogs)")
    #expect(try #require(backlogs.last) <= 3)
    #expect(run.messages.contains { $0.transmission.loss == .injected })
  }

  /// I-15, E-1: meters behind an opened line say so with their last gasp, and come back.
  @Test func aMeterWithoutSupplyGaspsAndFallsSilent() throws {
    let plan = try Self.small {
      $0.addSwitching("cable-3,10 h,open\ncable-3,12 h,closed")
    }.plan()
    let run = CommunicationRun(plan)
    let supply = run.notices.compactMap { record -> String? in
      switch record.notice {
      case .supplyLost(let meter, _): "\(meter.position) lost"
      case .supplyReturned(let meter, _): "\(meter.position) returned"
      default: nil
      }
    }
    #expect(supply == ["2 lost", "2 returned"])
    let dark = run.messages.filter {
      $0.time > .start + .hours(10) + .seconds(1) && $0.time < .start + .hours(12)
    }
    #expect(dark.contains { $0.transmission.loss == .supply })
    #expect(run.simulation.headEnd?.state.counts.absent == 4, "two hours without a record")
  }

  /// D-12: STGE every 10 s while the contracted power is exceeded.
  @Test func anOverrunIsReportedEveryTenSeconds() throws {
    let plan = try Self.small {
      $0.replace(
        "interval: 30 min", by: "interval: 30 min\n  real_time: collector", in: "scenario.yaml")
      $0["customers.csv"] = $0["customers.csv"].replacing(
        ",meter\n", with: ",meter,contracted_power_kw\n"
      )
      .replacing("meter-1\n", with: "meter-1,20\n").replacing("meter-2\n", with: "meter-2,9\n")
      .replacing("meter-3\n", with: "meter-3,9\n")
    }.plan()
    // The oven draws 24 kW at 4 h and 5 h, and less before and after.
    let run = CommunicationRun(plan, through: .start + .hours(8))
    let overruns = run.messages.filter {
      MessageRecord.kinds[$0.kind] == "stge" && $0.link.position >= 0
    }
    let sent = overruns.map(\.time).filter { time in overruns.contains { $0.time == time } }
    let first = try #require(sent.first)
    #expect(first >= .start + .hours(3))
    let meterLink = overruns[0].link
    let own = overruns.filter { $0.link == meterLink }.map(\.time)
    #expect(own.count > 700, "two hours and more, every 10 s: \(own.count)")
    #expect(zip(own, own.dropFirst()).allSatisfy { $1 - $0 == .seconds(10) })
    #expect(run.notices.contains { if case .overrun = $0.notice { true } else { false } })
  }

  /// E-17: 20 ppm are 1.728 s a day, and a synchronisation takes them away.
  @Test func clocksDriftAndAreSet() throws {
    let drifting = try Self.small {
      $0.replace(
        "interval: 30 min", by: "interval: 30 min\n  clock_drift_ppm: 100", in: "scenario.yaml")
    }.plan()
    let error = try Self.clockError(drifting)
    #expect(error > 1)
    let set = try Self.small(
      "  head_end: {synchronisation_period: 6 h}\n  concentrators:\n    - {id: DTC, bus: lv}\n"
    ) {
      $0.replace(
        "interval: 30 min", by: "interval: 30 min\n  clock_drift_ppm: 100", in: "scenario.yaml")
    }.plan()
    // A quarter of the day's drift is left at most, and some milliseconds of the message's way.
    #expect(try Self.clockError(set) < error / 3 + 0.1)
  }

  /// The largest error of a time stamp, in s, late in the day.
  private static func clockError(_ plan: SimulationPlan) throws -> Double {
    var simulation = Simulation(plan)
    while case .powerFlow = simulation.advance(through: plan.end) { simulation.solvePendingFlow() }
    let arrivals = simulation.takeCommunicationRecords().arrivals
    #expect(!arrivals.isEmpty)
    return arrivals.filter { $0.row > 40 }.map { arrival in
      abs(
        (arrival.stamp - SimulationTime(milliseconds: Int64(arrival.row + 1) * 1_800_000)).seconds)
    }.max() ?? 0
  }

  /// Contract, clause 5: another customer changes nobody's draws, and so no message of the others
  /// where they do not share a line.
  @Test func anotherMeterChangesNoDrawOfTheOthers() throws {
    func plan(_ extra: String) throws -> SimulationPlan {
      try Self.small("  head_end: {}\n") {
        $0.replace(
          "interval: 30 min",
          by: "interval: 30 min\n  push_period: 1 h\n  push_window: 20 min\n  clock_drift_ppm: 50",
          in: "scenario.yaml")
        $0["customers.csv"] += extra
        $0.addToCommunication(
          "link_classes",
          "{id: gprs, loss: 20 %, latency: 300 ms, latency_law: lognormal, latency_sigma: 0.5}")
      }.plan()
    }
    let before = CommunicationRun(try plan(""))
    let after = CommunicationRun(try plan("attic,end-3,a,meter-0\n"))
    let own = { (run: CommunicationRun) in
      run.timeline.filter { !$0.contains("meter-0") }
    }
    #expect(own(before).count > 150)
    #expect(own(before) == own(after))
    #expect(after.messages.count > before.messages.count)
  }

  /// Contract, clause 5: a longer run extends a shorter one.
  @Test func aSecondDayLeavesTheFirstUnchanged() throws {
    func plan(_ duration: String) throws -> SimulationPlan {
      try Self.small {
        $0.dropProfiles()
        $0.addToCommunication("link_classes", "{id: plc_prime, loss: 20 %}")
      }.plan(overrides: ["duration=\(duration)"])
    }
    let one = CommunicationRun(try plan("24 h"))
    let two = CommunicationRun(try plan("48 h"))
    // The end of the run is an instant of observation only, which the longer run goes on from.
    let inside = { (run: CommunicationRun) in
      run.messages.filter { $0.time < .start + .hours(24) }
    }
    #expect(inside(one).count > 100)
    #expect(inside(one) == inside(two))
    #expect(two.messages.count > inside(two).count)
  }

  /// Contract, clause 6, with polls, batches and losses under way.
  @Test(arguments: [1_850_007, 30_000_000, 36_012_345, 37_900_000] as [Int64])
  func aCheckpointKeepsTheMeteringGoing(milliseconds: Int64) throws {
    let plan = try Self.small {
      $0.addToCommunication("link_classes", "{id: plc_prime, loss: 20 %}")
      $0.addToCommunication(
        "faults", "{id: cut, medium: DTC/uplink, kind: drop, from: 10 h, until: 11 h}")
    }.plan()
    let whole = CommunicationRun(plan)
    var part = CommunicationRun(plan, through: SimulationTime(milliseconds: milliseconds))
    part.simulation = try Simulation(plan, restoring: part.simulation.encodedState())
    part.go(on: plan.end)
    #expect(part.simulation.eventHash == whole.simulation.eventHash)
    #expect(part.messages == whole.messages)
    #expect(part.arrivals == whole.arrivals)
  }

  /// E-2: the operator's map has errors, the physics has not.
  @Test func theMapMayBeWrongAboutAPhase() throws {
    let plan = try Self.small {
      $0["customers.csv"] = $0["customers.csv"].replacing(
        ",meter\n", with: ",meter,mapped_phases\n"
      )
      .replacing("meter-1\n", with: "meter-1,\n").replacing("meter-2\n", with: "meter-2,c\n")
      .replacing("meter-3\n", with: "meter-3,\n")
    }.plan()
    let map = try #require(plan.communication?.metering?.map)
    #expect(map.connections.map { $0.phase?.name } == [nil, "c", "a"])
    #expect(plan.meters[1].conductors == .b)
  }
}

/// Meters that are told something by a process, and tell of it (D-12, U-17).
struct CutOffPowerTests {
  @Test func aChangedCutOffPowerIsReportedAndWatchedFromThenOn() throws {
    var small = SmallScenario()
    small.replace(
      "interval: 30 min", by: "interval: 30 min\n  real_time: collector", in: "scenario.yaml")
    small.communicate(
      """
        head_end: {}
        concentrators:
          - {id: DTC, bus: lv}
        processes:
          - {id: reduction, first: 19 h}
        process_steps:
          - {process: reduction, step: 1, from: head-end, to: meter-2, message: control_signals,
             meter: meter-2, cut_off_power: 1 kW}

      """)
    let run = CommunicationRun(try small.plan())
    let reports = run.messages.compactMap { record -> (String, SimulationTime)? in
      let kind = MessageRecord.kinds[record.kind]
      return ["pcoup", "stge"].contains(kind) ? (kind, record.time) : nil
    }
    let first = try #require(reports.first)
    #expect(first.0 == "pcoup")
    // Over GPRS and PLC: less than two seconds after the process has begun.
    #expect(first.1 > .start + .hours(19) && first.1 < .start + .hours(19) + .seconds(2))
    // The flat draws 2.5 kW times 1.0, 0.9, 0.7 and 0.5 from 19 h on, and 0.3 at 23 h.
    let overruns = reports.filter { $0.0 == "stge" }.map(\.1)
    #expect(overruns.count > 2 * 1_400, "four hours every 10 s, each over two hops")
    #expect(try #require(overruns.max()) < .start + .hours(23) + .seconds(12))
  }
}
