internal import BusbarTrajectory

/// The elements of a variable as the rows of a table: in feeder order, merged where there are many.
struct ElementRows {
  /// The elements of each row, by their places along the variable's second dimension.
  let groups: [[Int]]
  /// The slots of the shown conductors; the single slot 0 for a variable without them.
  let slots: [Int]
  /// What an element is called.
  let axis: String
  /// The number of elements.
  var elementCount: Int { groups.reduce(0) { $0 + $1.count } }
  private let labels: [String]
  private let isInFeederOrder: Bool

  init(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable,
    _ selection: FigureSelection, atMost count: Int
  ) throws(FigureError) {
    axis = variable.dimensions[1]
    labels = try result.labels(1, of: variable)
    var places = try result.places(of: selection.elements, among: labels, axis: axis)
    isInFeederOrder = axis == "bus" && selection.elements.isEmpty
    if isInFeederOrder { places = try FeederTree(result).order }
    guard !places.isEmpty else {
      throw .nothing("'\(variable.path)' has no elements.")
    }
    let size = (places.count - 1) / count + 1
    groups = stride(from: 0, to: places.count, by: size).map {
      Array(places[$0..<min($0 + size, places.count)])
    }
    let conductors = variable.shape.count > 2 ? try result.labels(2, of: variable) : [""]
    if let phase = selection.phase {
      guard let slot = conductors.firstIndex(of: phase) else {
        throw .result(.unknownElement(name: phase, axis: "phase", known: conductors))
      }
      slots = [slot]
    } else {
      slots = conductors.indices.filter { conductors[$0] != "n" }
    }
  }

  /// The name of several elements.
  var plural: String { axis.hasSuffix("s") || axis.hasSuffix("ch") ? axis + "es" : axis + "s" }

  /// The name of the axis of rows.
  var axisLabel: String { isInFeederOrder ? "bus, down the feeder" : axis }

  /// What to say of merged rows; empty when each element has its own.
  var caption: String {
    let most = groups.map(\.count).max() ?? 1
    return most > 1 ? ", \(most) \(plural) a row" : ""
  }

  /// Marks at some rows, which name their first element.
  func ticks(atMost count: Int) -> [Axis.Tick] {
    let step = max(1, (groups.count - 1) / count + 1)
    return stride(from: 0, to: groups.count, by: step).map {
      Axis.Tick(Double($0) + 0.5, labels[groups[$0][0]].shortened(to: 12))
    }
  }
}

extension String {
  /// The text, cut at a length.
  func shortened(to length: Int) -> String {
    count > length ? prefix(length - 1) + "\u{2026}" : self
  }
}
