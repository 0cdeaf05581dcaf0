internal import BusbarEvents
internal import BusbarTrajectory

/// The rows of a series that lie in the window of a selection.
struct TimeWindow {
  /// The rows.
  let rows: Range<Int>
  /// Their instants; there is at least one.
  let instants: [SimulationTime]
  /// The time from the first row up to the row behind the last one.
  let span: Range<SimulationTime>

  /// Finds the rows of a series; throws when the window holds none.
  init(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ selection: FigureSelection
  ) throws(FigureError) {
    let all = try result.reading { (reader) throws(TrajectoryError) in
      try reader.instants(of: variable)
    }
    guard let first = all.first, let last = all.last else {
      throw .nothing("'\(variable.path)' holds no instant: the run has recorded nothing yet.")
    }
    let begin = selection.from.map { from in all.partitioningIndex { $0 >= from } } ?? 0
    let end = selection.to.map { to in all.partitioningIndex { $0 >= to } } ?? all.count
    guard begin < end else {
      throw .nothing(
        "'\(variable.path)' has no instant in the window. It holds \(result.clock.text(first)) to "
          + "\(result.clock.text(last)).")
    }
    rows = begin..<end
    instants = Array(all[rows])
    // A side where nothing is cut off is open, so that whole hours count there.
    let far = SimulationTime(milliseconds: Int64.max / 2)
    let begins = begin == 0 ? SimulationTime(milliseconds: -far.milliseconds) : all[begin]
    span = begins..<(end == all.count ? far : all[end])
  }

  /// The rows that lie in a span.
  func rows(within span: Range<SimulationTime>) -> Range<Int> {
    let first = instants.partitioningIndex { $0 >= span.lowerBound }
    let end = instants.partitioningIndex { $0 >= span.upperBound }
    return (rows.lowerBound + first)..<(rows.lowerBound + max(first, end))
  }

  /// The first and the last instant.
  var ends: (first: SimulationTime, last: SimulationTime) {
    (instants[0], instants[instants.count - 1])
  }

  /// The time that the rows stand for: values hold until the next instant, means end at theirs.
  func span(isMean: Bool) -> Range<SimulationTime> {
    let (first, last) = ends
    guard instants.count > 1 else { return first..<(last + .seconds(1)) }
    return isMean
      ? first.mirrored(at: instants[1])..<last
      : first..<last.mirrored(at: instants[instants.count - 2])
  }

  /// The window in words.
  func text(_ result: ResultView) -> String { result.text(ends.first, to: ends.last) }

  /// The row of the last instant at or before another one.
  static func row(
    at instant: SimulationTime, of instants: [SimulationTime], _ result: ResultView
  ) throws(FigureError) -> Int {
    let row = instants.partitioningIndex { $0 > instant } - 1
    guard row >= 0 else {
      throw .nothing(
        "Nothing is recorded at or before \(result.clock.text(instant)). "
          + (instants.first.map { "The first instant is \(result.clock.text($0))." } ?? ""))
    }
    return row
  }
}

extension Array {
  /// The first place whose element meets a condition that all later ones meet as well.
  func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension SimulationTime {
  /// The instant that lies as far from this one as another does, on the other side.
  func mirrored(at other: SimulationTime) -> SimulationTime {
    SimulationTime(milliseconds: 2 * milliseconds - other.milliseconds)
  }
}
