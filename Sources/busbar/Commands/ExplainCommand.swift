import ArgumentParser
import BusbarEvents
import BusbarScenario
import BusbarTrajectory

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a result file holds about an element, and the events behind it.",
    discussion: """
      Prints the values recorded at or just before an instant, and the chain of events and messages \
      that brought them about, back to the scenario. An unfinished file (FILE.part) is read as well.
      """)

  @Argument(help: "A result file.")
  var file: String

  @Option(
    help: ArgumentHelp(
      "An instant, such as 2025-01-15T09:27:00 on the scenario's clock or with an offset, or the "
        + "time since the start, such as 9.5h.", valueName: "time"))
  var at: InstantArgument

  @Option(help: "Explain the voltages of this bus.")
  var bus: String?

  @Option(
    help: "Explain this device, meter, customer, line, transformer, source, control or party.")
  var entity: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard (bus == nil) != (entity == nil) else {
      throw ValidationError("Give either --bus or --entity.")
    }
  }

  func run() throws {
    let explainer = try reportingFailures { () throws(TrajectoryError) in
      try Explainer(TrajectoryReader(file))
    }
    let instant = try at.instant(on: explainer.clock)
    do throws(TrajectoryError) {
      let explanation =
        if let bus {
          try explainer.explain(bus: bus, at: instant)
        } else {
          try explainer.explain(entity: entity ?? "", at: instant)
        }
      Terminal.print(
        json ? explanation.json(explainer.clock).text : explanation.text(explainer.clock))
    } catch {
      Terminal.complain(sentence(error))
      throw error.exitCode
    }
  }

  /// What is wrong, with the nearest name for an unknown one.
  private func sentence(_ error: TrajectoryError) -> String {
    guard case .unknownElement(let name, let axis, let known) = error,
      let nearest = NearestName.of(name, among: known)
    else { return "\(error)" }
    return "There is no \(axis) '\(name)' in the file: write '\(nearest)'."
  }
}
