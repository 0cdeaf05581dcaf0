internal import BusbarEvents

/// The customers whose meters saw the lowest and the highest voltages.
enum CustomerSection {
  private static let mostRows = 8

  static func section(_ findings: ReportFindings) -> ReportSection {
    ReportSection(id: "customers", heading: "Worst-served customers", content: content(findings))
  }

  private static func content(_ findings: ReportFindings) -> Markup {
    guard let metered = findings.metered, !metered.lowest.isEmpty else {
      return "<p>No meter has read a voltage.</p>\n"
    }
    let low = metered.lowest
    let high = low.sorted { ($0.highest?.perUnit ?? 0) > ($1.highest?.perUnit ?? 0) }
    let long = low.filter { $0.outside > 0 }.sorted { $0.outside > $1.outside }
    func table(
      _ caption: String, _ meters: [MeteredVoltages.Meter],
      _ reading: (MeteredVoltages.Meter) -> MeteredVoltages.Reading?
    ) -> Markup {
      var table = ReportTable(
        caption,
        [
          .text("Customer"), .text("Meter"), .text("Bus"), .text("Phase"), .number("pu"),
          .number("V"), .text("Interval's end"), .number("Intervals outside"),
        ])
      for meter in meters.prefix(mostRows) {
        guard let reading = reading(meter) else { continue }
        table.add([
          meter.customer, meter.id, meter.bus, reading.phase,
          ReportNumber.perUnit(reading.perUnit),
          meter.nominal.map { FigureNumber.fixed(reading.perUnit * $0, 1) } ?? "\u{2013}",
          findings.text(reading.instant),
          ReportNumber.instants(meter.outside, every: metered.interval),
        ])
      }
      return table.markup
    }
    let outside: Markup =
      long.isEmpty
      ? "<p>No average of a meter leaves the limits of \(findings.limitsText).</p>\n"
      : """
      <p>\(FigureNumber.count(long.count, "meter")) of \(ReportNumber.whole(low.count)) averaged a \
      voltage outside \(findings.limitsText).</p>
      \(table("Longest outside \(findings.limitsText)", long) { $0.worst(findings.options.limits) })
      """
    let interval = metered.interval.map { " of \(ReportNumber.duration($0))" } ?? ""
    return """
      \(outside)\(table("Lowest metered voltages", low) { $0.lowest })\
      \(table("Highest metered voltages", high) { $0.highest })\
      <p class="note">What the meters averaged over intervals\(interval), phase to earth, in pu of \
      the nominal voltage. An interval is outside when one phase is.</p>

      """
  }
}

extension MeteredVoltages.Meter {
  /// The reading that lies farther outside the limits, or nearer to them.
  fileprivate func worst(_ limits: VoltageLimits) -> MeteredVoltages.Reading? {
    guard let lowest, let highest else { return nil }
    let isLow =
      limits.range.lowerBound - lowest.perUnit > highest.perUnit - limits.range.upperBound
    return isLow ? lowest : highest
  }
}
