internal import BusbarEvents
internal import BusbarTrajectory

/// The voltages that the smart meters averaged, customer by customer.
struct MeteredVoltages {
  /// A meter.
  struct Meter {
    let id: String
    let customer: String
    let bus: String
    /// The nominal voltage to earth in V; nil when the file does not know it.
    let nominal: Double?
    /// The extreme averages of its phases.
    var lowest: Reading?
    var highest: Reading?
    /// Intervals in which a phase's average lies outside the limits, interruptions included.
    var outside = 0
  }

  /// An average of a phase.
  struct Reading {
    let perUnit: Double
    let phase: String
    /// The end of the interval.
    let instant: SimulationTime
  }

  /// The meters in the order of the file.
  private(set) var meters: [Meter]
  /// The length of an interval; nil when there are fewer than two.
  let interval: Interval?

  /// Reads a result; nil when it holds no readings of voltages.
  init?(_ result: ResultView, _ limits: VoltageLimits) throws(FigureError) {
    guard result.reader.has("meter_voltage") else { return nil }
    let variable = try result.variable("meter_voltage")
    guard variable.shape[0] > 0, variable.shape[1] > 0 else { return nil }
    let (ids, customers, buses, allBuses, instants) = try result.reading {
      (reader) throws(TrajectoryError) in
      (
        try reader.texts("meter"), try reader.texts("meter_customer"),
        try reader.texts("meter_bus"), try reader.texts("bus"), try reader.instants(of: variable)
      )
    }
    let phases = try result.labels(2, of: variable)
    let nominal = try result.nominalVoltages()
    var nominalOf: [String: Double] = [:]
    for (bus, id) in allBuses.enumerated() { nominalOf[id] = nominal[bus] }
    meters = ids.indices.map {
      Meter(
        id: ids[$0], customer: customers[$0], bus: buses[$0],
        nominal: nominalOf[buses[$0]].flatMap { $0 > 0 ? $0 : nil })
    }
    interval = instants.count > 1 ? instants[1] - instants[0] : nil
    let range = limits.range
    try result.forEachBlock(of: variable, 0..<variable.shape[0]) { window, first in
      for row in 0..<window.rowCount {
        for meter in meters.indices {
          let readings = phases.enumerated().compactMap { slot, phase -> Reading? in
            guard let nominal = meters[meter].nominal,
              let volts = window[row, meter * phases.count + slot]
            else { return nil }
            return Reading(
              perUnit: volts / nominal, phase: phase, instant: instants[first + row])
          }
          meters[meter].take(readings, range)
        }
      }
    }
  }
}

extension MeteredVoltages {
  /// The meters that have read a voltage, the lowest first.
  var lowest: [Meter] {
    meters.filter { $0.lowest != nil }
      .sorted { ($0.lowest?.perUnit ?? 0) < ($1.lowest?.perUnit ?? 0) }
  }
}

extension MeteredVoltages.Meter {
  /// Takes the averages of one interval.
  fileprivate mutating func take(
    _ readings: [MeteredVoltages.Reading], _ limits: ClosedRange<Double>
  ) {
    var isOutside = false
    for reading in readings {
      if !limits.contains(reading.perUnit) { isOutside = true }
      if lowest.map({ reading.perUnit < $0.perUnit }) ?? true { lowest = reading }
      if highest.map({ reading.perUnit > $0.perUnit }) ?? true { highest = reading }
    }
    if isOutside { outside += 1 }
  }
}
