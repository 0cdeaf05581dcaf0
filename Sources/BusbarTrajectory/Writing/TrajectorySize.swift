public import BusbarSimulation

/// How large a result will be, said before the run.
public enum TrajectorySize {
  /// Returns the size in bytes without compression; saturates rather than overflows.
  public static func bytes(
    of simulation: Simulation, _ options: RecordingOptions, inputs: [Int]
  ) -> Int {
    let plan = simulation.plan
    let instants = Double(
      (plan.duration.milliseconds - 1) / options.interval.milliseconds + 1)
    let width = options.precision == .single ? 4.0 : 8.0
    var perInstant = 9.0
    var overview = 12.0
    for variable in TrajectoryVariable.all where options.variables.contains(variable.name) {
      perInstant += width * variable.axes.reduce(1.0) { $0 * Double($1.count(in: simulation)) }
    }
    if options.devices == .all {
      for fleet in simulation.fleets {
        perInstant += 8 + width * Double(fleet.channels.count * fleet.ids.count)
      }
    }
    // Minimum, mean and maximum of each hour and day, for all but the angles.
    let hours = (plan.duration.hours + 1).rounded(.up)
    let overviewRows = hours + (hours / 24).rounded(.up) + 1
    for variable in TrajectoryVariable.all
    where options.variables.contains(variable.name) && OverviewTables.covers(variable) {
      overview += 3 * width * variable.axes.reduce(1.0) { $0 * Double($1.count(in: simulation)) }
    }
    let readings = Double(plan.duration.milliseconds / plan.meteringInterval.milliseconds)
    // Four registers and three voltages for each meter.
    let perReading = 9 + 7 * 8 * Double(plan.meters.count)
    // With each change of devices two events and a power flow: two times 54 and 21 bytes.
    let logs = 129 * changes(in: simulation) + readings * bytesPerCollection(in: plan, options)
    // A variable with its overviews is up to seven datasets; 64 others are in every file.
    let datasets = Double(7 * options.variables.count + 64)
    let fixed = datasets * bytesPerDataset + inputs.reduce(0.0) { $0 + Double($1) }
    let total =
      instants * perInstant + overviewRows * overview + readings * perReading + logs + fixed
    return Int(min(total, 9e18))
  }

  /// What HDF5 needs for a dataset with its attributes and its scales, about; measured.
  private static let bytesPerDataset = 3_000.0

  /// What the collection of one reading of all meters leaves behind: for each meter a request and an
  /// answer with an event each, and the arrival at the head-end.
  private static func bytesPerCollection(
    in plan: SimulationPlan, _ options: RecordingOptions
  ) -> Double {
    guard plan.communication?.metering != nil else { return 0 }
    let message = options.messages == .all ? 54.0 : 0
    return Double(plan.meters.count) * (2 * (message + 54) + 57)
  }

  /// How often devices will change, if all go on as at the start.
  private static func changes(in simulation: Simulation) -> Double {
    let waits = simulation.fleets.compactMap { $0.nextChange?.milliseconds }
    return 1 + waits.reduce(0) { $0 + Double(simulation.plan.duration.milliseconds / max(1, $1)) }
  }
}

extension TrajectoryAxis {
  /// The number of labels.
  func count(in simulation: Simulation) -> Int { labels(of: simulation).count }
}
