internal import BusbarTrajectory

/// The commands that make the result and this page again.
enum CommandSection {
  static func section(_ findings: ReportFindings, _ pictures: [[String]]) -> ReportSection {
    let file = findings.options.file
    var limits: [String] = []
    if findings.options.limits != .standard {
      let range = findings.options.limits.range
      limits = ["--limits", "\(range.lowerBound):\(range.upperBound)"]
    }
    var blocks: [(words: String, commands: [[String]])] = []
    if findings.facts.ending == "completed" || findings.facts.ending == "stopped" {
      blocks.append(
        (
          "Run again what the file holds, and compare the contents; nothing else is needed:",
          [["busbar", "reproduce", file]]
        ))
    } else {
      blocks.append(("Finish the run:", [["busbar", "run", "--resume", finished(file)]]))
    }
    if let definition = findings.facts.definition {
      blocks.append((intent(definition), [run(definition, findings)]))
    }
    blocks.append(
      ("Write this page:", [["busbar", "report", file, "-o", "report.html"] + limits]))
    if !pictures.isEmpty { blocks.append(("Draw its pictures:", pictures)) }
    blocks.append(
      (
        "Go on in Python, with a script that reads the file with xarray:",
        [["busbar", "report", file, "--emit-python", "figures.py"], ["python3", "figures.py"]]
      ))
    let content = blocks.map { words, commands -> Markup in
      let lines = commands.map(CommandText.line).joined(separator: "\n")
      return """
        <p>\(words)</p>
        <pre tabindex="0"><code>\(Markup(trusted: lines.escapedKeepingLines))</code></pre>

        """
    }
    return ReportSection(id: "commands", heading: "Commands", content: content.joined())
  }

  /// The name that a run is resumed by: that of its result.
  private static func finished(_ file: String) -> String {
    file.hasSuffix(".part") ? String(file.dropLast(".part".count)) : file
  }

  private static func intent(_ definition: RunDefinition) -> String {
    definition.lineage.isEmpty
      ? "Run it from the scenario's folder:"
      : "Begin the branch again from the checkpoint of its parent:"
  }

  private static func run(_ definition: RunDefinition, _ findings: ReportFindings) -> [String] {
    var words = ["busbar", "run"]
    if definition.lineage.isEmpty {
      words.append(definition.scenarioFile)
    } else {
      words += ["--from", findings.result.reader.rootText("parent_checkpoint") ?? "CHECKPOINT"]
    }
    for override in definition.overrides { words += ["--set", override] }
    return words + ["--output", "again.h5"]
  }
}

extension String {
  /// The text inside HTML with its line feeds, as preformatted text shows them.
  fileprivate var escapedKeepingLines: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).escapedForMarkup }.joined(separator: "\n")
  }
}
