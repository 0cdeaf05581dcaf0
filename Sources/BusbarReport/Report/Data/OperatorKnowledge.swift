internal import BusbarTrajectory

/// How complete and how old the head-end's knowledge of the meters was.
struct OperatorKnowledge {
  /// The least and the mean share of meters whose record of the last interval had arrived.
  let coverage: (least: Double, mean: Double)
  /// The mean age of a meter's newest record, over meters and instants, in s.
  let meanAge: Double
  /// The greatest age of a meter's newest record at any recorded instant, in s.
  let greatestAge: Double
  /// The most records that had been taken and had not arrived.
  let greatestBacklog: Int

  /// Reads a result; nil when it has no head-end, or nothing is recorded of it.
  init?(_ result: ResultView) throws(FigureError) {
    guard result.reader.has("head_end/coverage") else { return nil }
    func series(_ name: String) throws(FigureError) -> [Double] {
      let variable = try result.variable("head_end/\(name)")
      return try result.column(0, of: variable, 0..<variable.shape[0]).compactMap { $0 }
    }
    let shares = try series("coverage")
    let ages = try series("staleness_mean")
    guard let least = shares.min(), !ages.isEmpty else { return nil }
    coverage = (least, shares.reduce(0, +) / Double(shares.count))
    meanAge = ages.reduce(0, +) / Double(ages.count)
    greatestAge = try series("staleness_maximum").max() ?? 0
    greatestBacklog = Int(try series("backlog").max() ?? 0)
  }
}
