internal import BusbarTrajectory

/// What the branches carry in relation to their ratings, or in A where no rating is known.
struct BranchLoading {
  /// A span of loading that is drawn alike.
  struct Class {
    let range: Range<Double>
    let name: String
  }

  /// The loading of each branch, 1 at its rating, or in A; nil where nothing is known.
  let values: [Double?]
  /// Whether the values are relative to ratings.
  let isRelative: Bool
  /// The classes from low to high.
  let classes: [Class]

  /// The shares of a rating at which classes begin: planning looks at halves, operation at 80 %.
  private static let shares = [0, 0.2, 0.5, 0.8, 1.0]

  init(_ result: ResultView, _ selection: FigureSelection) throws(FigureError) {
    let reader = result.reader
    guard reader.has("branch_current_magnitude") else {
      (values, isRelative, classes) = ([], false, [])
      return
    }
    let variable = try result.variable("branch_current_magnitude")
    var chosen = selection
    chosen.phase = nil
    let currents = try Self.currents(result, variable, chosen)
    let count = variable.shape[1]
    let conductors = variable.shape[2]
    let largest = (0..<count).map { branch in
      (0..<conductors).compactMap { currents[branch * conductors + $0] }.max()
    }
    let ratings = try result.numbers("branch_rated_current", count: count)
    isRelative = ratings.contains { $0 != nil }
    if isRelative {
      values = zip(largest, ratings).map { current, rating in
        current.flatMap { current in rating.flatMap { $0 > 0 ? current / $0 : nil } }
      }
      let ends = Self.shares.dropFirst() + [.infinity]
      classes = zip(Self.shares, ends).map { from, to in
        let percent = Int((from * 100).rounded())
        return Class(
          range: from..<to,
          name: to == .infinity
            ? "over \(percent) % of the rating" : "\(percent)\u{2013}\(Int((to * 100).rounded())) %"
        )
      }
    } else {
      values = largest
      let steps = Self.roundSteps(upTo: largest.compactMap { $0 }.max() ?? 1)
      classes = zip(steps, steps.dropFirst()).map { from, to in
        Class(
          range: from..<(to == steps.last ? .infinity : to),
          name: "\(FigureNumber.short(from))\u{2013}\(FigureNumber.short(to)) A")
      }
    }
  }

  private static func currents(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ selection: FigureSelection
  ) throws(FigureError) -> [Double?] {
    guard let instant = selection.instant else {
      return try Envelope(result, variable, selection).highest
    }
    let instants = try result.reading { (reader) throws(TrajectoryError) in
      try reader.instants(of: variable)
    }
    let row = try TimeWindow.row(at: instant, of: instants, result)
    return try result.reading { (reader) throws(TrajectoryError) in
      try reader.numbers(of: variable, rows: row..<(row + 1))
    }
  }

  /// Five equal steps of a round length that reach a value.
  private static func roundSteps(upTo value: Double) -> [Double] {
    let least = max(value, 1e-6) / 5
    var power = 1.0
    while power > least { power /= 10 }
    while power * 10 <= least { power *= 10 }
    let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= least } ?? least
    return (0...5).map { Double($0) * step }
  }

  /// The class of a branch; nil where nothing is known of it.
  func classNumber(_ branch: Int) -> Int? {
    guard values.indices.contains(branch), let value = values[branch] else { return nil }
    return classes.lastIndex { $0.range.lowerBound <= value }
  }

  /// What the key calls a branch of no class.
  var nameOfUnknown: String { isRelative ? "rating unknown" : "current unknown" }

  /// What a reader would say who sees the loading.
  func summary(_ branches: [String]) -> String {
    let known = values.enumerated().compactMap { place, value in value.map { (place, $0) } }
    guard let (place, value) = known.max(by: { $0.1 < $1.1 }) else { return "" }
    let text =
      isRelative
      ? "\(FigureNumber.fixed(value * 100, 1)) % of its rating" : "\(FigureNumber.short(value)) A"
    return "Branch \(branches[place]) carries most: \(text)."
  }
}
