import ArgumentParser
import BusbarTrajectory

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write parts of a result file in another format.",
    subcommands: [ExportCSVCommand.self])
}

struct ExportCSVCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "csv", abstract: "Write a variable as CSV: a row an instant, a column an element.",
    discussion: "Times are in UTC. Columns of a phase are named ELEMENT.PHASE.")

  @Argument(help: "A result file.")
  var file: String

  @Argument(help: "A variable, such as bus_voltage_magnitude; without it they are listed.")
  var variable: String?

  @Option(
    name: .customLong("element"),
    help: ArgumentHelp("Write only the columns of this bus, branch, ... Repeatable."))
  var elements: [String] = []

  @Option(name: [.short, .long], help: "Write to a file instead of stdout.")
  var output: String?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  func run() throws {
    let reader = try reportingFailures { () throws(TrajectoryError) in
      try TrajectoryReader(file)
    }
    guard let variable else {
      for entry in reader.variables {
        let shape = zip(entry.dimensions, entry.shape).map { "\($0): \($1)" }
        let unit = entry.unit.map { ", \($0)" } ?? ""
        Terminal.print("\(entry.path) (\(shape.joined(separator: ", ")))\(unit)\n")
      }
      return
    }
    let export = try reportingFailures { () throws(TrajectoryError) in
      try CSVExport(reader, variable: variable, elements: elements)
    }
    let output = try TextOutput(self.output, replacing: force)
    var failure: (any Error)?
    try reportingFailures { () throws(TrajectoryError) in
      try export.write { (piece) throws(TrajectoryError) in
        guard failure == nil else { return }
        do { try output.write(piece) } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }
}
