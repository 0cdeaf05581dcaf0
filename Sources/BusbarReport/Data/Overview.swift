internal import BusbarEvents
internal import BusbarTrajectory

/// The least, the mean and the greatest values of a variable in each local hour or day.
struct Overview {
  /// The length of a period.
  enum Length: String, CaseIterable {
    case day
    case hour
  }

  /// The instants at which the periods begin; a period without a recorded instant is left out.
  let starts: [SimulationTime]
  /// The instants at which they end.
  let ends: [SimulationTime]
  let minimum: TrajectoryReader.StoredVariable
  let mean: TrajectoryReader.StoredVariable
  let maximum: TrajectoryReader.StoredVariable

  /// Finds the overview of a variable of the root; nil where the file keeps none.
  init?(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ length: Length
  ) throws(FigureError) {
    let path = "overview_\(length.rawValue)/\(variable.path)"
    guard result.reader.has(path + "_minimum") else { return nil }
    minimum = try result.variable(path + "_minimum")
    mean = try result.variable(path + "_mean")
    maximum = try result.variable(path + "_maximum")
    let variable = minimum
    starts = try result.reading { (reader) throws(TrajectoryError) in
      try reader.instants(of: variable)
    }
    ends = starts.map {
      switch length {
      case .day: result.calendar.day(containing: $0).range.upperBound
      case .hour: result.calendar.hour(containing: $0).upperBound
      }
    }
  }

  /// The periods that lie in a span altogether.
  func periods(within span: Range<SimulationTime>) -> Range<Int> {
    let first = starts.partitioningIndex { $0 >= span.lowerBound }
    let end = ends.partitioningIndex { $0 > span.upperBound }
    return first..<max(first, end)
  }

  /// The periods that share an instant with a span.
  func periods(touching span: Range<SimulationTime>) -> Range<Int> {
    let first = ends.partitioningIndex { $0 > span.lowerBound }
    let end = starts.partitioningIndex { $0 >= span.upperBound }
    return first..<max(first, end)
  }
}
