import ArgumentParser
import BusbarMessaging
import BusbarTrajectory

struct LatencyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "latency",
    abstract: "Show how long the processes of a run have taken, step by step.",
    discussion: """
      For each process of the scenario: what the link classes promise beside the measured 5 %, 50 % \
      and 95 % quantiles, mean and maximum, in ms, and how many runs kept the deadline.
      """)

  @Argument(help: "A result file.")
  var file: String

  func run() throws {
    let latencies = try reportingFailures { () throws(TrajectoryError) in
      try ProcessLatencies(TrajectoryReader(file))
    }
    guard !latencies.processes.isEmpty else {
      Terminal.say(
        "'\(file)' holds no process. A scenario declares them in communication.processes.")
      return
    }
    for process in latencies.processes {
      Terminal.print(process.budget.description + "\n")
      var sentence = Figures.count(process.completedRuns, "run") + " completed"
      if let deadline = process.deadline {
        sentence += ", \(process.lateRuns) later than \(Figures.short(deadline)) ms"
      }
      if process.strandedRuns > 0 {
        sentence += ", \(process.strandedRuns) without an end: a message got lost"
      }
      Terminal.print(sentence + "\n\n")
    }
  }
}
