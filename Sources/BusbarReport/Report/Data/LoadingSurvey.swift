internal import BusbarTrajectory

/// The greatest loading of each branch with a rating, over all recorded instants.
///
/// A line's is the largest current of its conductors over its rated current; a transformer's the
/// apparent power of all phases into its feeding end over its rated power.
struct LoadingSurvey {
  /// A branch with its greatest loading, 1 at the rating.
  struct Branch {
    let id: String
    let loading: Double
  }

  /// The branches, the most loaded first; empty where no rating or no current is recorded.
  let branches: [Branch]

  init(_ result: ResultView) throws(FigureError) {
    let rated = try RatedBranches(result).all
    var currents: [Double?] = []
    var powers: [Double?] = []
    if rated.contains(where: { $0.measure == .current }) {
      currents = try Self.greatestCurrents(result)
    }
    if rated.contains(where: { $0.measure == .power }) {
      powers = try Self.greatestPowers(result)
    }
    branches = rated.compactMap { branch in
      let value = branch.measure == .current ? currents[branch.place] : powers[branch.place]
      return value.map { Branch(id: branch.id, loading: $0 / branch.rating) }
    }.enumerated().sorted {
      // Equal loadings keep the order of the file.
      ($0.element.loading, $1.offset) > ($1.element.loading, $0.offset)
    }.map(\.element)
  }

  /// The branches that carried more than their ratings.
  var overloaded: [Branch] { branches.filter { $0.loading > 1 } }

  /// The largest current of each branch in A, from the overviews where there are any.
  private static func greatestCurrents(_ result: ResultView) throws(FigureError) -> [Double?] {
    let variable = try result.variable("branch_current_magnitude")
    let highest = try Envelope(result, variable, FigureSelection()).highest
    let conductors = variable.shape[2]
    return (0..<variable.shape[1]).map { branch in
      (0..<conductors).compactMap { highest[branch * conductors + $0] }.max()
    }
  }

  /// The greatest apparent power of each transformer in VA; its phases need not peak together.
  private static func greatestPowers(_ result: ResultView) throws(FigureError) -> [Double?] {
    let active = try result.variable("transformer_from_active_power")
    let reactive = try result.variable("transformer_from_reactive_power")
    let (count, conductors) = (active.shape[1], active.shape[2])
    var greatest = [Double?](repeating: nil, count: count)
    let step = max(1, (1 << 20) / max(1, count * conductors))
    for first in stride(from: 0, to: active.shape[0], by: step) {
      let ranges = [first..<min(first + step, active.shape[0]), 0..<count, 0..<conductors]
      let (real, imaginary) = try result.reading { (reader) throws(TrajectoryError) in
        (try reader.window(of: active, ranges), try reader.window(of: reactive, ranges))
      }
      for row in 0..<real.rowCount {
        for transformer in 0..<count {
          let places = (transformer * conductors)..<((transformer + 1) * conductors)
          let watts = places.compactMap { real[row, $0] }
          guard !watts.isEmpty else { continue }
          let vars = places.compactMap { imaginary[row, $0] }
          let (p, q) = (watts.reduce(0, +), vars.reduce(0, +))
          greatest[transformer] = max(
            greatest[transformer] ?? 0, (p * p + q * q).squareRoot())
        }
      }
    }
    return greatest
  }
}
