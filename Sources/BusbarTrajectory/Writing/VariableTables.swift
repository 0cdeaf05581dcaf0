internal import BusbarEvents
internal import BusbarHDF5
internal import BusbarSimulation
internal import Dispatch
internal import Synchronization

/// The recorded variables with their overviews.
///
/// What an instant adds is computed variable by variable, on several threads if asked for; each
/// variable is computed by one thread alone, so the count of threads changes no bit. The rows go
/// into the file in the order of the variables.
final class VariableTables {
  /// One variable, computed apart from all others.
  private final class Lane: Sendable {
    struct Work: Sendable {
      var row: [Double]
      /// The sums of the current hour and day; empty for a variable without overview.
      var sums: [RunningExtremes]
    }

    let variable: TrajectoryVariable
    let work: Mutex<Work>

    init(_ variable: TrajectoryVariable, width: Int) {
      self.variable = variable
      let lengths = OverviewTables.covers(variable) ? CalendarPeriods.Length.allCases.count : 0
      work = Mutex(
        Work(
          row: Array(repeating: 0, count: width),
          sums: Array(repeating: RunningExtremes(width: width), count: lengths)))
    }

    /// Takes the values of an instant; the counts are those of the periods with this instant.
    func compute(_ simulation: Simulation, instantsOfPeriods counts: [Int]) {
      work.withLock { work in
        variable.fill(simulation, &work.row)
        for position in work.sums.indices {
          if counts[position] == 1 {
            work.sums[position].begin(work.row)
          } else {
            work.sums[position].add(work.row)
          }
        }
      }
    }

    /// Marks the instant as one without values.
    func skip() {
      work.withLock { work in
        for place in work.row.indices { work.row[place] = MissingValue.number }
      }
    }
  }

  private let lanes: [Lane]
  private let blocks: [RealBlock]
  private let overviews: [OverviewTables]
  /// The variables that have an overview, by their places in `lanes`.
  private let covered: [Int]
  private let threads: Int

  /// What a checkpoint keeps.
  struct State: Codable, Sendable {
    var periods: [OverviewTables.State]
    /// For each covered variable the sums of each period.
    var sums: [[RunningExtremes]]
  }

  init(
    _ simulation: Simulation, _ options: RecordingOptions, _ root: HDF5Group,
    _ maker: DatasetMaker, _ clock: String, time: HDF5Dataset, axes: FixedTables,
    from begin: SimulationTime
  ) throws(HDF5Error) {
    var lanes: [Lane] = []
    var blocks: [RealBlock] = []
    for variable in TrajectoryVariable.all where options.variables.contains(variable.name) {
      let scales = variable.axes.map { axes.scale($0) }
      guard scales.allSatisfy({ $0.shape[0] > 0 }) else { continue }
      blocks.append(
        try maker.makeReals(
          variable.name, in: root, unit: variable.unit, longName: variable.longName,
          precision: options.precision, time: time, axes: scales))
      lanes.append(Lane(variable, width: scales.map { $0.shape[0] }.reduce(1, *)))
    }
    self.lanes = lanes
    self.blocks = blocks
    covered = lanes.indices.filter { OverviewTables.covers(lanes[$0].variable) }
    var overviews: [OverviewTables] = []
    for length in CalendarPeriods.Length.allCases {
      overviews.append(
        try OverviewTables(
          length, simulation, covered.map { lanes[$0].variable }, options.precision, root, maker,
          clock, from: begin))
    }
    self.overviews = overviews
    threads = options.threads
  }

  /// Records an instant.
  func record(
    _ instant: SimulationTime, _ simulation: Simulation, isMissing: Bool
  ) throws(HDF5Error) {
    for (position, overview) in overviews.enumerated() {
      if overview.isBehind(instant) { try closePeriod(position) }
      overview.begin(instant, isMissing: isMissing)
    }
    if isMissing {
      for lane in lanes { lane.skip() }
    } else {
      compute(simulation)
    }
    for (lane, block) in zip(lanes, blocks) {
      try lane.work.withLock { (work) throws(HDF5Error) in try block.append(work.row) }
    }
  }

  private func compute(_ simulation: Simulation) {
    let counts = overviews.map(\.instants)
    guard threads > 1, lanes.count > 1 else {
      for lane in lanes { lane.compute(simulation, instantsOfPeriods: counts) }
      return
    }
    let lanes = lanes
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, lanes.count)) { _ in
      while true {
        let position = next.add(1, ordering: .relaxed).oldValue
        guard position < lanes.count else { return }
        lanes[position].compute(simulation, instantsOfPeriods: counts)
      }
    }
  }

  /// Writes the hour and the day that have begun, as at the end of a run.
  func closePeriods() throws(HDF5Error) {
    for position in overviews.indices { try closePeriod(position) }
  }

  private func closePeriod(_ position: Int) throws(HDF5Error) {
    try overviews[position].closePeriod { place in
      lanes[covered[place]].work.withLock { $0.sums[position] }
    }
  }

  /// What a checkpoint keeps.
  var state: State {
    State(
      periods: overviews.map(\.state),
      sums: covered.map { lanes[$0].work.withLock { $0.sums } })
  }

  /// Takes up a state; false when it belongs to other variables.
  func restore(_ state: State) -> Bool {
    guard state.periods.count == overviews.count, state.sums.count == covered.count else {
      return false
    }
    for (lane, sums) in zip(covered.map({ lanes[$0] }), state.sums) {
      let fits = lane.work.withLock { work in
        guard sums.map(\.minimum.count) == work.sums.map(\.minimum.count) else { return false }
        work.sums = sums
        return true
      }
      guard fits else { return false }
    }
    for (overview, state) in zip(overviews, state.periods) { overview.state = state }
    return true
  }
}
