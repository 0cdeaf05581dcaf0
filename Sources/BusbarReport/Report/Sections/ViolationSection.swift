internal import BusbarEvents

/// The buses whose voltages leave their limits, and for how long.
enum ViolationSection {
  /// A table is for reading; the file holds the rest.
  private static let mostRows = 20

  static func section(_ findings: ReportFindings) -> ReportSection {
    ReportSection(id: "violations", heading: "Voltage limits", content: content(findings))
  }

  private static func content(_ findings: ReportFindings) -> Markup {
    guard let survey = findings.voltages else {
      return """
        <p>The voltages of buses are not recorded (<code>bus_voltage_magnitude</code>,
        <code>bus_nominal_voltage</code>), so nobody \
        can say which of them left the limits of \(findings.limitsText).</p>

        """
    }
    let violations = survey.violations
    let buses = Set(violations.map(\.bus)).count
    guard !violations.isEmpty else {
      return """
        <p>No bus leaves the limits of \(findings.limitsText) at any recorded instant.</p>
        \(method(findings, survey))
        """
    }
    var table = ReportTable(
      "Longest violations of \(findings.limitsText)",
      [
        .text("Bus"), .text("Phase"), .number("Below: instants"), .number("Above: instants"),
        .number("Without supply"), .number("Share of the run"), .number("Lowest, pu"),
        .number("Highest, pu"),
      ])
    let interval = findings.facts.interval
    for place in violations.prefix(mostRows) {
      table.add([
        place.bus, place.phase, ReportNumber.instants(place.below, every: interval),
        ReportNumber.instants(place.above, every: interval),
        ReportNumber.instants(place.interrupted, every: interval),
        ReportNumber.percent(Double(place.outside) / Double(survey.instantCount)),
        place.lowest.isFinite ? ReportNumber.perUnit(place.lowest) : "\u{2013}",
        place.highest.isFinite ? ReportNumber.perUnit(place.highest) : "\u{2013}",
      ])
    }
    let rest = violations.count - mostRows
    let more: Markup =
      rest > 0
      ? "<p>\(ReportNumber.whole(rest)) more conductors leave the limits for as long or less.</p>\n"
      : .empty
    return """
      <p>\(FigureNumber.count(violations.count, "conductor")) of \
      \(FigureNumber.count(buses, "bus", "buses")) leave the limits of \(findings.limitsText) at \
      some recorded instant.</p>
      \(table.markup)\(more)\(method(findings, survey))
      """
  }

  private static func method(_ findings: ReportFindings, _ survey: VoltageSurvey) -> Markup {
    let interval = findings.facts.interval.map { " that stands for \(ReportNumber.duration($0))" }
    return """
      <p class="note">Voltages to earth in pu of the nominal voltage. Each recorded instant counts \
      as one\(interval ?? ""); what happens between them does not count. The minima and maxima of \
      the hours say where to look, and the instants of those hours are counted one by one \
      (\(ReportNumber.whole(survey.readCount)) of \(ReportNumber.whole(survey.instantCount))). \
      Below \(ReportNumber.percent(VoltageSurvey.interruption, 0)) a bus is without supply. \
      EN 50160 judges 10-minute averages instead.</p>

      """
  }
}
