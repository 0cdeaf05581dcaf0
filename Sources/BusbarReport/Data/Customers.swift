internal import BusbarTrajectory

/// The customers of a result, with their meters and devices.
struct Customers {
  /// The power of a device or a meter over time.
  struct Line {
    let variable: TrajectoryReader.StoredVariable
    let place: Int
    let name: String
    let isMeter: Bool
  }

  /// The ids, in the order in which meters and devices name them.
  let ids: [String]
  private let result: ResultView
  private let meters: [String]
  private let customerOfMeter: [String]
  /// The kinds of devices that are recorded.
  private let kinds: [String]

  init(_ result: ResultView) throws(FigureError) {
    self.result = result
    let kinds = result.reader.variables.compactMap { variable -> String? in
      let parts = variable.path.split(separator: "/")
      guard parts.count == 3, parts[0] == "devices", parts[2] == "\(parts[1])_customer" else {
        return nil
      }
      return String(parts[1])
    }
    let (meters, customerOfMeter, others) = try result.reading {
      (reader) throws(TrajectoryError) in
      var others: [String] = []
      for kind in kinds { others += try reader.texts("devices/\(kind)/\(kind)_customer") }
      return (try reader.texts("meter"), try reader.texts("meter_customer"), others)
    }
    var known: Set<String> = []
    ids = (customerOfMeter + others).filter { !$0.isEmpty && known.insert($0).inserted }
    (self.kinds, self.meters, self.customerOfMeter) = (kinds, meters, customerOfMeter)
  }

  /// The customer of a selection; the first one where it names none; nil when there is none.
  func place(_ selection: FigureSelection) throws(FigureError) -> Int? {
    guard selection.elements.count <= 1 else {
      throw .nothing("A picture shows one customer. Give one --element.")
    }
    guard !ids.isEmpty else { return nil }
    return selection.elements.isEmpty
      ? 0 : try result.places(of: selection.elements, among: ids, axis: "customer")[0]
  }

  /// The meter of a customer; nil when there is none.
  func meterID(of customer: String) -> String? {
    customerOfMeter.firstIndex(of: customer).map { meters[$0] }
  }

  /// The powers of a customer's devices, and what its meter read.
  func lines(of customer: String) throws(FigureError) -> [Line] {
    var lines: [Line] = []
    for kind in kinds {
      let path = "devices/\(kind)/\(kind)_active_power"
      guard result.reader.has(path) else { continue }
      let variable = try result.variable(path)
      let (ids, owners) = try result.reading { (reader) throws(TrajectoryError) in
        (
          try reader.texts("devices/\(kind)/\(kind)"),
          try reader.texts("devices/\(kind)/\(kind)_customer")
        )
      }
      for place in owners.indices where owners[place] == customer {
        lines.append(
          Line(variable: variable, place: place, name: "\(kind) \(ids[place])", isMeter: false))
      }
    }
    if let meter = customerOfMeter.firstIndex(of: customer),
      result.reader.has("meter_import_active_power")
    {
      lines.append(
        Line(
          variable: try result.variable("meter_import_active_power"), place: meter,
          name: "meter \(meters[meter]), drawn", isMeter: true))
    }
    return lines
  }
}

extension ReducedSeries.Column {
  /// The column with all values multiplied.
  func scaled(by factor: Double) -> Self {
    ReducedSeries.Column(
      points: points.map { $0.map { Point($0.x, $0.y * factor) } },
      bands: bands.map { $0.map { Point($0.x, $0.y * factor) } })
  }
}
