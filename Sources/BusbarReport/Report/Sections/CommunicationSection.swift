internal import BusbarMessaging
internal import BusbarTrajectory

/// What became of messages, what the head-end knew, and how long processes took.
enum CommunicationSection {
  static func section(_ findings: ReportFindings) -> ReportSection? {
    let content =
      knowledge(findings) + messages(findings)
      + findings.processes.map(Self.process).joined()
    guard content != .empty else { return nil }
    return ReportSection(
      id: "communication", heading: "Meter reading and messages", content: content)
  }

  private static func knowledge(_ findings: ReportFindings) -> Markup {
    guard let knowledge = findings.knowledge else { return .empty }
    var table = FactTable("What the head-end knew, over the recorded instants")
    table.add(
      "Meters whose record of the last interval had arrived",
      "mean \(ReportNumber.percent(knowledge.coverage.mean, 1)), least "
        + ReportNumber.percent(knowledge.coverage.least, 1))
    table.add(
      "Mean age of a meter's newest record", ReportNumber.duration(seconds: knowledge.meanAge))
    table.add(
      "Greatest age of a meter's newest record",
      ReportNumber.duration(seconds: knowledge.greatestAge))
    table.add(
      "Most records that had not arrived", ReportNumber.whole(knowledge.greatestBacklog))
    return table.markup
  }

  private static func messages(_ findings: ReportFindings) -> Markup {
    guard let messages = findings.messages else { return .empty }
    var classes = ReportTable(
      "Transmissions by class of link",
      [
        .text("Class"), .number("Links"), .number("Transmissions"), .number("Lost"),
        .number("Lost, %"), .number("Bytes"),
      ])
    for total in messages.classes {
      classes.add([
        total.name, ReportNumber.whole(total.links), ReportNumber.whole(total.transmissions),
        ReportNumber.whole(total.lost),
        FigureNumber.fixed(Double(total.lost) / Double(max(1, total.transmissions)) * 100, 2),
        ReportNumber.whole(total.bytes),
      ])
    }
    var outcomes = ReportTable(
      "What became of the transmissions", [.text("Outcome"), .number("Transmissions")])
    for (outcome, count) in messages.outcomes.sorted(by: { $0.key < $1.key }) where count > 0 {
      outcomes.add([outcome.replacing("_", with: " "), ReportNumber.whole(count)])
    }
    return classes.markup + (outcomes.isEmpty ? .empty : outcomes.markup)
  }

  private static func process(_ process: ProcessLatencies.Process) -> Markup {
    let budget = process.budget
    var table = ReportTable(
      "Process \(budget.process): latency in ms",
      [
        .text("Step"), .number("Promised"), .number("5 % below"), .number("Median"),
        .number("95 % below"), .number("Mean"), .number("Greatest"),
      ])
    func number(_ value: Double?) -> String {
      value.map { FigureNumber.fixed($0, 1) } ?? "\u{2013}"
    }
    for row in budget.rows + [budget.total] {
      let measured = row.measured
      table.add(
        [row.step]
          + [
            row.promised, measured?.p5, measured?.median, measured?.p95, measured?.mean,
            measured?.maximum,
          ].map(number))
    }
    var words = "\(FigureNumber.count(process.completedRuns, "run")) completed"
    if let deadline = process.deadline {
      words += ", \(process.lateRuns) later than \(FigureNumber.short(deadline)) ms"
    }
    if process.strandedRuns > 0 { words += ", \(process.strandedRuns) without an end" }
    return table.markup + "<p class=\"note\">\(words).</p>\n"
  }
}
