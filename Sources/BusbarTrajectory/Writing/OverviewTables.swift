internal import BusbarEvents
internal import BusbarHDF5
internal import BusbarSimulation

/// Minimum, mean and maximum of the recorded instants of each local hour or day.
///
/// They lie beside the raw series, in the group `overview_hour` or `overview_day`, so that a picture
/// of a year need not read the year. Instants without a solution do not count. Angles have no mean
/// and are left out. The sums themselves lie with the recorded variables.
final class OverviewTables {
  /// The datasets of one variable.
  private struct Series {
    let minimum: RealBlock
    let mean: RealBlock
    let maximum: RealBlock
  }

  /// What a checkpoint keeps of an overview besides the sums.
  struct State: Codable, Sendable {
    var begins: Int64
    var ends: Int64
    var instants: Int
  }

  private let periods: CalendarPeriods
  private let time: RowBlock<Int64>
  private let count: RowBlock<Int32>
  private var series: [Series] = []
  private var period: Range<SimulationTime>
  /// The recorded instants with a solution in the period so far.
  private(set) var instants = 0

  /// The variables that have an overview.
  static func covers(_ variable: TrajectoryVariable) -> Bool { variable.unit != "degree" }

  init(
    _ length: CalendarPeriods.Length, _ simulation: Simulation, _ variables: [TrajectoryVariable],
    _ precision: RecordingOptions.Precision, _ root: HDF5Group, _ plain: DatasetMaker,
    _ clock: String, from begin: SimulationTime
  ) throws(HDF5Error) {
    let plan = simulation.plan
    periods = CalendarPeriods(length, of: plan)
    period = periods.period(containing: begin)
    let first = periods.period(containing: plan.recordingStart)
    let last = periods.period(containing: plan.end)
    let span = first.upperBound - first.lowerBound
    let number = (last.upperBound - first.lowerBound).milliseconds / span.milliseconds
    let maker = plain.with(instantsPerBlock: Int(min(24, max(1, number))))
    let name = length.rawValue
    let group = try maker.group("overview_\(name)", in: root)
    let axis = try maker.makeTime(
      "\(name)_time", in: group, unit: clock, longName: "start of the local \(name), UTC")
    time = axis.block
    count = try maker.makeIntegers(
      "\(name)_instants", as: Int32.self, in: group, unit: "1",
      longName: "recorded instants with a solution in the \(name)", time: axis.dataset
    ).block
    var scales: [TrajectoryAxis: HDF5Dataset] = [:]
    for variable in variables {
      var axes: [HDF5Dataset] = []
      for axis in variable.axes {
        if scales[axis] == nil {
          scales[axis] = try maker.makeLabels(
            axis.rawValue, axis.labels(of: simulation), in: group, longName: axis.longName)
        }
        if let scale = scales[axis] { axes.append(scale) }
      }
      func block(_ kind: String) throws(HDF5Error) -> RealBlock {
        try maker.makeReals(
          "\(variable.name)_\(kind)", in: group, unit: variable.unit,
          longName: "\(variable.longName), \(kind) of the recorded instants",
          precision: precision, time: axis.dataset, axes: axes,
          cellMethods: "\(name)_time: \(kind)")
      }
      series.append(
        Series(
          minimum: try block("minimum"), mean: try block("mean"), maximum: try block("maximum")))
    }
  }

  /// Whether an instant lies behind the period so far, which is to be closed first.
  func isBehind(_ instant: SimulationTime) -> Bool { !period.contains(instant) }

  /// Writes the period that has ended, from the sums of each covered variable.
  func closePeriod(_ sums: (Int) -> RunningExtremes) throws(HDF5Error) {
    try time.append { $0.append(period.lowerBound.milliseconds) }
    try count.append { $0.append(Int32(clamping: instants)) }
    let share = 1 / Double(max(1, instants))
    for position in series.indices {
      let blocks = series[position]
      let sums = sums(position)
      if instants == 0 {
        let row = [Double](repeating: MissingValue.number, count: sums.minimum.count)
        try blocks.minimum.append(row)
        try blocks.mean.append(row)
        try blocks.maximum.append(row)
      } else {
        try blocks.minimum.append(sums.minimum)
        try blocks.mean.append(
          sums.sum.map { $0 == MissingValue.number ? $0 : $0 * share })
        try blocks.maximum.append(sums.maximum)
      }
    }
    instants = 0
  }

  /// Moves on to the period of an instant, before the values of that instant are added.
  func begin(_ instant: SimulationTime, isMissing: Bool) {
    if isBehind(instant) { period = periods.period(containing: instant) }
    if !isMissing { instants += 1 }
  }

  /// What a checkpoint keeps.
  var state: State {
    get {
      State(
        begins: period.lowerBound.milliseconds, ends: period.upperBound.milliseconds,
        instants: instants)
    }
    set {
      period =
        SimulationTime(
          milliseconds: newValue.begins)..<SimulationTime(milliseconds: newValue.ends)
      instants = newValue.instants
    }
  }
}
