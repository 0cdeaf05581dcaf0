import BusbarDevices
import BusbarEvents
import BusbarMessaging
import BusbarUnits
import Foundation
import Testing

struct ConcentratorTests {
  private func plan(
    meters: Int = 3, capacity: Int = 2, limit: Int? = 2, rows: Int = 48, batch: Int = 100
  ) -> ConcentratorPlan {
    ConcentratorPlan(
      index: Index(0), meters: (0..<meters).map { Index($0) }, rowInterval: .minutes(30),
      poll: PollSchedule(
        period: .hours(1), offset: .hours(1), capacity: capacity, rowsPerRequest: rows,
        retry: RetryPolicy(firstWait: .seconds(10), attemptLimit: limit)),
      uplink: UplinkSchedule(
        period: .hours(1), offset: .minutes(90), recordsPerBatch: batch,
        retry: RetryPolicy(firstWait: .seconds(30))))
  }

  private func records(_ meter: Int, _ first: Int, _ last: Int) -> MeteringPayload {
    .halfHourlyRecords(Index(meter), RowRange(first, through: last), .answer)
  }

  /// Never more than two questions at once; an answer makes room for the next.
  @Test func theCapacityLimitsHowManyAreAskedAtOnce() {
    var concentrator = Concentrator(plan())
    var actions: [MeteringAction] = []
    concentrator.wake(.poll(Index(0)), at: .second(3_600), into: &actions)
    #expect(concentrator.askedCount == 2)
    concentrator.receive(
      records(0, 0, 1), from: .meter(Index(0)), at: .second(3_602), into: &actions)
    #expect(concentrator.askedCount == 2)
    #expect(
      actions.map(\.description) == [
        "wake poll 0 at 7200000 ms", "concentrator 0 -> meter 0: ReadRequest 0 rows 0...1",
        "concentrator 0 -> meter 1: ReadRequest 1 rows 0...1", "wake answer 0 at 3610000 ms",
        "concentrator 0 -> meter 2: ReadRequest 2 rows 0...1",
      ])
  }

  /// E-15: who does not answer is asked again after the others, and given up for the cycle.
  @Test func aSilentMeterDelaysNobodyAndIsGivenUpForTheCycle() {
    var concentrator = Concentrator(plan(capacity: 1))
    var actions: [MeteringAction] = []
    concentrator.wake(.poll(Index(0)), at: .second(3_600), into: &actions)
    concentrator.wake(.answer(Index(0)), at: .second(3_610), into: &actions)
    for meter in [1, 2] {
      concentrator.receive(
        records(meter, 0, 1), from: .meter(Index(meter)), at: .second(3_611), into: &actions)
    }
    concentrator.wake(.answer(Index(0)), at: .second(3_621), into: &actions)
    #expect(
      MeteringSamples.messages(actions).dropLast() == [
        "concentrator 0 -> meter 0: ReadRequest 0 rows 0...1",
        "concentrator 0 -> meter 1: ReadRequest 1 rows 0...1",
        "concentrator 0 -> meter 2: ReadRequest 2 rows 0...1",
        "concentrator 0 -> meter 0: ReadRequest 0 rows 0...1",
      ])
    #expect(actions.last == .announce(.notAnswering(Index(0), Index(0))))
    #expect(concentrator.askedCount == 0)
    // The next cycle begins one meter further on and still asks the silent one.
    actions.removeAll()
    concentrator.wake(.poll(Index(0)), at: .second(7_200), into: &actions)
    #expect(
      MeteringSamples.messages(actions)
        == ["concentrator 0 -> meter 1: ReadRequest 1 rows 2...3"])
    #expect(concentrator.backlog(at: .second(7_200)) == 4 + 2 + 2 + 4)
  }

  /// After an outage of its meters for four rows, a backlog goes in parts, shared fairly.
  @Test func aBacklogIsAskedForInPartsInTurn() {
    var concentrator = Concentrator(plan(meters: 2, capacity: 1, rows: 2))
    var actions: [MeteringAction] = []
    concentrator.wake(.poll(Index(0)), at: .second(7_200), into: &actions)
    for (meter, first) in [(0, 0), (1, 0), (0, 2), (1, 2)] {
      concentrator.receive(
        records(meter, first, first + 1), from: .meter(Index(meter)), at: .second(7_205),
        into: &actions)
    }
    #expect(
      MeteringSamples.messages(actions) == [
        "concentrator 0 -> meter 0: ReadRequest 0 rows 0...1",
        "concentrator 0 -> meter 1: ReadRequest 1 rows 0...1",
        "concentrator 0 -> meter 0: ReadRequest 0 rows 2...3",
        "concentrator 0 -> meter 1: ReadRequest 1 rows 2...3",
      ])
    #expect(concentrator.backlog(at: .second(7_205)) == 8)
  }

  /// E-15: a batch is kept and repeated until acknowledged, unchanged.
  @Test func aBatchIsRepeatedUntilAcknowledged() {
    var concentrator = Concentrator(plan())
    var actions: [MeteringAction] = []
    concentrator.receive(
      records(1, 0, 1), from: .meter(Index(1)), at: .second(3_700), into: &actions)
    actions.removeAll()
    concentrator.wake(.uplink(Index(0)), at: .second(5_400), into: &actions)
    concentrator.receive(
      records(2, 0, 1), from: .meter(Index(2)), at: .second(5_410), into: &actions)
    concentrator.wake(.batch(Index(0)), at: .second(5_430), into: &actions)
    #expect(concentrator.outbox == [RecordRun(meter: Index(1), rows: RowRange(0, through: 1))])
    concentrator.receive(
      .acknowledgeBatch(Index(0), number: 1), from: .headEnd, at: .second(5_440), into: &actions)
    concentrator.wake(.batch(Index(0)), at: .second(5_460), into: &actions)
    #expect(concentrator.outbox.isEmpty)
    concentrator.wake(.uplink(Index(0)), at: .second(9_000), into: &actions)
    #expect(
      MeteringSamples.messages(actions) == [
        "concentrator 0 -> head-end: Batch 0 number 1 with 2 records",
        "concentrator 0 -> head-end: Batch 0 number 1 with 2 records",
        "concentrator 0 -> head-end: Batch 0 number 2 with 2 records",
      ])
  }

  /// E-15: a push is acknowledged, also one that came before.
  @Test func aPushIsAcknowledgedEachTimeAndStoredOnce() {
    var concentrator = Concentrator(plan())
    var actions: [MeteringAction] = []
    for second in [3_700, 3_760] {
      concentrator.receive(
        .halfHourlyRecords(Index(1), RowRange(0, through: 1), .push), from: .meter(Index(1)),
        at: .second(Int64(second)), into: &actions)
    }
    let acknowledgements = MeteringSamples.messages(actions).filter { $0.contains("Ack") }
    #expect(acknowledgements.count == 2)
    #expect(concentrator.state.counts.duplicates == 2)
    concentrator.wake(.uplink(Index(0)), at: .second(5_400), into: &actions)
    #expect(concentrator.outbox.count == 1)
  }

  @Test func withoutSupplyItIsDeafAndKeepsWhatItHas() {
    var concentrator = Concentrator(plan())
    var actions: [MeteringAction] = []
    concentrator.receive(
      records(1, 0, 1), from: .meter(Index(1)), at: .second(3_700), into: &actions)
    concentrator.supply(is: .lost)
    actions.removeAll()
    concentrator.receive(
      records(2, 0, 1), from: .meter(Index(2)), at: .second(3_701), into: &actions)
    concentrator.wake(.uplink(Index(0)), at: .second(5_400), into: &actions)
    concentrator.wake(.poll(Index(0)), at: .second(7_200), into: &actions)
    #expect(MeteringSamples.messages(actions).isEmpty)
    concentrator.supply(is: .present)
    concentrator.wake(.uplink(Index(0)), at: .second(9_000), into: &actions)
    #expect(concentrator.outbox.map(\.meter.position) == [1])
  }

  /// U-3: the substation's own channels need no message.
  @Test func itsOwnChannelsGoAlongWithTheBatch() {
    var own = plan()
    own.substationMeter = Index(9)
    var concentrator = Concentrator(own)
    var actions: [MeteringAction] = []
    concentrator.wake(.uplink(Index(0)), at: .second(5_400), into: &actions)
    #expect(concentrator.outbox == [RecordRun(meter: Index(9), rows: RowRange(0, through: 2))])
  }

  @Test func aDecodedConcentratorGoesOnLikeTheOriginal() throws {
    var original = Concentrator(plan())
    var actions: [MeteringAction] = []
    original.wake(.poll(Index(0)), at: .second(3_600), into: &actions)
    original.receive(
      records(1, 0, 1), from: .meter(Index(1)), at: .second(3_603), into: &actions)
    let state = try JSONDecoder().decode(
      Concentrator.State.self, from: JSONEncoder().encode(original.state))
    var resumed = Concentrator(original.plan, resuming: state)
    var (one, other): ([MeteringAction], [MeteringAction]) = ([], [])
    for second in [3_610, 3_613, 3_620, 3_623] {
      original.wake(.answer(Index(0)), at: .second(Int64(second)), into: &one)
      resumed.wake(.answer(Index(0)), at: .second(Int64(second)), into: &other)
    }
    original.wake(.uplink(Index(0)), at: .second(5_400), into: &one)
    resumed.wake(.uplink(Index(0)), at: .second(5_400), into: &other)
    #expect(one == other)
    #expect(one.count > 5)
    #expect(original.state == resumed.state)
  }
}

struct MessageSizeTests {
  /// One record in an answer: envelope 27, header 6, record 47; the second record adds 47.
  @Test func eachRecordAddsItsOwnBytes() {
    let sizes = MessageSizes()
    func bytes(_ rows: Int) -> Int32 {
      sizes.bytes(of: .halfHourlyRecords(Index(0), RowRange(0, through: rows - 1), .answer))
    }
    #expect(bytes(1) == 80)
    #expect(bytes(2) == 127)
  }

  @Test func aPayloadFitsIntoFourWords() {
    #expect(MemoryLayout<MeteringPayload>.size <= 32)
  }
}
