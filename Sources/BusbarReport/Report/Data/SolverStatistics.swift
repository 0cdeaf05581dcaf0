internal import BusbarTrajectory

/// How the power flows of a run went.
struct SolverStatistics {
  /// The number of power flows.
  private(set) var flowCount = 0
  /// The sweeps of all of them together.
  private(set) var sweepCount = 0
  /// The number of power flows by their number of sweeps.
  private(set) var flowsBySweeps: [Int: Int] = [:]
  /// The largest voltage change of the last sweep of a solved power flow, in pu.
  private(set) var largestMismatch = 0.0
  /// The number of power flows by what the tables hold after them, such as `solved` or `held`.
  private(set) var flowsByStatus: [String: Int] = [:]
  /// The number of recorded instants by the status of their values.
  private(set) var instantsByStatus: [String: Int] = [:]

  init(_ result: ResultView) throws(FigureError) {
    let sweeps = try result.variable("solver/solver_iterations")
    let mismatches = try result.variable("solver/solver_mismatch")
    let statuses = try result.variable("solver/solver_status")
    let words = try result.words(of: statuses)
    flowsByStatus = try result.counts(of: statuses)
    instantsByStatus = try result.counts(of: result.variable("status"))
    flowCount = sweeps.shape[0]
    var isSolved: [Bool] = []
    try result.forEachBlock(of: statuses, 0..<flowCount) { window, _ in
      for row in 0..<window.rowCount {
        isSolved.append(window[row, 0].flatMap { words[Int64($0)] } == "solved")
      }
    }
    try result.forEachBlock(of: sweeps, 0..<flowCount) { window, _ in
      for row in 0..<window.rowCount {
        let count = window[row, 0].map { Int($0) } ?? 0
        sweepCount += count
        flowsBySweeps[count, default: 0] += 1
      }
    }
    try result.forEachBlock(of: mismatches, 0..<flowCount) { window, first in
      for row in 0..<window.rowCount where isSolved[first + row] {
        if let value = window[row, 0] { largestMismatch = max(largestMismatch, value) }
      }
    }
  }
}

extension ResultView {
  /// The words for the values of a variable of codes.
  func words(
    of variable: TrajectoryReader.StoredVariable
  ) throws(FigureError) -> [Int64: String] {
    try reading { (reader) throws(TrajectoryError) in try reader.flags(of: variable) }
  }

  /// How often each word of a variable of codes occurs; words that do not occur count 0.
  func counts(
    of variable: TrajectoryReader.StoredVariable
  ) throws(FigureError) -> [String: Int] {
    let words = try words(of: variable)
    var counts: [String: Int] = [:]
    for word in words.values { counts[word] = 0 }
    try forEachBlock(of: variable, 0..<(variable.shape.first ?? 0)) { window, _ in
      for row in 0..<window.rowCount {
        guard let code = window[row, 0] else { continue }
        counts[words[Int64(code)] ?? "\(Int64(code))", default: 0] += 1
      }
    }
    return counts
  }
}
