internal import BusbarEvents

/// What a reader should know before trusting the numbers.
enum WarningSection {
  static func section(_ findings: ReportFindings) -> ReportSection {
    let warnings = warnings(findings)
    let items = warnings.map { "<li>\($0)</li>\n" as Markup }
    return ReportSection(
      id: "warnings", heading: "Warnings",
      content: warnings.isEmpty
        ? "<p>None. \(praise(findings))</p>\n"
        : "<ul class=\"warnings\">\n\(items)</ul>\n")
  }

  /// What was looked at, and was as it should be.
  private static func praise(_ findings: ReportFindings) -> String {
    var words = ["Every power flow was solved"]
    if findings.voltages != nil { words.append("no recorded voltage left its limits") }
    if findings.loading?.branches.isEmpty == false {
      words.append("no branch with a known rating carried more than that")
    }
    if findings.messages != nil { words.append("no message got lost") }
    if !findings.processes.isEmpty { words.append("every process kept its deadline") }
    return words.joined(separator: "; ") + "."
  }

  private static func warnings(_ findings: ReportFindings) -> [String] {
    var warnings: [String] = []
    if findings.facts.ending != "completed" {
      warnings.append("The run is \(findings.facts.endingText).")
    }
    let steps = findings.solver.instantsByStatus
    for (status, words) in [
      ("held", "hold the solution of an earlier power flow"), ("missing", "have no solution"),
    ] {
      if let count = steps[status], count > 0 {
        warnings.append("\(FigureNumber.count(count, "recorded instant")) \(words).")
      }
    }
    if let failures = findings.facts.number("power_flows_without_solution"), failures > 0 {
      warnings.append("\(FigureNumber.count(Int(failures), "power flow")) had no solution.")
    }
    if let violations = findings.voltages?.violations, !violations.isEmpty {
      let buses = Set(violations.map(\.bus)).count
      warnings.append(
        "\(FigureNumber.count(buses, "bus", "buses")) left the voltage limits of "
          + "\(findings.limitsText).")
    }
    let outside = findings.metered?.meters.count { $0.outside > 0 } ?? 0
    if outside > 0 {
      warnings.append(
        "\(FigureNumber.count(outside, "meter")) averaged a voltage outside these limits.")
    }
    if let loading = findings.loading, let most = loading.overloaded.first {
      warnings.append(
        "\(FigureNumber.count(loading.overloaded.count, "branch", "branches")) carried more than "
          + "the rating at a recorded instant, \(most.id) the most: "
          + "\(ReportNumber.percent(most.loading, 1)).")
    }
    return warnings + communication(findings)
  }

  private static func communication(_ findings: ReportFindings) -> [String] {
    var warnings: [String] = []
    if let messages = findings.messages, messages.lost > 0 {
      let share = Double(messages.lost) / Double(max(1, messages.transmissions))
      warnings.append(
        "\(FigureNumber.count(messages.lost, "transmission")) of "
          + "\(ReportNumber.whole(messages.transmissions)) got lost (\(ReportNumber.percent(share)))."
      )
    }
    if let knowledge = findings.knowledge, knowledge.coverage.least < 1 {
      warnings.append(
        "The head-end's knowledge was stale: at worst it had "
          + "\(ReportNumber.percent(knowledge.coverage.least, 1)) of the meters' last records, and "
          + "the newest record of a meter was up to "
          + "\(ReportNumber.duration(seconds: knowledge.greatestAge)) old.")
    }
    for process in findings.processes {
      if process.lateRuns > 0, let deadline = process.deadline {
        warnings.append(
          "\(FigureNumber.count(process.lateRuns, "run")) of the process "
            + "'\(process.budget.process)' took longer than \(FigureNumber.short(deadline)) ms.")
      }
      if process.strandedRuns > 0 {
        warnings.append(
          "\(FigureNumber.count(process.strandedRuns, "run")) of the process "
            + "'\(process.budget.process)' never ended: a message got lost.")
      }
    }
    return warnings
  }
}
