internal import BusbarTrajectory

/// The elements and conductors of a variable that a selection names, as places in a row.
struct SeriesColumns {
  /// One line of a picture.
  struct Column {
    /// The place in a row of the variable.
    let place: Int
    /// The place of the element along the second dimension; nil where there is none.
    let element: Int?
    /// The conductor; nil where the variable has none.
    let conductor: String?
    /// The name in the key.
    let name: String
  }

  private(set) var all: [Column] = []
  private let elementCount: Int

  init(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ selection: FigureSelection
  ) throws(FigureError) {
    guard (1...3).contains(variable.shape.count) else {
      throw .nothing("'\(variable.path)' is not a series over time of elements.")
    }
    guard variable.shape.count > 1 else {
      guard selection.elements.isEmpty, selection.phase == nil else {
        throw .nothing("'\(variable.path)' has no elements or phases to select.")
      }
      elementCount = 1
      all = [Column(place: 0, element: nil, conductor: nil, name: variable.path.lastPart)]
      return
    }
    let labels = try result.labels(1, of: variable)
    // A variable of phases alone has these as its elements.
    let axis = variable.dimensions[1]
    let elements = try result.places(of: selection.elements, among: labels, axis: axis)
    elementCount = elements.count
    let conductors = variable.shape.count > 2 ? try result.labels(2, of: variable) : []
    if let phase = selection.phase {
      guard !conductors.isEmpty else {
        throw .nothing("'\(variable.path)' has no phases to select.")
      }
      guard conductors.contains(phase) else {
        throw .result(.unknownElement(name: phase, axis: "phase", known: conductors))
      }
    }
    for element in elements {
      guard !conductors.isEmpty else {
        all.append(
          Column(place: element, element: element, conductor: nil, name: labels[element]))
        continue
      }
      for (slot, conductor) in conductors.enumerated()
      where selection.phase.map({ $0 == conductor }) ?? true {
        all.append(
          Column(
            place: element * conductors.count + slot, element: element, conductor: conductor,
            name: "\(labels[element]), phase \(conductor)"))
      }
    }
  }

  /// More lines than this cannot be told apart.
  private static let mostLines = 7

  /// Throws when there are more lines than can be told apart.
  func requireFewLines(of variable: TrajectoryReader.StoredVariable) throws(FigureError) {
    guard all.count > Self.mostLines else { return }
    throw .nothing(
      "'\(variable.path)' has \(all.count) lines in this selection, and \(Self.mostLines) can be "
        + "told apart. Select some with --element or --phase, or draw a heatmap.")
  }

  /// The colour of a line: that of its conductor where only one element is shown.
  func ink(of column: Column, _ number: Int) -> Ink {
    if elementCount == 1, let conductor = column.conductor { return .conductor(conductor) }
    return .series(number)
  }
}

extension String {
  /// The last part of a path inside a file.
  var lastPart: String { String(split(separator: "/").last ?? "") }
}
