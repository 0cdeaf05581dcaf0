import ArgumentParser
import BusbarReport
import BusbarTrajectory
import Foundation

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write one self-contained page about a result file, or a script that draws it.",
    discussion: """
      The page holds numbers, violations, pictures, provenance and the commands that make all of it \
      again. It needs neither a network nor scripts; where Chart.js is found, series can be zoomed. \
      An unfinished file (FILE.part) is reported as well.
      """)

  @Argument(help: "A result file.")
  var file: String

  @Option(
    name: [.short, .long], help: "The page. Without it FILE.html in this folder.")
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Limits of voltages in pu, such as 0.94:1.06. The standard is EN 50160, 0.9:1.1.",
      valueName: "low:high"))
  var limits: LimitsArgument?

  @Option(
    name: .customLong("js"),
    help: ArgumentHelp(
      "Chart.js, copied into the page. Without it Debian's (libjs-chart.js) if installed.",
      valueName: "chart.min.js"))
  var library: String?

  @Flag(name: .customLong("no-js"), help: "Write a page without any script.")
  var isPlain = false

  @Option(
    name: .customLong("emit-python"),
    help: ArgumentHelp(
      "Instead of a page, write a script that draws the main figures with xarray and matplotlib; "
        + "- is stdout.", valueName: "file.py"))
  var script: String?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  func validate() throws {
    if isPlain, library != nil {
      throw ValidationError("Give either --js or --no-js.")
    }
    if script != nil, output != nil || library != nil || isPlain {
      throw ValidationError("--emit-python writes a script and no page: drop --output and --js.")
    }
  }

  func run() async throws {
    if let script { return try emit(script) }
    let path = output ?? FilePlaces.name(of: file) + ".html"
    let places = try FilePlaces(
      picture: path, script: "", keepsScript: false, replacing: force)
    var options = Report.Options(file: file)
    if let limits { options.limits = limits.limits }
    options.library = try chartLibrary()
    let result = try open()
    let report: Report
    do throws(FigureError) {
      report = try await Report(of: result, options)
    } catch {
      Terminal.complain("\(error)")
      throw ExitCode.badInput
    }
    try places.write(Array(report.html.utf8), to: path)
    for remark in report.remarks { Terminal.say("note: \(remark)") }
    Terminal.say("\(path): \(Figures.bytes(report.html.utf8.count))")
  }

  /// The library that was asked for, or the one of the machine, or none.
  private func chartLibrary() throws -> ChartLibrary? {
    if isPlain { return nil }
    do throws(ChartLibrary.Failure) {
      if let library { return try ChartLibrary(path: library) }
    } catch {
      Terminal.complain("\(error)")
      throw ExitCode.badInput
    }
    return try? ChartLibrary(path: ChartLibrary.usualPath)
  }

  private func emit(_ script: String) throws {
    let result = try open()
    // The script may be started from any folder.
    let path = URL(fileURLWithPath: file).standardizedFileURL.path
    let text = try reportingFailures { () throws(FigureError) in
      try PythonScript(of: result, file: path, limits: limits?.limits ?? .standard).text
    }
    // Opened last, so that a result which cannot be read leaves no empty file behind.
    try TextOutput(script == "-" ? nil : script, replacing: force).write(text)
  }

  private func open() throws -> ResultView {
    let reader = try reportingFailures { () throws(TrajectoryError) in
      try TrajectoryReader(file)
    }
    return try reportingFailures { () throws(FigureError) in try ResultView(reader) }
  }
}
