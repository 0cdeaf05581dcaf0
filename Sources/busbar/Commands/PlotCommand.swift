import ArgumentParser
import BusbarReport
import BusbarTrajectory

struct PlotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a picture of a result file, as SVG, PDF or PNG.",
    discussion: """
      Kinds of pictures:
      \(FigureCatalog.all.map { "  \($0.name): \($0.abstract)" }.joined(separator: "\n"))

      Times are shown on the scenario's clock. gnuplot draws; where it is not installed, its script \
      is written with all data inside. An unfinished file (FILE.part) is drawn as well.
      """)

  @Argument(help: "A result file.")
  var file: String

  @Argument(help: "The kind of picture.")
  var kind: KindArgument

  @OptionGroup var selected: SelectionOptions

  @Option(help: "Dark on light, for papers, or light on dark.")
  var theme: ThemeArgument = .light

  @Option(help: ArgumentHelp("Width and height in pixels, such as 960x540.", valueName: "WxH"))
  var size: SizeArgument?

  @Option(
    name: [.short, .long],
    help: "The picture; its ending says the format. Without it FILE-KIND.svg in this folder.")
  var output: String?

  @Flag(help: "Keep gnuplot's script with its data beside the picture.")
  var keepScript = false

  @Flag(help: "Overwrite an existing file.")
  var force = false

  func validate() throws {
    if let output, FigureFormat(path: output) == nil {
      throw ValidationError("--output: the ending has to be .svg, .pdf or .png.")
    }
  }

  func run() async throws {
    let path = output ?? FilePlaces.name(of: file) + "-\(kind.kind.name).svg"
    let format = FigureFormat(path: path) ?? .svg
    let places = try FilePlaces(
      picture: path, script: FilePlaces.withoutEnding(path) + ".gp", keepsScript: keepScript,
      replacing: force)
    let figure = try figure()
    let script = GnuplotScript(figure, format, theme.theme, size?.size ?? kind.kind.size)
    if keepScript { try places.write(Array(script.text.utf8), to: places.script) }
    let drawn: [UInt8]
    do throws(Gnuplot.Failure) {
      drawn = try await Gnuplot.draw(script)
    } catch {
      try explain(error, script, places, path)
      throw ExitCode.cannotWrite
    }
    let bytes = format == .svg ? Array(SVGDocument(drawn, of: figure).text.utf8) : drawn
    try places.write(bytes, to: places.picture)
    Terminal.say("\(path): \(figure.summary)")
  }

  /// Says why nothing was drawn; without gnuplot, leaves the script for a machine that has it.
  private func explain(
    _ failure: Gnuplot.Failure, _ script: GnuplotScript, _ places: FilePlaces, _ path: String
  ) throws {
    guard case .isAbsent = failure else {
      Terminal.complain("\(failure)")
      return
    }
    if !keepScript { try places.write(Array(script.text.utf8), to: places.script) }
    Terminal.complain(
      "\(failure) Its script, with all data, is '\(places.script)': draw it elsewhere with "
        + "gnuplot -d \(CommandText.quoted(places.script)) > \(CommandText.quoted(path)).")
  }

  private func figure() throws -> Figure {
    let reader = try reportingFailures { () throws(TrajectoryError) in
      try TrajectoryReader(file)
    }
    let result = try reportingFailures { () throws(FigureError) in try ResultView(reader) }
    let selection = try selected.selection(for: kind.kind, on: result.clock)
    return try reportingFailures { () throws(FigureError) in
      try kind.kind.figure(of: result, selection)
    }
  }
}
