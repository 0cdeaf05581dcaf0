internal import BusbarSimulation

/// The variables of a result file that belong to one element, and their values.
struct ElementValues {
  private let reader: TrajectoryReader
  private let element: ResultElement
  private let id: String
  private let place: Int

  /// Looks at the element that has a place in the table of its kind.
  init(_ reader: TrajectoryReader, _ element: ResultElement, _ id: String, _ place: Int) {
    self.reader = reader
    self.element = element
    self.id = id
    self.place = place
  }

  /// The dimensions of the variables that describe the element, and its place along the second.
  private func axes() throws(TrajectoryError) -> [Axes] {
    switch element {
    case .bus: return [Axes(time: "time", element: "bus", place: place)]
    case .source: return [Axes(time: "time", element: "source", place: place)]
    case .meter: return [Axes(time: "reading_time", element: "meter", place: place)]
    case .device(let kind):
      return [
        Axes(group: "devices/\(kind)", time: "\(kind)_time", element: kind, place: place)
      ]
    case .branch:
      let own = Axes(time: "time", element: "branch", place: place)
      guard let transformer = try reader.texts("transformer").firstIndex(of: id) else {
        return [own]
      }
      return [own, Axes(time: "time", element: "transformer", place: transformer)]
    case .control, .party: return []
    }
  }

  /// Where the values of an element lie: the group, the first two dimensions, and the place.
  private struct Axes {
    var group = ""
    var time: String
    var element: String
    var place: Int
  }

  /// The values of one row, by the names of their variables; a conductor that is not there has none.
  ///
  /// A variable without any value is told once, as missing.
  func values(
    inRow row: Int
  ) throws(TrajectoryError) -> [Explanation.Value] {
    var values: [Explanation.Value] = []
    for axes in try axes() {
      for variable in reader.variables
      where variable.group == axes.group && row < variable.shape.first ?? 0
        && Array(variable.dimensions.prefix(2)) == [axes.time, axes.element]
      {
        values += try self.values(of: variable, row, axes.place)
      }
    }
    return values
  }

  private func values(
    of variable: TrajectoryReader.StoredVariable, _ row: Int, _ place: Int
  ) throws(TrajectoryError) -> [Explanation.Value] {
    let numbers = try reader.numbers(of: variable, rows: row..<(row + 1))
    let labels = variable.shape.count > 2 ? try reader.labels(ofDimension: 2, of: variable) : [""]
    let own = numbers[(place * labels.count)..<((place + 1) * labels.count)]
    let name = String(variable.path.split(separator: "/").last ?? "")
    let unit = variable.unit ?? ""
    if own.allSatisfy({ $0 == nil }) {
      return [Explanation.Value(variable: name, label: "", number: nil, unit: unit)]
    }
    let nominal = try nominalVoltage(variable)
    return zip(labels, own).compactMap { label, number in
      guard let number else { return nil }
      return Explanation.Value(
        variable: name, label: label, number: number, unit: unit,
        perUnit: label == "n" ? nil : nominal.map { number / $0 })
    }
  }

  /// The nominal voltage of a bus to earth in V, where a variable is a voltage of it.
  private func nominalVoltage(
    _ variable: TrajectoryReader.StoredVariable
  ) throws(TrajectoryError) -> Double? {
    guard element == .bus, variable.unit == "V", reader.has("bus_nominal_voltage") else {
      return nil
    }
    let nominal = try reader.variable(named: "bus_nominal_voltage")
    return try reader.numbers(of: nominal, rows: place..<(place + 1))[0].map {
      $0 / 3.0.squareRoot()
    }
  }

  /// The variables of the element's kind that could have been recorded, but were not.
  var absentVariables: [String] {
    let axis: TrajectoryAxis
    switch element {
    case .bus: axis = .bus
    case .branch: axis = .branch
    case .source: axis = .source
    case .meter, .device, .control, .party: return []
    }
    return TrajectoryVariable.all.filter { $0.axes.first == axis && !reader.has($0.name) }
      .map(\.name)
  }
}
