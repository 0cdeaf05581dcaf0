public import BusbarMessaging

/// How long the processes of a run have taken, step by step (H-31).
public struct ProcessLatencies: Sendable {
  /// One process.
  public struct Process: Sendable {
    /// What the links promise beside what the run has shown, in ms.
    public let budget: LatencyBudget
    /// What a run should take at most, in ms; nil when nobody said so.
    public let deadline: Double?
    /// The runs that came to their end.
    public let completedRuns: Int
    /// The runs that took longer than the deadline.
    public let lateRuns: Int
    /// The runs that wait for a message that will never come.
    public let strandedRuns: Int
  }

  /// The processes in the order of the file.
  public let processes: [Process]

  /// Reads a result; without processes there is nothing to tell.
  public init(_ reader: TrajectoryReader) throws(TrajectoryError) {
    guard reader.has("processes/process_time") else {
      processes = []
      return
    }
    func numbers(_ name: String) throws(TrajectoryError) -> [Double?] {
      let variable = try reader.variable(named: "processes/\(name)")
      return try reader.numbers(of: variable, rows: 0..<variable.shape[0])
    }
    let names = try reader.texts("processes/step")
    let owners = try reader.texts("processes/step_process")
    let promised = try numbers("step_promised")
    let deadlines = try numbers("step_deadline")
    let log = ProcessLog(
      begun: try numbers("process_time"), completed: try numbers("process_completed"),
      steps: try numbers("process_step"), runs: try numbers("process_run"))
    var processes: [Process] = []
    for first in owners.indices where first == 0 || owners[first] != owners[first - 1] {
      let last = owners.lastIndex(of: owners[first]) ?? first
      let passes = log.passes(ofSteps: first...last)
      let deadline = deadlines[first]
      processes.append(
        Process(
          budget: LatencyBudget(
            process: owners[first],
            steps: (first...last).map {
              LatencyBudget.Step(names[$0], promising: promised[$0])
            }, passes: passes.completed),
          deadline: deadline, completedRuns: passes.completed.count,
          lateRuns: passes.completed.count { pass in
            deadline.map { pass.reduce(0, +) > $0 } ?? false
          }, strandedRuns: passes.stranded))
    }
    self.processes = processes
  }
}

/// The rows of the group `processes`.
private struct ProcessLog {
  let begun, completed, steps, runs: [Double?]

  /// The times in ms of each run that has come to its end, and the number of those that never will.
  func passes(ofSteps own: ClosedRange<Int>) -> (completed: [[Double]], stranded: Int) {
    var open: [Int: [Double]] = [:]
    var passes: [[Double]] = []
    var stranded = 0
    for row in begun.indices {
      guard let step = steps[row].map({ Int($0) }), own.contains(step),
        let run = runs[row].map({ Int($0) }), let begin = begun[row], let end = completed[row]
      else { continue }
      guard end >= 0 else {
        stranded += 1
        open[run] = nil
        continue
      }
      let times = (open[run] ?? []) + [end - begin]
      open[run] = times
      // A run that began before the recording lacks its first steps.
      guard step == own.upperBound else { continue }
      if times.count == own.count { passes.append(times) }
      open[run] = nil
    }
    return (passes, stranded)
  }
}
