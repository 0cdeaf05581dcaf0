import ArgumentParser
import BusbarTrajectory

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Show whether two result files have the same content.",
    discussion: """
      Compared are the names, types, shapes, units and values of the variables that both files \
      have, the event-log hash and the summary. Exit code 0: the same content; 1: not.
      """)

  @Argument(help: "A result file.")
  var first: String

  @Argument(help: "Another result file.")
  var second: String

  @Flag(name: [.short, .long], help: "Print nothing; the exit code says it all.")
  var quiet = false

  func run() throws {
    let comparison = try reportingFailures { () throws(TrajectoryError) in
      try ContentComparison(TrajectoryReader(first), TrajectoryReader(second))
    }
    if !quiet { comparison.print(as: first, and: second) }
    if !comparison.isSame { throw ExitCode.runFailed }
  }
}

extension ContentComparison {
  /// Prints what differs between two files, and whether their content is the same.
  func print(as first: String, and second: String) {
    for path in onlyInFirst { Terminal.print("only in \(first): \(path)\n") }
    for path in onlyInSecond { Terminal.print("only in \(second): \(path)\n") }
    for difference in differences { Terminal.print("\(difference)\n") }
    Terminal.print(
      isSame
        ? "same content: \(commonCount) variables, sha256 \(firstDigest)\n"
        : "different content: sha256 \(firstDigest) and \(secondDigest)\n")
  }
}
