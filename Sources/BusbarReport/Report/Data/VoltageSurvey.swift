internal import BusbarEvents
internal import BusbarTrajectory

/// The extremes of the recorded voltages of all buses, and how often each lies outside its limits.
///
/// Extremes come from the overviews of hours. Only hours in which one of them lies outside the
/// limits, and instants that no hour covers, are read instant by instant to count.
struct VoltageSurvey {
  /// A conductor of a bus.
  struct Place {
    /// The id of the bus.
    let bus: String
    /// The name of the conductor.
    let phase: String
    /// The nominal voltage to earth in V.
    let nominal: Double
    /// The lowest and the highest recorded voltage in pu, without interruptions.
    var lowest = Double.infinity
    var highest = -Double.infinity
    /// Recorded instants below the lower limit, above the upper one, and without supply.
    var below = 0
    var above = 0
    var interrupted = 0

    /// Recorded instants outside the limits for whatever reason.
    var outside: Int { below + above + interrupted }
    /// How far the voltage left the limits, in pu.
    func depth(_ limits: ClosedRange<Double>) -> Double {
      max(limits.lowerBound - lowest, highest - limits.upperBound, interrupted > 0 ? 1 : 0)
    }
  }

  /// Below this share of the nominal voltage a supply is interrupted (EN 50160:2010, 3.7).
  static let interruption = 0.05

  /// All conductors but neutrals that have a nominal voltage, in the order of the file.
  private(set) var places: [Place] = []
  /// The limits in pu.
  let limits: ClosedRange<Double>
  /// The number of recorded instants.
  let instantCount: Int
  /// The instants that were read one by one.
  private(set) var readCount = 0
  /// The places by bus and conductor of the file; nil for one that is left out.
  private var placeOf: [Int?] = []
  private let slots: Int

  /// Reads a result; throws when it holds no voltage of buses.
  init(_ result: ResultView, _ limits: VoltageLimits) throws(FigureError) {
    let variable = try result.variable("bus_voltage_magnitude")
    let window = try TimeWindow(result, variable, FigureSelection())
    self.limits = limits.range
    instantCount = window.rows.count
    let buses = try result.labels(1, of: variable)
    let conductors = try result.labels(2, of: variable)
    slots = conductors.count
    let nominal = try result.nominalVoltages()
    for (bus, id) in buses.enumerated() {
      for conductor in conductors {
        guard conductor != "n", let volts = nominal[bus], volts > 0 else {
          placeOf.append(nil)
          continue
        }
        placeOf.append(places.count)
        places.append(Place(bus: id, phase: conductor, nominal: volts))
      }
    }
    let all = 0..<buses.count
    guard let hours = try Overview(result, variable, .hour), !hours.starts.isEmpty else {
      try count(result, variable, window.rows, buses: all)
      return
    }
    for (hour, touched) in try suspects(result, hours) {
      let rows = window.rows(within: hours.starts[hour]..<hours.ends[hour])
      try count(result, variable, rows, buses: touched)
    }
    let covered = window.rows(within: hours.starts[0]..<hours.ends[hours.ends.count - 1])
    try count(result, variable, window.rows.lowerBound..<covered.lowerBound, buses: all)
    try count(result, variable, covered.upperBound..<window.rows.upperBound, buses: all)
  }

  /// The hours with a voltage outside the limits, with the buses among which these lie.
  private mutating func suspects(
    _ result: ResultView, _ hours: Overview
  ) throws(FigureError) -> [(hour: Int, buses: Range<Int>)] {
    var touched: [Int: Range<Int>] = [:]
    func take(_ survey: inout VoltageSurvey, _ window: ValueWindow, _ first: Int) {
      for row in 0..<window.rowCount {
        for index in survey.placeOf.indices {
          guard let place = survey.placeOf[index], let volts = window[row, index],
            !survey.isInside(place, volts)
          else { continue }
          let bus = index / survey.slots
          let known = touched[first + row] ?? bus..<(bus + 1)
          touched[first + row] = min(known.lowerBound, bus)..<max(known.upperBound, bus + 1)
        }
      }
    }
    for extremes in [hours.minimum, hours.maximum] {
      try result.forEachBlock(of: extremes, 0..<hours.starts.count) { window, first in
        take(&self, window, first)
      }
    }
    return touched.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Takes a voltage into the extremes of its place, and tells whether it lies within the limits.
  private mutating func isInside(_ place: Int, _ volts: Double) -> Bool {
    let perUnit = volts / places[place].nominal
    guard perUnit >= Self.interruption else { return false }
    if perUnit < places[place].lowest { places[place].lowest = perUnit }
    if perUnit > places[place].highest { places[place].highest = perUnit }
    return limits.contains(perUnit)
  }

  /// The values in memory at a time.
  private static let valuesPerBlock = 2 << 20

  /// Reads some rows of some buses, and counts what lies outside the limits.
  private mutating func count(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ rows: Range<Int>,
    buses: Range<Int>
  ) throws(FigureError) {
    readCount += rows.count
    let slots = slots
    let step = max(1, Self.valuesPerBlock / max(1, buses.count * slots))
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: step) {
      let block = first..<min(first + step, rows.upperBound)
      let window = try result.reading { (reader) throws(TrajectoryError) in
        try reader.window(of: variable, [block, buses, 0..<slots])
      }
      for row in 0..<window.rowCount {
        for own in 0..<window.rowWidth {
          guard let place = placeOf[buses.lowerBound * slots + own],
            let volts = window[row, own], !isInside(place, volts)
          else { continue }
          let perUnit = volts / places[place].nominal
          if perUnit < Self.interruption {
            places[place].interrupted += 1
          } else if perUnit < limits.lowerBound {
            places[place].below += 1
          } else {
            places[place].above += 1
          }
        }
      }
    }
  }

  /// The places outside the limits, the longest first, and among equals the farthest outside.
  var violations: [Place] {
    places.filter { $0.outside > 0 }.sorted {
      ($0.outside, $0.depth(limits)) > ($1.outside, $1.depth(limits))
    }
  }

  /// The place with the lowest recorded voltage; nil when no voltage is known.
  var lowest: Place? {
    places.min { $0.lowest < $1.lowest }.flatMap { $0.lowest.isFinite ? $0 : nil }
  }

  /// The place with the highest recorded voltage.
  var highest: Place? {
    places.max { $0.highest < $1.highest }.flatMap { $0.highest.isFinite ? $0 : nil }
  }
}
