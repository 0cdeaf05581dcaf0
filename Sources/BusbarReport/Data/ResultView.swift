public import BusbarEvents
public import BusbarTrajectory

/// A result file as pictures and reports look at it.
public struct ResultView {
  /// The file.
  public let reader: TrajectoryReader
  /// The clock of the run.
  public let clock: ResultClock
  /// The calendar of the run.
  public let calendar: LocalCalendar

  /// Looks at a result file.
  public init(_ reader: TrajectoryReader) throws(FigureError) {
    self.reader = reader
    do throws(TrajectoryError) {
      clock = try reader.clock
    } catch {
      throw .result(error)
    }
    calendar = LocalCalendar(clock.epoch)
  }

  /// Reads, and turns a failure of the file into one of the picture.
  func reading<Result>(
    _ body: (TrajectoryReader) throws(TrajectoryError) -> Result
  ) throws(FigureError) -> Result {
    do throws(TrajectoryError) {
      return try body(reader)
    } catch {
      throw .result(error)
    }
  }

  /// The title of the scenario.
  public var title: String { reader.rootText("title") ?? "" }

  /// The variable of a name.
  func variable(
    _ name: String
  ) throws(FigureError) -> TrajectoryReader.StoredVariable {
    try reading { (reader) throws(TrajectoryError) in try reader.variable(named: name) }
  }

  /// The labels of a dimension of a variable.
  func labels(
    _ dimension: Int, of variable: TrajectoryReader.StoredVariable
  ) throws(FigureError) -> [String] {
    try reading { (reader) throws(TrajectoryError) in
      try reader.labels(ofDimension: dimension, of: variable)
    }
  }

  /// The numbers of a variable that has one for each element; nil for all when it is absent.
  func numbers(_ path: String, count: Int) throws(FigureError) -> [Double?] {
    guard reader.has(path) else { return Array(repeating: nil, count: count) }
    return try reading { (reader) throws(TrajectoryError) in
      let variable = try reader.variable(named: path)
      return try reader.numbers(of: variable, rows: 0..<(variable.shape.first ?? 0))
    }
  }

  /// The nominal voltages of the buses between a phase and earth, in V.
  func nominalVoltages() throws(FigureError) -> [Double?] {
    try numbers("bus_nominal_voltage", count: variable("bus").shape[0])
      .map { $0.map { $0 / 3.0.squareRoot() } }
  }

  /// The places of ids among the labels of an axis, in the order of the ids; all without ids.
  func places(
    of ids: [String], among labels: [String], axis: String
  ) throws(FigureError) -> [Int] {
    guard !ids.isEmpty else { return Array(labels.indices) }
    var places: [String: Int] = [:]
    for (place, label) in labels.enumerated() { places[label] = place }
    var found: [Int] = []
    for id in ids {
      guard let place = places[id] else {
        throw .result(.unknownElement(name: id, axis: axis, known: labels))
      }
      found.append(place)
    }
    return found
  }
}
