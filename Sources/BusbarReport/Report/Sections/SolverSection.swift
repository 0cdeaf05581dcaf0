/// How the power flows went.
enum SolverSection {
  static func section(_ findings: ReportFindings) -> ReportSection {
    let solver = findings.solver
    var facts = FactTable("Power flows of the run")
    facts.add("Power flows", ReportNumber.whole(solver.flowCount))
    let mean = Double(solver.sweepCount) / Double(max(1, solver.flowCount))
    facts.add(
      "Sweeps",
      solver.flowCount > 0
        ? "\(ReportNumber.whole(solver.sweepCount)); mean \(FigureNumber.fixed(mean, 2)), most "
          + "\(solver.flowsBySweeps.keys.max() ?? 0) in a power flow" : nil)
    facts.add(
      "Largest mismatch of a solved power flow",
      solver.flowCount > 0 ? "\(FigureNumber.short(solver.largestMismatch)) pu" : nil)
    for (status, words) in [
      ("solved", "Solved"), ("held", "Held the solution before"), ("missing", "Without solution"),
    ] {
      facts.add(words, solver.flowsByStatus[status].map(ReportNumber.whole))
    }
    var sweeps = ReportTable(
      "Power flows by their number of sweeps",
      [.text("Sweeps"), .number("Power flows"), .number("Share")])
    for (count, flows) in solver.flowsBySweeps.sorted(by: { $0.key < $1.key }) {
      sweeps.add([
        "\(count)", ReportNumber.whole(flows),
        ReportNumber.percent(Double(flows) / Double(max(1, solver.flowCount)), 1),
      ])
    }
    return ReportSection(
      id: "solver", heading: "Solver",
      content: """
        \(facts.markup)\(sweeps.isEmpty ? .empty : sweeps.markup)<p class="note">The mismatch is the \
        largest change of a voltage in the last sweep, relative to the nominal voltage. An instant \
        at which no demand changes needs no power flow.</p>

        """)
  }
}
