/// The limits of voltages in a picture.
enum Limits {
  /// A line for each limit.
  static func layers(_ limits: ClosedRange<Double>) -> [Layer] {
    [
      Layer(.rule(limits.lowerBound), .limit, name: "limits"),
      Layer(.rule(limits.upperBound), .limit),
    ]
  }

  /// The range that shows all lines and the limits, with a little room.
  static func range(of layers: [Layer], with limits: ClosedRange<Double>) -> ClosedRange<Double> {
    var (low, high) = (limits.lowerBound, limits.upperBound)
    for layer in layers {
      switch layer.shape {
      case .lines(let points, _):
        for point in points.compactMap({ $0 }) {
          (low, high) = (min(low, point.y), max(high, point.y))
        }
      case .areas(let areas):
        for point in areas.joined() { (low, high) = (min(low, point.y), max(high, point.y)) }
      case .marks(let points, _):
        for point in points { (low, high) = (min(low, point.y), max(high, point.y)) }
      case .rule, .upright, .image, .texts: continue
      }
    }
    let room = (high - low) * 0.05
    return (low - room)...(high + room)
  }
}
