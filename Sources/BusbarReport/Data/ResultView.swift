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

  /// An instant on the scenario's clock, such as `2025-01-15 09:27`.
  func text(_ instant: SimulationTime) -> String {
    "\(calendar.date(at: instant)) \(time(instant))"
  }

  /// Two instants; the date of the second only where it differs.
  func text(_ first: SimulationTime, to last: SimulationTime) -> String {
    if first == last { return text(first) }
    let isSameDay = calendar.date(at: first) == calendar.date(at: last)
    return "\(text(first)) to \(isSameDay ? time(last) : text(last))"
  }

  private func time(_ instant: SimulationTime) -> String {
    let time = calendar.clockTime(at: instant)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (seconds, milliseconds) = (time.milliseconds / 1_000 % 60, time.milliseconds % 1_000)
    return two(Int64(time.hour)) + ":" + two(Int64(time.minute))
      + (seconds > 0 || milliseconds > 0 ? ":" + two(seconds) : "")
      + (milliseconds > 0 ? "." + String(1_000 + milliseconds).dropFirst() : "")
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
    if !reader.has(name), TrajectoryVariable.all.contains(where: { $0.name == name }) {
      throw .nothing(
        "The run has not recorded '\(name)'. Add it to record.variables of the scenario.")
    }
    return try reading { (reader) throws(TrajectoryError) in try reader.variable(named: name) }
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
