internal import BusbarTrajectory

/// A picture that a report asks for.
struct ReportPicture {
  /// The id of its figure on the page.
  let id: String
  /// The name of its kind.
  let kind: String
  let selection: FigureSelection
  /// Whether it can become a chart that zooms.
  var isInteractive = false
}

/// The pictures of a report, in its order.
enum ReportPictures {
  static func all(of findings: ReportFindings) -> [ReportPicture] {
    var everything = FigureSelection()
    everything.limits = findings.options.limits
    let plain = FigureSelection()
    var pictures = [
      ReportPicture(id: "diagram", kind: "diagram", selection: plain),
      ReportPicture(id: "profile", kind: "profile", selection: everything),
      ReportPicture(id: "source-power", kind: "series", selection: plain, isInteractive: true),
    ]
    if let worst = findings.worstBus {
      var selection = everything
      selection.variable = "bus_voltage_magnitude"
      selection.elements = [worst]
      pictures.append(
        ReportPicture(
          id: "worst-bus", kind: "series", selection: selection, isInteractive: true))
    }
    pictures += ["heatmap", "loading-duration", "load-duration"].map {
      ReportPicture(id: $0, kind: $0, selection: plain)
    }
    if let worst = findings.metered?.lowest.first?.customer {
      var selection = everything
      selection.elements = [worst]
      pictures.append(ReportPicture(id: "customer", kind: "customer", selection: selection))
    }
    pictures.append(ReportPicture(id: "events", kind: "events", selection: plain))
    return pictures
  }
}

extension ReportFindings {
  /// The recorded bus with the longest violation, or else with the lowest voltage.
  var worstBus: String? { voltages?.worst }
}

/// Draws the pictures of a report, and remembers what could not be drawn.
struct Gallery {
  private let result: ResultView
  private let options: Report.Options
  private var figures: [Markup] = []
  /// The pictures that become charts, by the ids of their figures.
  private(set) var charts: [ChartData] = []
  /// The commands that draw the pictures.
  private(set) var commands: [[String]] = []
  /// What the writer of the page should know.
  private(set) var remarks: [String] = []
  private var isAbsent = false

  init(_ result: ResultView, _ options: Report.Options) {
    self.result = result
    self.options = options
  }

  /// Draws pictures one after the other; one without data is left out.
  mutating func draw(_ pictures: [ReportPicture]) async throws(FigureError) {
    for picture in pictures {
      guard let kind = FigureCatalog.kind(named: picture.kind) else { continue }
      let figure: Figure
      do throws(FigureError) {
        figure = try kind.figure(of: result, picture.selection)
      } catch {
        figures.append(
          "<p class=\"note\">No picture of the kind '\(picture.kind)': \(reason(error))</p>\n")
        continue
      }
      commands.append(command(picture))
      if picture.isInteractive, let chart = ChartData(figure, of: picture.id, result.clock.epoch) {
        charts.append(chart)
      }
      figures.append(await self.figure(figure, picture, kind.size))
    }
  }

  /// Why a picture is left out; what a file does not hold needs no list of all that it holds.
  private func reason(_ error: FigureError) -> String {
    if case .result(.unknownVariable(let name, _)) = error {
      return "the result does not hold \(name)."
    }
    return "\(error)"
  }

  private mutating func figure(
    _ figure: Figure, _ picture: ReportPicture, _ size: GnuplotScript.Size
  ) async -> Markup {
    let drawing = await drawing(figure, picture, size)
    return """
      <figure id="figure-\(picture.id)">
      \(drawing)<figcaption>\(figure.summary)</figcaption>
      </figure>

      """
  }

  private mutating func drawing(
    _ figure: Figure, _ picture: ReportPicture, _ size: GnuplotScript.Size
  ) async -> Markup {
    let script = GnuplotScript(figure, .svg, PageTheme.placeholders, size)
    do throws(Gnuplot.Failure) {
      guard !isAbsent else { throw .isAbsent }
      let drawn = SVGDocument(try await Gnuplot.draw(script), of: figure)
      return """
        <div class="scroll still" tabindex="0" role="group" aria-label="\(figure.title)">
        \(InlineDrawing(drawn, prefix: picture.id).markup)</div>

        """
    } catch {
      if case .isAbsent = error {
        if !isAbsent { remarks.append("\(error) The report is written without pictures.") }
        isAbsent = true
      } else {
        remarks.append("\(picture.id): \(error)")
      }
      return """
        <p><strong>\(figure.title)</strong> could not be drawn. \("\(error)") In words:</p>

        """
    }
  }

  private func command(_ picture: ReportPicture) -> [String] {
    let selection = picture.selection
    var words = ["busbar", "plot", options.file, picture.kind]
    if let variable = selection.variable { words.append(variable) }
    for element in selection.elements { words += ["--element", element] }
    if selection.limits != .standard {
      let range = selection.limits.range
      words += ["--limits", "\(range.lowerBound):\(range.upperBound)"]
    }
    return words + ["-o", "\(picture.id).svg"]
  }

  var section: ReportSection {
    ReportSection(id: "pictures", heading: "Pictures", content: figures.joined())
  }
}
