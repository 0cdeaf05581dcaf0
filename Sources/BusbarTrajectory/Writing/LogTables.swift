internal import BusbarEvents
internal import BusbarGrid
internal import BusbarHDF5
internal import BusbarSimulation

/// Power flows in the group `solver`, a row for each.
final class SolverTables {
  private static let rowsPerChunk = 1_024
  private let time: RowBlock<Int64>
  private let iterations: RowBlock<Int32>
  private let mismatch: RowBlock<Double>
  private let status: RowBlock<Int8>

  init(_ maker: DatasetMaker, _ root: HDF5Group, _ clock: String) throws(HDF5Error) {
    let group = try maker.group("solver", in: root)
    let rows = Self.rowsPerChunk
    let axis = try maker.makeTime(
      "solver_time", in: group, unit: clock, longName: "instant of the power flow, UTC",
      rowsPerChunk: rows)
    time = axis.block
    iterations = try maker.makeIntegers(
      "solver_iterations", as: Int32.self, in: group, unit: "1", longName: "sweeps made",
      time: axis.dataset, rowsPerChunk: rows
    ).block
    mismatch = try maker.makeIntegers(
      "solver_mismatch", as: Double.self, in: group, unit: "1",
      longName: "largest voltage change of the last sweep, relative to the nominal voltage",
      time: axis.dataset, rowsPerChunk: rows
    ).block
    status = try maker.makeIntegers(
      "solver_status", as: Int8.self, in: group, unit: nil,
      longName: "what the tables hold after the power flow", time: axis.dataset,
      flags: SolutionStatus.names, rowsPerChunk: rows
    ).block
  }

  func record(_ flow: FlowRecord) throws(HDF5Error) {
    try time.append { $0.append(flow.time.milliseconds) }
    try iterations.append { $0.append(Int32(clamping: flow.iterations)) }
    try mismatch.append { $0.append(flow.mismatch) }
    try status.append { $0.append(flow.status.rawValue) }
  }

}

/// All events in the group `events`, in the order in which they happened.
final class EventTables {
  private static let rowsPerChunk = 1_024
  private let time: RowBlock<Int64>
  private let round: RowBlock<Int32>
  private let phase: RowBlock<Int8>
  private let kind: RowBlock<Int8>
  private let target: RowBlock<Int64>
  private let ordinal: RowBlock<Int64>
  private let outcome: RowBlock<Int64>
  private let number: RowBlock<Int64>
  private let cause: RowBlock<Int64>

  init(
    _ maker: DatasetMaker, _ root: HDF5Group, _ clock: String, _ plan: SimulationPlan
  ) throws(HDF5Error) {
    let group = try maker.group("events", in: root)
    let rows = Self.rowsPerChunk
    let axis = try maker.makeTime(
      "event_time", in: group, unit: clock, longName: "instant of the event, UTC",
      rowsPerChunk: rows)
    time = axis.block

    func column<Value: HDF5Scalar>(
      _ name: String, _ type: Value.Type, _ longName: String, flags: [String] = [],
      describing describe: (HDF5Dataset) throws(HDF5Error) -> Void = { _ in }
    ) throws(HDF5Error) -> RowBlock<Value> {
      try maker.makeIntegers(
        name, as: type, in: group, unit: nil, longName: longName, time: axis.dataset,
        flags: flags, rowsPerChunk: rows, describing: describe
      ).block
    }
    round = try column("event_round", Int32.self, "round within the instant")
    phase = try column(
      "event_phase", Int8.self, "phase within the round",
      flags: EventPhase.allCases.map { "\($0)" })
    kind = try column("event_kind", Int8.self, "what was done", flags: SimulationEvent.kinds)
    target = try column("event_target", Int64.self, "index of the entity concerned") {
      (targets) throws(HDF5Error) in
      // The targets by kind of event, from 0, so that a reader of the file alone can name them.
      for (name, ids) in [
        ("controls", plan.controls.map(\.id)), ("fleets", plan.fleets.map(\.kind)),
      ] where !ids.isEmpty {
        try targets.setAttribute(name, to: ids.joined(separator: "\n"))
      }
    }
    ordinal = try column("event_ordinal", Int64.self, "the sender's own counter")
    outcome = try column(
      "event_outcome", Int64.self,
      "1 when the demand changed, the meters that were read, the sweeps that were made, or the tap "
        + "position or closed steps after a control's action, or the number of a transmission")
    number = try column("event_number", Int64.self, "number of the event in the run, from 0")
    cause = try column(
      "event_cause", Int64.self,
      "number of the event that brought this one about; -1 for the scenario")
    try Self.writeOperations(plan, maker, group, clock)
  }

  /// Names the line of each planned operation, to which `event_ordinal` points.
  ///
  /// As datasets, because HDF5 keeps an attribute below 64 KiB and a plan may be long.
  private static func writeOperations(
    _ plan: SimulationPlan, _ maker: DatasetMaker, _ group: HDF5Group, _ clock: String
  ) throws(HDF5Error) {
    guard !plan.operations.isEmpty else { return }
    let branches = plan.solver.network.grid.branches
    let lines = try maker.makeLabels(
      "operation_line", plan.operations.map { branches[$0.line].id }, in: group,
      longName: "line of each planned operation, by the event_ordinal of line_operation")
    try maker.makeTexts(
      "operation_state", plan.operations.map(\.state.rawValue), in: group,
      longName: "what the planned operation makes of the line", along: lines)
    try maker.makeNumbers(
      "operation_time", plan.operations.map { Double($0.time.milliseconds) }, in: group,
      unit: clock, longName: "instant of the planned operation, UTC", along: lines)
  }

  func record(_ record: EventRecord) throws(HDF5Error) {
    try time.append { $0.append(record.key.time.milliseconds) }
    try round.append { $0.append(Int32(clamping: record.key.round)) }
    try phase.append { $0.append(Int8(bitPattern: record.key.phase.rawValue)) }
    try kind.append { $0.append(Int8(clamping: record.event.code)) }
    try target.append { $0.append(Int64(record.key.target)) }
    try ordinal.append { $0.append(Int64(record.key.ordinal)) }
    try outcome.append { $0.append(Int64(record.outcome)) }
    try number.append { $0.append(Int64(record.number)) }
    try cause.append { $0.append(Int64(record.cause)) }
  }

}
