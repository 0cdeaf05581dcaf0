internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarHDF5
internal import BusbarOperator
internal import BusbarSimulation
internal import BusbarUnits

/// What the head-end knows and since when, in the group `head_end`: belief, not truth (E-2).
final class HeadEndTables {
  private let interval: Interval
  private let arrivals: ArrivalTables
  private let notices: NoticeTables
  private let time: RowBlock<Int64>
  private let coverage: RealBlock
  private let staleness: [RealBlock]
  private let backlog: RowBlock<Int64>
  private let concentratorBacklog: RealBlock?

  init(
    _ metering: MeteringSetup, _ plan: SimulationPlan, _ maker: DatasetMaker, _ root: HDF5Group,
    _ clock: String
  ) throws(HDF5Error) {
    interval = plan.meteringInterval
    let group = try maker.group("head_end", in: root)
    try Self.writeMap(metering.map, plan, maker, group)
    arrivals = try ArrivalTables(plan, maker, group, clock)
    notices = try NoticeTables(maker, group, clock)
    let axis = try maker.makeTime(
      "head_end_time", in: group, unit: clock, longName: "recording instant, UTC")
    time = axis.block
    func series(_ name: String, _ unit: String, _ longName: String) throws(HDF5Error) -> RealBlock {
      try maker.makeReals(
        name, in: group, unit: unit, longName: longName, precision: .single, time: axis.dataset,
        axes: [], cellMethods: "head_end_time: point")
    }
    coverage = try series(
      "coverage", "1", "share of the meters whose record of the last interval has arrived")
    staleness = [
      try series("staleness_mean", "s", "age of a meter's newest record, mean"),
      try series("staleness_p95", "s", "age of a meter's newest record, 95 % of meters below"),
      try series("staleness_maximum", "s", "age of a meter's newest record, greatest"),
    ]
    backlog = try maker.makeIntegers(
      "backlog", as: Int64.self, in: group, unit: "1",
      longName: "records that were taken and have not arrived", time: axis.dataset
    ).block
    guard !metering.concentrators.isEmpty, let network = plan.communication?.network else {
      concentratorBacklog = nil
      return
    }
    let labels = try maker.makeLabels(
      "concentrator", metering.parties.concentrators.map { network.parties[$0].id }, in: group,
      longName: "concentrator id")
    concentratorBacklog = try maker.makeReals(
      "concentrator_backlog", in: group, unit: "1",
      longName: "records of a concentrator's meters that the head-end has not acknowledged",
      precision: .single, time: axis.dataset, axes: [labels],
      cellMethods: "head_end_time: point")
  }

  /// Writes where the operator believes the meters to be.
  private static func writeMap(
    _ map: MeterMap, _ plan: SimulationPlan, _ maker: DatasetMaker, _ group: HDF5Group
  ) throws(HDF5Error) {
    let grid = plan.solver.network.grid
    let meters = try maker.makeLabels(
      "head_end_meter", plan.meters.map(\.id), in: group, longName: "meter id")
    try maker.makeTexts(
      "believed_bus", map.connections.map { grid.buses[$0.bus].id }, in: group,
      longName: "bus at which the operator's map has the meter", along: meters)
    try maker.makeTexts(
      "believed_phase", map.connections.map { $0.phase?.name ?? "" }, in: group,
      longName: "phase at which the map has a single-phase meter", along: meters)
  }

  func record(_ instant: SimulationTime, _ simulation: Simulation) throws(HDF5Error) {
    guard let headEnd = simulation.headEnd else { return }
    try time.append { $0.append(instant.milliseconds) }
    let row = Int(instant.milliseconds / interval.milliseconds) - 1
    try coverage.append([headEnd.coverage(ofRow: row)?.share ?? (row < 0 ? 1 : 0)])
    let age = headEnd.staleness(at: instant)
    for (block, value) in zip(staleness, [age.mean, age.percentile95, age.maximum]) {
      try block.append([value.seconds])
    }
    try backlog.append { $0.append(Int64(headEnd.backlog(at: instant))) }
    try concentratorBacklog?.append(simulation.concentratorBacklogs.map(Double.init))
  }

  func record(_ arrival: RecordArrival, _ simulation: Simulation) throws(HDF5Error) {
    try arrivals.record(arrival, simulation)
  }

  func record(_ notice: NoticeRecord) throws(HDF5Error) { try notices.record(notice) }
}

/// Each record of a meter that the head-end has, as it came in.
private final class ArrivalTables {
  private static let rowsPerChunk = 4_096
  private let interval: Interval
  private let time: RowBlock<Int64>
  private let meter: RowBlock<Int32>
  private let end: RowBlock<Int64>
  private let stamp: RowBlock<Int64>
  private let late: RowBlock<Int8>
  private let powers: [RealBlock]
  private let voltages: [RealBlock]

  init(
    _ plan: SimulationPlan, _ maker: DatasetMaker, _ group: HDF5Group, _ clock: String
  ) throws(HDF5Error) {
    interval = plan.meteringInterval
    let maker = maker.with(instantsPerBlock: Self.rowsPerChunk)
    let axis = try maker.makeTime(
      "arrival_time", in: group, unit: clock, longName: "arrival of a record, UTC")
    time = axis.block
    meter = try maker.makeIntegers(
      "arrival_meter", as: Int32.self, in: group, unit: nil,
      longName: "position of the meter in head_end_meter, from 0", time: axis.dataset
    ).block
    end = try maker.makeIntegers(
      "arrival_interval_end", as: Int64.self, in: group, unit: clock,
      longName: "true end of the record's interval, UTC", time: axis.dataset
    ).block
    stamp = try maker.makeIntegers(
      "arrival_stamp", as: Int64.self, in: group, unit: clock,
      longName: "end of the record's interval by the meter's own clock, UTC", time: axis.dataset
    ).block
    late = try maker.makeIntegers(
      "arrival_late", as: Int8.self, in: group, unit: nil,
      longName: "whether the record is late", time: axis.dataset, flags: ["timely", "late"]
    ).block
    func reals(_ name: String, _ unit: String, _ longName: String) throws(HDF5Error) -> RealBlock {
      try maker.makeReals(
        name, in: group, unit: unit, longName: longName, precision: .single, time: axis.dataset,
        axes: [], cellMethods: "arrival_time: point")
    }
    let believed = "as the operator believes it, average over the interval"
    powers = [
      try reals("arrival_import_active_power", "W", "active power drawn, \(believed)"),
      try reals("arrival_export_active_power", "W", "active power fed in, \(believed)"),
      try reals("arrival_import_reactive_power", "var", "reactive power drawn, \(believed)"),
      try reals("arrival_export_reactive_power", "var", "reactive power fed in, \(believed)"),
    ]
    voltages = [
      try reals("arrival_voltage_a", "V", "voltage of phase a, \(believed)"),
      try reals("arrival_voltage_b", "V", "voltage of phase b, \(believed)"),
      try reals("arrival_voltage_c", "V", "voltage of phase c, \(believed)"),
    ]
  }

  func record(_ arrival: RecordArrival, _ simulation: Simulation) throws(HDF5Error) {
    try time.append { $0.append(arrival.arrival.milliseconds) }
    try meter.append { $0.append(Int32(arrival.meter.position)) }
    try end.append { $0.append(Int64(arrival.row + 1) * interval.milliseconds) }
    try stamp.append { $0.append(arrival.stamp.milliseconds) }
    try late.append { $0.append(arrival.isLate ? 1 : 0) }
    let reading = simulation.believedReading(of: arrival.meter, row: Int(arrival.row))
    let values = reading.map {
      [
        $0.importedActiveWatts, $0.exportedActiveWatts, $0.importedReactiveVars,
        $0.exportedReactiveVars,
      ]
    }
    let volts = reading.map { [$0.volts.0, $0.volts.1, $0.volts.2] }
    let phases: [Conductor] = [.a, .b, .c]
    let measured = simulation.plan.meters[arrival.meter.position].conductors
    for (place, block) in powers.enumerated() {
      try block.append([values?[place] ?? MissingValue.number])
    }
    for (place, block) in voltages.enumerated() {
      try block.append([
        measured.contains(phases[place])
          ? volts?[place] ?? MissingValue.number : MissingValue.number
      ])
    }
  }
}

/// What meters report besides records: overruns, injection, loss of supply (D-12, I-15).
private final class NoticeTables {
  private let time: RowBlock<Int64>
  private let kind: RowBlock<Int8>
  private let meter: RowBlock<Int32>
  private let value: RealBlock
  private let stamp: RowBlock<Int64>

  private static let kinds = [
    "supply_lost", "supply_returned", "request_rejected", "pcoup", "stge", "sinsti", "power",
    "not_answering",
  ]

  init(_ maker: DatasetMaker, _ group: HDF5Group, _ clock: String) throws(HDF5Error) {
    let maker = maker.with(instantsPerBlock: 1_024)
    let axis = try maker.makeTime(
      "notice_time", in: group, unit: clock, longName: "when the notice was learned, UTC")
    time = axis.block
    kind = try maker.makeIntegers(
      "notice_kind", as: Int8.self, in: group, unit: nil, longName: "what was learned",
      time: axis.dataset, flags: Self.kinds
    ).block
    meter = try maker.makeIntegers(
      "notice_meter", as: Int32.self, in: group, unit: nil,
      longName: "position of the meter in head_end_meter, from 0", time: axis.dataset
    ).block
    value = try maker.makeReals(
      "notice_power", in: group, unit: "W", longName: "the power that the notice tells",
      precision: .single, time: axis.dataset, axes: [], cellMethods: "notice_time: point")
    stamp = try maker.makeIntegers(
      "notice_stamp", as: Int64.self, in: group, unit: clock,
      longName: "when the meter wrote it by its own clock, UTC", time: axis.dataset
    ).block
  }

  func record(_ record: NoticeRecord) throws(HDF5Error) {
    let content = Self.content(of: record)
    try time.append { $0.append(record.time.milliseconds) }
    try kind.append { $0.append(content.kind) }
    try meter.append { $0.append(Int32(content.meter.position)) }
    try value.append([content.watts.map(Double.init) ?? MissingValue.number])
    try stamp.append { $0.append(content.stamp.milliseconds) }
  }

  private struct Content {
    var kind: Int8
    var meter: Index<SmartMeter>
    var watts: Float?
    var stamp: SimulationTime
  }

  private static func content(of record: NoticeRecord) -> Content {
    switch record.notice {
    case .supplyLost(let meter, let stamp): Content(kind: 0, meter: meter, stamp: stamp)
    case .supplyReturned(let meter, let stamp): Content(kind: 1, meter: meter, stamp: stamp)
    case .requestRejected(let meter, _, _, let stamp):
      Content(kind: 2, meter: meter, stamp: stamp)
    case .cutOffPower(let meter, let watts, let stamp):
      Content(kind: 3, meter: meter, watts: watts, stamp: stamp)
    case .overrun(let meter, let watts, let stamp):
      Content(kind: 4, meter: meter, watts: watts, stamp: stamp)
    case .injection(let meter, let watts, let stamp):
      Content(kind: 5, meter: meter, watts: watts, stamp: stamp)
    case .power(let meter, let watts, let stamp):
      Content(kind: 6, meter: meter, watts: watts, stamp: stamp)
    case .notAnswering(let meter, _): Content(kind: 7, meter: meter, stamp: record.time)
    }
  }
}
