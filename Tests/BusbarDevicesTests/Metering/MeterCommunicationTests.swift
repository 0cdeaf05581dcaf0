import BusbarDevices
import BusbarEvents
import BusbarUnits
import Foundation
import Testing

struct MeterCommunicationTests {
  private typealias Samples = MeteringSamples
  private let meter = Index<SmartMeter>(2)

  /// What the third meter answers to a request of the head-end.
  private func answers(
    _ rows: RowRange, group: Index<MeterGroup>? = nil, from sender: MeteringAddress = .headEnd,
    silent: Set<Int> = []
  ) -> [String] {
    var fleet = Samples.fleet { plan in
      plan.groups = [MeterGroup(id: "street", members: [Index(0), Index(1)])]
    }
    var clocks = MeterClocks(
      ids: Samples.ids,
      quality: MeterClockQuality(
        initialOffset: .constant(500), drift: .constant(0), residual: .constant(0)), seed: 1)
    var actions: [MeteringAction] = []
    fleet.receive(
      .readRequest(meter, rows, group), from: sender, at: .second(9_100),
      memory: Samples.memory(rows: 5, silent: silent), clocks: &clocks, into: &actions)
    return Samples.messages(actions)
  }

  /// E-16: data.
  @Test func aRequestForRecordedRowsIsAnsweredWithThem() {
    #expect(
      answers(RowRange(1, through: 3))
        == ["meter 2 -> head-end: HalfHourlyRecord 2 rows 1...3 (answer)"])
  }

  /// E-16: rejected, with the error type and the time on the meter's own clock.
  @Test(arguments: [
    (RowRange(3, through: 1), "rows 3...1 malformedRange"),
    (RowRange(-1, through: 1), "rows -1...1 malformedRange"),
    (RowRange(3, through: 5), "rows 3...5 notYetRecorded"),
  ])
  func aWrongRequestIsRejectedWithErrorAndTime(rows: RowRange, what: String) {
    #expect(
      answers(rows) == ["meter 2 -> head-end: ReadReject 2 \(what) at 9100500 ms"])
  }

  /// E-3, E-16: the meter knows best to which groups it belongs.
  @Test(arguments: [0, 9])
  func aRequestToAGroupOfOthersIsRejected(group: Int) {
    #expect(
      answers(RowRange(0, through: 0), group: Index(group))
        == ["meter 2 -> head-end: ReadReject 2 rows 0...0 notInGroup at 9100500 ms"])
  }

  @Test func aStrangerIsRejected() {
    let stranger = MeteringAddress.concentrator(Index(4))
    #expect(
      answers(RowRange(0, through: 0), from: stranger)
        == ["meter 2 -> concentrator 4: ReadReject 2 rows 0...0 notAuthorised at 9100500 ms"])
  }

  /// E-16: no data found.
  @Test func aMeterThatRegisteredNothingHasNoData() {
    #expect(
      answers(RowRange(1, through: 3), silent: [2])
        == ["meter 2 -> head-end: NoData 2 rows 1...3"])
  }

  /// E-16: lost; a meter without supply is as silent as a lost message.
  @Test func aMeterWithoutSupplyDoesNotAnswer() {
    var fleet = Samples.fleet()
    var clocks = Samples.exactClocks()
    var actions: [MeteringAction] = []
    fleet.supply(of: meter, is: .lost, at: .second(10), clocks: clocks, into: &actions)
    actions.removeAll()
    fleet.receive(
      .readRequest(meter, RowRange(0, through: 0), nil), from: .headEnd, at: .second(2_000),
      memory: Samples.memory(rows: 1), clocks: &clocks, into: &actions)
    #expect(actions.isEmpty)
    #expect(fleet.state.counts.unheard == 1)
  }

  /// E-1, I-15: a last gasp once, and none while the store of energy is empty.
  @Test func aMeterGaspsOnceForEachChargeOfItsStore() {
    var fleet = Samples.fleet { $0.lastGaspRecharge = .minutes(10) }
    let clocks = Samples.exactClocks()
    var actions: [MeteringAction] = []
    for (second, supply) in [
      (100, SupplyState.lost), (110, .lost), (200, .present), (300, .lost), (400, .present),
      (2_000, .lost),
    ] {
      fleet.supply(
        of: meter, is: supply, at: .second(Int64(second)), clocks: clocks, into: &actions)
    }
    #expect(
      actions.map(\.description) == [
        "meter 2 -> head-end: LastGasp 2", "meter 2 -> head-end: SupplyReturn 2",
        "meter 2 -> head-end: SupplyReturn 2", "meter 2 -> head-end: LastGasp 2",
      ])
  }

  @Test func aRowKnowsWhoLostItsSupplyDuringIt() {
    var fleet = Samples.fleet()
    let clocks = Samples.exactClocks()
    var actions: [MeteringAction] = []
    fleet.supply(of: Index(0), is: .lost, at: .second(5), clocks: clocks, into: &actions)
    fleet.supply(of: Index(0), is: .present, at: .second(6), clocks: clocks, into: &actions)
    fleet.supply(of: Index(1), is: .lost, at: .second(7), clocks: clocks, into: &actions)
    #expect(fleet.interrupted == [true, true, false, false])
    fleet.beginRow()
    #expect(fleet.interrupted == [false, true, false, false])
  }

  /// E-17.
  @Test func aTimeSyncSetsTheClock() {
    var fleet = Samples.fleet()
    var clocks = MeterClocks(
      ids: Samples.ids,
      quality: MeterClockQuality(
        initialOffset: .constant(9_000), drift: .constant(0), residual: .constant(7)), seed: 1)
    var actions: [MeteringAction] = []
    fleet.receive(
      .timeSync(meter), from: .headEnd, at: .second(60), memory: Samples.memory(rows: 0),
      clocks: &clocks, into: &actions)
    #expect(clocks.error(of: meter, at: .second(60)) == Interval(milliseconds: 7))
    #expect(clocks.error(of: Index(1), at: .second(60)) == .seconds(9))
  }
}

struct MeterGroupTests {
  @Test func theOrderOfMembersDoesNotMatter() {
    let members: [Index<SmartMeter>] = [Index(5), Index(1), Index(5), Index(3)]
    let group = MeterGroup(id: "g", members: members)
    #expect(group.members.map(\.position) == [1, 3, 5])
    #expect((0..<7).filter { group.contains(Index($0)) } == [1, 3, 5])
  }

  /// E-3: of 10,000 meters a share of 0.2 is 2,000, with a standard deviation of 40.
  @Test func aSamplePopulationHasItsShare() {
    let ids = (0..<10_000).map { "meter-\($0)" }
    let sample = MeterGroup(id: "sample", share: 0.2, of: ids, seed: 11)
    #expect(abs(sample.members.count - 2_000) < 5 * 40)
    let fewer = MeterGroup(id: "sample", share: 0.2, of: Array(ids.prefix(500)), seed: 11)
    #expect(fewer.members == sample.members.filter { $0.position < 500 })
  }
}
