internal import BusbarEvents
internal import BusbarTrajectory

/// One self-contained page about a result file, readable without scripts and without a network.
public struct Report: Sendable {
  /// What a reader of the command line may choose.
  public struct Options: Sendable {
    /// The path of the result as the reader named it.
    public var file: String
    /// The limits of voltages in pu of the nominal voltage.
    public var limits = VoltageLimits.standard
    /// The chart library Chart.js; nil for a page without scripts.
    public var library: ChartLibrary?

    /// Makes options for a result file.
    public init(file: String) { self.file = file }
  }

  /// The page, as HTML.
  public let html: String
  /// What the writer of the page should know, such as that pictures are missing.
  public let remarks: [String]

  /// Reads a result and writes its page; gnuplot draws the pictures.
  public init(
    of result: ResultView, _ options: Options
  ) async throws(FigureError) {
    let findings = try ReportFindings(result, options)
    var gallery = Gallery(result, options)
    var sections: [ReportSection] = [
      KeyNumberSection.section(findings),
      WarningSection.section(findings),
      ViolationSection.section(findings),
      CustomerSection.section(findings),
    ]
    try await gallery.draw(ReportPictures.all(of: findings))
    sections.append(gallery.section)
    sections += [
      DeviceSection.section(findings),
      CommunicationSection.section(findings),
      SolverSection.section(findings),
      ProvenanceSection.inputs(findings),
      ProvenanceSection.section(findings),
      CommandSection.section(findings, gallery.commands),
    ].compactMap { $0 }
    html = ReportPage(findings, sections, gallery.charts, options.library).html
    remarks = gallery.remarks
  }
}

/// A part of the page below a heading of its own.
struct ReportSection {
  /// The id of the heading, which the table of contents points to.
  let id: String
  let heading: String
  let content: Markup
}

/// All that a report says of a result in words and tables, read once.
struct ReportFindings {
  let result: ResultView
  let options: Report.Options
  let facts: RunFacts
  /// The voltages of the buses; nil when they or the nominal voltages are not recorded.
  let voltages: VoltageSurvey?
  /// The voltages at the meters; nil when there are no readings.
  let metered: MeteredVoltages?
  /// The loading of the branches with ratings; nil when nothing is recorded.
  let loading: LoadingSurvey?
  let solver: SolverStatistics
  let devices: [DeviceTotals]
  let messages: MessageStatistics?
  let knowledge: OperatorKnowledge?
  let processes: [ProcessLatencies.Process]
  /// The nominal voltages of the buses to earth, in V, by their ids.
  let nominalVoltages: [String: Double]
  /// The number of elements by the names of their axes.
  let counts: [(name: String, count: Int)]

  init(_ result: ResultView, _ options: Report.Options) throws(FigureError) {
    self.result = result
    self.options = options
    facts = try RunFacts(result)
    let isRecorded = facts.instantCount > 0 && result.reader.has("bus_voltage_magnitude")
    let survey = isRecorded ? try VoltageSurvey(result, options.limits) : nil
    // Without nominal voltages nobody can say what lies outside the limits.
    voltages = survey.flatMap { $0.places.isEmpty ? nil : $0 }
    metered = try MeteredVoltages(result, options.limits)
    loading = facts.instantCount > 0 ? try LoadingSurvey(result) : nil
    solver = try SolverStatistics(result)
    devices = try DeviceTotals.all(of: result, every: facts.interval)
    messages = try MessageStatistics(result)
    knowledge = try OperatorKnowledge(result)
    processes = try result.reading { (reader) throws(TrajectoryError) in
      try ProcessLatencies(reader).processes
    }
    let buses = try result.reading { (reader) throws(TrajectoryError) in try reader.texts("bus") }
    var nominal: [String: Double] = [:]
    for (bus, volts) in zip(buses, try result.nominalVoltages()) { nominal[bus] = volts }
    nominalVoltages = nominal
    counts = ["bus", "branch", "transformer", "source", "meter"].map { axis in
      (axis, result.reader.variables.first { $0.path == axis }?.shape.first ?? 0)
    }
  }

  /// An instant on the clock of the run.
  func text(_ instant: SimulationTime) -> String { result.clock.text(instant) }

  /// The limits in words, such as `0.9 to 1.1 pu`.
  var limitsText: String {
    let range = options.limits.range
    return "\(FigureNumber.short(range.lowerBound)) to \(FigureNumber.short(range.upperBound)) pu"
  }
}
