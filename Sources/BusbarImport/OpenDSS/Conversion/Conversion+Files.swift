internal import BusbarScenario

extension Conversion {
  /// The most values that all profiles may have together.
  static let mostProfileValues = 50_000_000

  /// Writes the files, in the order of their names.
  mutating func scenario() -> ImportedScenario {
    for table in tables.network.map(\.table) + [tables.customers, tables.loads] {
      if let fault = table.firstNotFinite {
        diagnostics.error(
          "'\(fault.column)' would not be a finite number", at: fault.location,
          remedy: "check the numbers of this element")
      }
    }
    let profiles = profileFiles()
    guard !diagnostics.hasErrors else { return ImportedScenario(files: [], report: []) }
    var files: [ImportedScenario.File] = [
      .init(name: "scenario.yaml", text: yaml(profiles)),
      .init(name: "README.md", text: ImportReadme.text(circuit, notes.notes)),
      .init(name: "report.csv", text: ImportReadme.report(notes.notes)),
    ]
    for (key, table) in tables.network where !table.rows.isEmpty {
      files.append(.init(name: "\(key).csv", text: table.text))
    }
    if !tables.loads.rows.isEmpty {
      files.append(.init(name: "customers.csv", text: tables.customers.text))
      files.append(.init(name: "loads.csv", text: tables.loads.text))
    }
    files += profiles.map { ImportedScenario.File(name: $0.name, text: $0.text) }
    return ImportedScenario(files: files.sorted { $0.name < $1.name }, report: notes.notes)
  }

  private struct ProfileFile {
    let name: String
    let stepSeconds: Double
    let text: String
  }

  /// A file for each step, with as many rows as the run needs.
  private mutating func profileFiles() -> [ProfileFile] {
    let run = options.run
    let seconds = run.stepSeconds * Double(run.count)
    var files: [ProfileFile] = []
    for step in Set(shapes.profiles.map(\.stepSeconds)).sorted() {
      let columns = shapes.profiles.filter { $0.stepSeconds == step }
      let longest = columns.map(\.values.count).max() ?? 0
      let needed = (seconds / step).rounded(.up)
      guard needed * Double(columns.count) < Double(Self.mostProfileValues),
        longest * columns.count < Self.mostProfileValues
      else {
        diagnostics.error(
          "the profiles would have more than \(Self.mostProfileValues) values",
          at: circuit.location, remedy: "shorten the run or the shapes")
        return []
      }
      let rows = max(Int(needed), longest)
      var text = columns.map { ScenarioTable.quoted($0.name) }.joined(separator: ",") + "\n"
      for row in 0..<rows {
        text +=
          columns.map { ScenarioTable.decimal($0.values[row % $0.values.count]) }
          .joined(separator: ",") + "\n"
      }
      if columns.contains(where: { column in column.values.contains { !$0.isFinite } }) {
        diagnostics.error(
          "a profile would hold a number that is not finite", at: circuit.location,
          remedy: "check the shapes")
      }
      files.append(
        ProfileFile(
          name: "profiles-\(ScenarioTable.decimal(step))s.csv", stepSeconds: step, text: text))
    }
    return files
  }

  private func yaml(_ profiles: [ProfileFile]) -> String {
    let run = options.run
    let milliseconds = (run.stepSeconds * Double(run.count) * 1_000).rounded()
    let duration = ScenarioTable.decimal(max(milliseconds, 1) / 1_000)
    var text = """
      # Written by busbar import opendss; README.md beside this file says what became of what.
      busbar: 1
      title: \(Self.quoted(circuit.name))
      # OpenDSS has no dates. The date is a choice.
      start: 2025-01-01T00:00:00
      time_zone: UTC
      duration: \(duration) s
      seed: 1

      network:
        frequency: \(ScenarioTable.decimal(frequency)) Hz

      """
    for (key, table) in tables.network where !table.rows.isEmpty {
      text += "  \(key): \(key).csv\n"
    }
    if !profiles.isEmpty {
      text += "\n# Row n holds during step n.\nprofiles:\n"
      for profile in profiles {
        text += "  - file: \(profile.name)\n"
        text += "    step: \(ScenarioTable.decimal(profile.stepSeconds)) s\n"
      }
    }
    if !tables.loads.rows.isEmpty {
      text += "\ncustomers: customers.csv\ndevices:\n  load: loads.csv\n"
    }
    let step = ScenarioTable.decimal(run.stepSeconds)
    text += """

      power_flow:
        tolerance: 1e-10
        iteration_limit: 200
        on_divergence: stop
        # What OpenDSS's snapshot is: all at nominal power.
        snapshot: nominal

      record:
        every: \(step) s

      """
    return text
  }

  /// A text as YAML needs it, in double quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
