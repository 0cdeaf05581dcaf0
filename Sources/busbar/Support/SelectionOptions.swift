import ArgumentParser
import BusbarEvents
import BusbarReport
import BusbarTrajectory

/// What of a result a picture shows.
struct SelectionOptions: ParsableArguments {
  @Argument(help: "A variable, for kinds that show any, such as bus_voltage_magnitude.")
  var variable: String?

  @Option(
    name: .customLong("element"),
    help: ArgumentHelp("Show this bus, branch, meter, device ... Repeatable.", valueName: "id"))
  var elements: [String] = []

  @Option(help: "Show this phase only: a, b, c or n.")
  var phase: String?

  @Option(
    help: ArgumentHelp(
      "An instant on the scenario's clock, such as 2025-01-15T09:27:00, or the time since the "
        + "start, such as 9.5h.", valueName: "time"))
  var at: InstantArgument?

  @Option(help: ArgumentHelp("The first instant shown.", valueName: "time"))
  var from: InstantArgument?

  @Option(help: ArgumentHelp("The end of what is shown.", valueName: "time"))
  var to: InstantArgument?

  @Option(
    help: ArgumentHelp(
      "Limits of voltages in pu, such as 0.94:1.06. The standard is EN 50160, 0.9:1.1.",
      valueName: "low:high"))
  var limits: LimitsArgument?

  @Option(
    help: ArgumentHelp(
      "Which value stands for several: farthest (from 1 pu, or zero), lowest, highest.",
      valueName: "which"))
  var extreme: ShownExtreme = .farthest

  /// The selection for a kind of picture; refuses what that kind does not listen to.
  func selection(
    for kind: any FigureKind.Type, on clock: ResultClock
  ) throws -> FigureSelection {
    var selection = FigureSelection()
    selection.variable = variable
    selection.elements = elements
    selection.phase = phase
    selection.instant = try at?.instant(on: clock)
    selection.from = try from?.instant(on: clock, option: "--from")
    selection.to = try to?.instant(on: clock, option: "--to")
    if let limits { selection.limits = limits.limits }
    selection.extreme = extreme
    let unused = selection.options.subtracting(kind.options)
    if let option = FigureOption.allCases.first(where: unused.contains) {
      let known = FigureOption.allCases.filter(kind.options.contains).map(\.flag)
      throw ValidationError(
        "A picture of the kind '\(kind.name)' does not listen to \(option.flag)"
          + (known.isEmpty ? "." : ", but to \(known.joined(separator: ", "))."))
    }
    if selection.instant != nil, selection.from != nil || selection.to != nil {
      throw ValidationError("Give either --at or a window of --from and --to.")
    }
    return selection
  }
}
