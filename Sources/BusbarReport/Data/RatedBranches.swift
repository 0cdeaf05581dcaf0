internal import BusbarEvents
internal import BusbarTrajectory

/// The branches whose rating is known: lines by their current, transformers by their power.
struct RatedBranches {
  /// A branch with its rating.
  struct Rated {
    /// What the rating is compared with.
    enum Measure: Hashable {
      /// The largest current of a conductor, in A.
      case current
      /// The apparent power into the feeding end, in VA.
      case power
    }

    let id: String
    let measure: Measure
    /// The place of the branch among all branches, or among all transformers.
    let place: Int
    let rating: Double
  }

  let all: [Rated]
  private let result: ResultView

  init(_ result: ResultView) throws(FigureError) {
    self.result = result
    var all: [Rated] = []
    if result.reader.has("transformer_from_active_power"),
      result.reader.has("transformer_from_reactive_power")
    {
      let ids = try result.reading { (reader) throws(TrajectoryError) in
        try reader.texts("transformer")
      }
      let ratings = try result.numbers("transformer_rated_power", count: ids.count)
      for (place, id) in ids.enumerated() {
        if let rating = ratings[place], rating > 0 {
          all.append(Rated(id: id, measure: .power, place: place, rating: rating))
        }
      }
    }
    if result.reader.has("branch_current_magnitude") {
      let ids = try result.reading { (reader) throws(TrajectoryError) in
        try reader.texts("branch")
      }
      let ratings = try result.numbers("branch_rated_current", count: ids.count)
      let known = Set(all.map(\.id))
      for (place, id) in ids.enumerated() where !known.contains(id) {
        if let rating = ratings[place], rating > 0 {
          all.append(Rated(id: id, measure: .current, place: place, rating: rating))
        }
      }
    }
    self.all = all
  }

  /// The branches of a selection; the transformers and the most loaded lines where it names none.
  func candidates(
    _ selection: FigureSelection, atMost count: Int
  ) throws(FigureError) -> [Rated] {
    guard selection.elements.isEmpty else {
      return try selection.elements.map { (id) throws(FigureError) in
        guard let branch = all.first(where: { $0.id == id }) else {
          throw .result(
            .unknownElement(name: id, axis: "branch with a rating", known: all.map(\.id)))
        }
        return branch
      }
    }
    let lines = all.filter { $0.measure == .current }
    let transformers = all.filter { $0.measure == .power }
    guard transformers.count < count, !lines.isEmpty else {
      return Array(transformers.prefix(count))
    }
    let variable = try result.variable("branch_current_magnitude")
    let highest = try Envelope(result, variable, selection).highest
    let width = variable.shape[2]
    func loading(_ line: Rated) -> Double {
      let currents = (0..<width).compactMap { highest[line.place * width + $0] }
      return (currents.max() ?? 0) / line.rating
    }
    // Equal loadings keep the order of the file.
    let ranked = lines.map { ($0, loading($0)) }.enumerated().sorted {
      ($0.element.1, $1.offset) > ($1.element.1, $0.offset)
    }
    return transformers + ranked.prefix(count - transformers.count).map(\.element.0)
  }
}

extension RatedBranches.Rated {
  /// The loading over a window, 1 at the rating, and the window in words.
  func loading(
    _ result: ResultView, _ selection: FigureSelection
  ) throws(FigureError) -> (DurationValues, String) {
    let name =
      measure == .current ? "branch_current_magnitude" : "transformer_from_active_power"
    let variable = try result.variable(name)
    let window = try TimeWindow(result, variable, selection)
    let values = try result.rows(of: place, in: variable, window.rows)
    let rating = rating
    switch measure {
    case .current:
      let loading = values.map { row in row.compactMap { $0 }.max().map { $0 / rating } }
      return (DurationValues(loading, step: "recorded instant"), window.text(result))
    case .power:
      let reactive = try result.rows(
        of: place, in: result.variable("transformer_from_reactive_power"), window.rows)
      let loading = zip(values, reactive).map { active, reactive -> Double? in
        let known = active.compactMap { $0 }
        guard !known.isEmpty else { return nil }
        let (sum, other) = (known.reduce(0, +), reactive.compactMap { $0 }.reduce(0, +))
        return (sum * sum + other * other).squareRoot() / rating
      }
      return (DurationValues(loading, step: "recorded instant"), window.text(result))
    }
  }
}

extension ResultView {
  /// The values of all conductors of an element in some rows.
  func rows(
    of element: Int, in variable: TrajectoryReader.StoredVariable, _ rows: Range<Int>
  ) throws(FigureError) -> [[Double?]] {
    let window = [rows, element..<(element + 1)] + variable.shape.dropFirst(2).map { 0..<$0 }
    let values = try reading { (reader) throws(TrajectoryError) in
      try reader.window(of: variable, window)
    }
    return (0..<values.rowCount).map { row in
      (0..<values.rowWidth).map { values[row, $0] }
    }
  }
}
