internal import BusbarTrajectory

/// The unit in which a variable is shown: pu for voltages of buses, kW instead of many W.
struct SeriesScale {
  /// What the axis is called.
  let quantity: String
  /// The unit of the shown values.
  let unit: String
  /// The factor of each column from the stored to the shown unit.
  let factors: [Double]
  /// Whether voltages are shown relative to the nominal voltage.
  let isPerUnit: Bool

  /// The scale of the columns of a picture.
  init(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ columns: SeriesColumns
  ) throws(FigureError) {
    try self.init(result, variable, columns.all.map(\.element))
  }

  /// The scale of all elements of a variable.
  init(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, elements: Int
  ) throws(FigureError) {
    try self.init(result, variable, (0..<elements).map { $0 })
  }

  private init(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ elements: [Int?]
  ) throws(FigureError) {
    let stored = variable.unit ?? ""
    if let nominal = try Self.nominalVoltages(result, variable, elements) {
      (unit, isPerUnit, quantity) = ("pu", true, "voltage to earth")
      factors = nominal.map { 1 / $0 }
      return
    }
    isPerUnit = false
    let shown = Self.shownUnits[stored]
    unit = shown?.unit ?? (stored == "1" || stored.isEmpty ? "-" : stored)
    factors = Array(repeating: shown?.factor ?? 1, count: elements.count)
    quantity = Self.quantities[stored] ?? variable.path.lastPart.replacing("_", with: " ")
  }

  private static let shownUnits: [String: (unit: String, factor: Double)] = [
    "W": ("kW", 1e-3), "var": ("kvar", 1e-3), "VA": ("kVA", 1e-3), "J": ("kWh", 1 / 3.6e6),
  ]

  private static let quantities = [
    "W": "active power", "var": "reactive power", "VA": "apparent power", "J": "energy",
    "V": "voltage", "A": "current", "degree": "angle",
  ]

  /// The nominal voltages to earth in V of the buses of the columns; nil for another variable, or
  /// when one is unknown.
  private static func nominalVoltages(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ elements: [Int?]
  ) throws(FigureError) -> [Double]? {
    guard variable.unit == "V" else { return nil }
    let byBus = try result.nominalVoltages()
    let buses: [Int?]
    switch variable.dimensions.dropFirst().first {
    case "bus": buses = elements
    case "meter":
      let (ids, busOfMeter) = try result.reading { (reader) throws(TrajectoryError) in
        (try reader.texts("bus"), try reader.texts("meter_bus"))
      }
      let places = Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
      buses = elements.map { $0.flatMap { places[busOfMeter[$0]] } }
    default: return nil
    }
    let nominal = buses.map { $0.flatMap { byBus[$0] } ?? 0 }
    return nominal.allSatisfy { $0 > 0 } ? nominal : nil
  }
}
