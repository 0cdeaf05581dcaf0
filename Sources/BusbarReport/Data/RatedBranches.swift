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

  /// The branches of a selection; the most loaded ones where it names none.
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
    guard all.count > count else { return all }
    let powers = try highest("transformer_from_active_power", .power, selection)
    let currents = try highest("branch_current_magnitude", .current, selection)
    func loading(_ branch: Rated) -> Double {
      switch branch.measure {
      // The phases of a transformer need not peak together: good enough to choose, not to show.
      case .power: powers(branch).reduce(0, +) / branch.rating
      case .current: (currents(branch).max() ?? 0) / branch.rating
      }
    }
    // Equal loadings keep the order of the file.
    let ranked = all.enumerated().map { ($0.offset, loading($0.element)) }
      .sorted { ($0.1, $1.0) > ($1.1, $0.0) }
    // Of lines in a row, which carry the same, the first one stands for all.
    var chosen: [(place: Int, loading: Double)] = []
    for (place, loading) in ranked where chosen.count < count {
      if let last = chosen.last, all[last.place].rating == all[place].rating,
        last.loading - loading < 1e-3 * last.loading
      {
        continue
      }
      chosen.append((place, loading))
    }
    return chosen.map(\.place).sorted().map { all[$0] }
  }

  /// The greatest values of the conductors of each branch with a measure.
  private func highest(
    _ name: String, _ measure: Rated.Measure, _ selection: FigureSelection
  ) throws(FigureError) -> (Rated) -> [Double] {
    guard all.contains(where: { $0.measure == measure }) else { return { _ in [] } }
    let variable = try result.variable(name)
    let width = variable.shape[2]
    let values = try Envelope(result, variable, selection).highest
    return { branch in (0..<width).compactMap { values[branch.place * width + $0] } }
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
