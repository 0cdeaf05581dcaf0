internal import BusbarEvents
internal import BusbarTrajectory

/// What the devices of one kind drew and fed in together.
struct DeviceTotals {
  /// The kind, such as `load`.
  let kind: String
  /// The number of devices.
  let count: Int
  /// The energy drawn from the network and that fed into it in J: the recorded active powers, each
  /// held for the distance of the recorded instants; nil when no power is recorded.
  private(set) var energy: (drawn: Double, fed: Double)?
  /// The greatest and the least sum of all devices' active powers at a recorded instant, in W.
  private(set) var sum: ClosedRange<Double>?

  /// The totals of all kinds in the order of their names.
  static func all(
    of result: ResultView, every interval: Interval?
  ) throws(FigureError) -> [DeviceTotals] {
    let labels = result.reader.variables.filter {
      let parts = $0.path.split(separator: "/")
      return parts.count == 3 && parts[0] == "devices" && parts[1] == parts[2]
    }
    var totals: [DeviceTotals] = []
    for label in labels { totals.append(try DeviceTotals(result, label, interval)) }
    return totals
  }

  private init(
    _ result: ResultView, _ label: TrajectoryReader.StoredVariable, _ interval: Interval?
  ) throws(FigureError) {
    let kind = label.path.lastPart
    (self.kind, count) = (kind, label.shape[0])
    let path = "devices/\(kind)/\(kind)_active_power"
    guard let interval, result.reader.has(path) else { return }
    let power = try result.variable(path)
    var (drawn, fed) = (0.0, 0.0)
    var range: ClosedRange<Double>?
    try result.forEachBlock(of: power, 0..<power.shape[0]) { window, _ in
      for row in 0..<window.rowCount {
        var sum: Double?
        for place in 0..<window.rowWidth {
          guard let watts = window[row, place] else { continue }
          if watts > 0 { drawn += watts } else { fed -= watts }
          sum = (sum ?? 0) + watts
        }
        guard let sum else { continue }
        range = min(range?.lowerBound ?? sum, sum)...max(range?.upperBound ?? sum, sum)
      }
    }
    energy = (drawn * interval.seconds, fed * interval.seconds)
    sum = range
  }
}
