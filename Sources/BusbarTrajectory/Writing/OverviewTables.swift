internal import BusbarEvents
internal import BusbarHDF5
internal import BusbarSimulation

/// Minimum, mean and maximum of the recorded instants of each local hour or day.
///
/// They lie beside the raw series, in the group `overview_hour` or `overview_day`, so that a picture
/// of a year need not read the year. Instants without a solution do not count. Angles have no mean
/// and are left out.
final class OverviewTables {
  /// What is kept of one variable.
  private struct Series {
    let width: Int
    var minimum: [Double]
    var sum: [Double]
    var maximum: [Double]
    let blocks: (minimum: RealBlock, mean: RealBlock, maximum: RealBlock)

    mutating func begin(_ row: [Double]) {
      for place in row.indices {
        minimum[place] = row[place]
        sum[place] = row[place]
        maximum[place] = row[place]
      }
    }

    mutating func add(_ row: [Double]) {
      for place in row.indices {
        let value = row[place]
        if value == MissingValue.number { continue }
        if value < minimum[place] { minimum[place] = value }
        sum[place] += value
        if value > maximum[place] { maximum[place] = value }
      }
    }
  }

  private let periods: CalendarPeriods
  private let time: (dataset: HDF5Dataset, block: RowBlock<Int64>)
  private let count: RowBlock<Int32>
  private var series: [Series] = []
  private var period: Range<SimulationTime>
  private var instants = 0

  /// The variables that have an overview.
  static func covers(_ variable: TrajectoryVariable) -> Bool { variable.unit != "degree" }

  init(
    _ length: CalendarPeriods.Length, _ simulation: Simulation, _ variables: [TrajectoryVariable],
    _ options: RecordingOptions, _ root: HDF5Group, _ clock: String
  ) throws(HDF5Error) {
    let plan = simulation.plan
    periods = CalendarPeriods(length, of: plan)
    period = periods.period(containing: .start)
    let last = periods.period(containing: plan.end)
    let span = period.upperBound - period.lowerBound
    let number = (last.upperBound - period.lowerBound).milliseconds / span.milliseconds
    let maker = DatasetMaker(
      compressionLevel: options.compressionLevel, instantsPerBlock: Int(min(24, max(1, number))))
    let name = length.rawValue
    let group = try root.makeGroup("overview_\(name)")
    time = try maker.makeTime(
      "\(name)_time", in: group, unit: clock, longName: "start of the local \(name), UTC")
    count = try maker.makeIntegers(
      "\(name)_instants", as: Int32.self, in: group, unit: "1",
      longName: "recorded instants with a solution in the \(name)", time: time.dataset
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
          precision: options.precision, time: time.dataset, axes: axes,
          cellMethods: "\(name)_time: \(kind)")
      }
      let width = axes.map { $0.shape[0] }.reduce(1, *)
      let room = [Double](repeating: 0, count: width)
      series.append(
        Series(
          width: width, minimum: room, sum: room, maximum: room,
          blocks: (try block("minimum"), try block("mean"), try block("maximum"))))
    }
  }

  /// Moves on to the period of an instant; call it before the values of that instant are added.
  func begin(_ instant: SimulationTime, isMissing: Bool) throws(HDF5Error) {
    if !period.contains(instant) {
      try closePeriod()
      period = periods.period(containing: instant)
    }
    if !isMissing { instants += 1 }
  }

  /// Adds the values of one variable at the instant that has begun.
  func add(_ row: [Double], ofSeries position: Int) {
    if instants == 1 {
      series[position].begin(row)
    } else {
      series[position].add(row)
    }
  }

  private func closePeriod() throws(HDF5Error) {
    try time.block.append { $0.append(period.lowerBound.milliseconds) }
    try count.append { $0.append(Int32(clamping: instants)) }
    let share = 1 / Double(max(1, instants))
    for position in series.indices {
      let blocks = series[position].blocks
      if instants == 0 {
        let row = [Double](repeating: MissingValue.number, count: series[position].width)
        try blocks.minimum.append(row)
        try blocks.mean.append(row)
        try blocks.maximum.append(row)
      } else {
        try blocks.minimum.append(series[position].minimum)
        try blocks.mean.append(
          series[position].sum.map { $0 == MissingValue.number ? $0 : $0 * share })
        try blocks.maximum.append(series[position].maximum)
      }
    }
    instants = 0
  }

  /// Closes the last period and writes what waits.
  func write() throws(HDF5Error) {
    try closePeriod()
    try time.block.write()
    try count.write()
    for one in series {
      try one.blocks.minimum.write()
      try one.blocks.mean.write()
      try one.blocks.maximum.write()
    }
  }
}
