internal import BusbarEvents

/// The numbers that a reader wants first: energies, losses, extreme voltages, sizes.
enum KeyNumberSection {
  static func section(_ findings: ReportFindings) -> ReportSection {
    ReportSection(id: "key-numbers", heading: "Key numbers", content: content(findings))
  }

  private static func content(_ findings: ReportFindings) -> Markup {
    let facts = findings.facts
    var table = FactTable("Energies, extremes and sizes of the run")
    addEnergies(facts, to: &table)
    for name in ["lowest", "highest"] {
      table.add("\(name.capitalisedFirst) voltage", extreme(name, findings))
    }
    table.add(
      "Most loaded branch",
      findings.loading?.branches.first.map {
        "\($0.id), \(ReportNumber.percent($0.loading, 1)) of its rating"
      })
    table.add("Recorded instants", recording(findings))
    table.add(
      "Network",
      findings.counts.filter { $0.count > 0 }.map { name, count in
        count == 1
          ? "1 \(name)"
          : "\(ReportNumber.whole(count)) \(name)\(name.hasSuffix("s") || name.hasSuffix("ch") ? "es" : "s")"
      }.joined(separator: ", "))
    let note: Markup =
      facts.ending == nil
      ? "<p>The run has left no summary: it was killed, or is still going on. What follows is of "
        + "the instants recorded so far.</p>\n" : .empty
    return note + table.markup
  }

  private static func addEnergies(_ facts: RunFacts, to table: inout FactTable) {
    let sent = facts.number("energy_sent_joules")
    table.add("Sent by sources", sent.map(ReportNumber.energy))
    table.add(
      "Delivered to devices", facts.number("energy_delivered_joules").map(ReportNumber.energy))
    table.add(
      "Lost in lines and transformers",
      facts.number("energy_lost_joules").map { lost in
        ReportNumber.energy(lost)
          + (sent.map { $0 != 0 ? " (\(ReportNumber.percent(lost / $0, 3)) of what is sent)" : "" }
            ?? "")
      })
    table.add(
      "Largest power imbalance",
      facts.number("largest_power_imbalance_watts").map { "\(FigureNumber.short($0)) W" })
    table.add(
      "Largest deviation of delivered from requested power",
      facts.number("largest_power_deviation_volt_amperes").map { "\(FigureNumber.short($0)) VA" })
  }

  /// The extreme of all power flows, or else of what is recorded.
  private static func extreme(_ name: String, _ findings: ReportFindings) -> String? {
    if let extreme = findings.facts.extreme(name) {
      let nominal = findings.nominalVoltages[extreme.bus]
      return voltage(extreme.perUnit, nominal)
        + " at bus \(extreme.bus), phase \(extreme.phase), \(findings.text(extreme.instant))"
    }
    let survey = findings.voltages
    guard let place = name == "lowest" ? survey?.lowest : survey?.highest else { return nil }
    return voltage(name == "lowest" ? place.lowest : place.highest, place.nominal)
      + " at bus \(place.bus), phase \(place.phase)"
  }

  /// A voltage in pu, and in V to earth where the nominal voltage is known.
  static func voltage(_ perUnit: Double, _ nominal: Double?) -> String {
    ReportNumber.perUnit(perUnit) + " pu"
      + (nominal.map { " (\(FigureNumber.fixed(perUnit * $0, 1)) V)" } ?? "")
  }

  private static func recording(_ findings: ReportFindings) -> String {
    let facts = findings.facts
    guard let (first, last) = facts.window else { return "none" }
    return ReportNumber.whole(facts.instantCount)
      + (facts.interval.map { ", every \(ReportNumber.duration($0))" } ?? "")
      + ", \(findings.text(first)) to \(findings.text(last))"
  }
}
