/// The text of `scenario.yaml` of an imported grid.
struct SimBenchScenarioText {
  let name: String
  /// The CSV files that were written.
  let tables: [String]
  let profiles: [String]
  let clock: ProfileClock?

  var text: String {
    let quoted = YAMLText.quoted("SimBench \(name)")
    let minutes = (clock?.stepMinutes ?? 60) * (clock?.stepCount ?? 24)
    let network = ["buses", "line_codes", "lines", "transformers", "shunts", "sources"]
      .filter { tables.contains("\($0).csv") }.map { "  \($0): \($0).csv\n" }.joined()
    let devices =
      tables.contains("loads.csv")
      ? "customers: customers.csv\ndevices:\n  load: loads.csv\n\n" : ""
    return """
      # Imported from SimBench. README.md says what was translated and what was assumed.
      busbar: 1
      title: \(quoted)
      # The clock of the profiles is that of Germany, with summer time.
      start: \(clock?.start ?? "2016-01-01T00:00:00")
      time_zone: Europe/Berlin
      duration: \(minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes) min")

      network:
        frequency: 50 Hz
      \(network)
      \(profileSection)\(devices)record:
        every: \(clock?.stepMinutes ?? 60) min

      """
  }

  private var profileSection: String {
    guard let clock, !profiles.isEmpty else { return "" }
    let rows = profiles.map { "  - file: \($0)\n    step: \(clock.stepMinutes) min\n" }
    return "profiles:\n" + rows.joined() + "\n"
  }
}
