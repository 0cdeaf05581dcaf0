internal import BusbarTrajectory

/// Where the result comes from: the files behind it, and the program and machine that made it.
enum ProvenanceSection {
  /// The files that defined the run, with their digests.
  static func inputs(_ findings: ReportFindings) -> ReportSection? {
    let attributes = try? findings.result.reader.attributes(ofGroup: "inputs")
    guard case .text(let listing) = attributes?.first(where: { $0.name == "sha256" })?.value else {
      return nil
    }
    var table = ReportTable(
      "Files that define the run; the result holds them", [.text("File"), .text("SHA-256 digest")])
    for line in listing.split(separator: "\n") {
      // In the manner of sha256sum: 64 digits, two blanks, the name.
      table.add([
        "\(String(line.dropFirst(66)))" as Markup,
        "<code>\(String(line.prefix(64)))</code>",
      ])
    }
    return ReportSection(id: "inputs", heading: "Inputs", content: table.markup)
  }

  static func section(_ findings: ReportFindings) -> ReportSection {
    var table = FactTable("What made the result")
    // What defines the run is shown with the commands.
    let elsewhere: Set = ["title", "overrides", "run_definition"]
    for attribute in findings.facts.attributes where !elsewhere.contains(attribute.name) {
      if attribute.name == "parent_time_milliseconds", case .integer(let time) = attribute.value {
        table.add("Parent's instant", findings.text(.init(milliseconds: time)))
        continue
      }
      table.add(words[attribute.name] ?? attribute.name, value(attribute.value))
    }
    let overrides = findings.facts.definition?.overrides ?? []
    table.add(
      "Replaced on the command line",
      overrides.isEmpty ? "nothing" : overrides.joined(separator: "; "))
    return ReportSection(id: "provenance", heading: "Provenance", content: table.markup)
  }

  private static func value(_ value: StoredAttribute.Value) -> Markup {
    switch value {
    case .text(let text): text.count >= 16 ? "<code>\(text)</code>" : "\(text)"
    case .integer(let number): "\(String(number))"
    case .real(let number): "\(String(number))"
    }
  }

  private static let words = [
    "Conventions": "Conventions of the file", "busbar_schema_version": "Version of the layout",
    "threads": "Threads", "busbar_version": "Busbar", "hdf5_version": "HDF5", "seed": "Seed",
    "time_zone": "Time zone", "utc_offset_at_start_seconds": "Offset to UTC at the start, s",
    "run_digest": "Digest of inputs, overrides and seed", "parent_checkpoint": "Parent",
    "parent_digest": "Digest of the parent's state", "cpu_level": "Processor level",
    "libc_version": "C library", "glibc_tunables": "GLIBC_TUNABLES",
    "event_log_hash": "Hash of the event log", "run_ending": "Ending",
  ]
}
