internal import BusbarScenario

/// The profile tables of a data set, which share one clock.
struct SimBenchProfileSet {
  /// What follows the profiles of a table.
  enum Kind: CaseIterable {
    case load, generation, storage

    /// The name of the table.
    var table: String {
      switch self {
      case .load: "LoadProfile"
      case .generation: "RESProfile"
      case .storage: "StorageProfile"
      }
    }

    /// The file that is written.
    var file: String {
      switch self {
      case .load: "profiles-load.csv"
      case .generation: "profiles-res.csv"
      case .storage: "profiles-storage.csv"
      }
    }
  }

  /// The columns that an element follows.
  struct Columns {
    let active: String
    /// Nil where the reactive power has no factors.
    let reactive: String?

    var all: [String] { [active] + (reactive.map { [$0] } ?? []) }
  }

  let tables: [Kind: SimBenchProfiles]
  /// The tables with faults, whose columns are not known.
  let faulty: Set<Kind>
  let clock: ProfileClock

  /// Returns the columns that the profile of a row names; nil without one or after a fault.
  func columns(
    of row: SimBenchRow, for kind: Kind, _ diagnostics: inout Diagnostics
  ) -> Columns? {
    guard !faulty.contains(kind), let profile = row.text("profile") else { return nil }
    let columns =
      kind == .load
      ? Columns(active: profile + "_pload", reactive: profile + "_qload")
      : Columns(active: profile, reactive: nil)
    let table = tables[kind]
    for name in columns.all where !(table?.has(name) ?? false) {
      let problem = "there is no column '\(name.prefix(60))' in \(kind.table).csv"
      let fallback = "add the column, or empty the cell for a constant power"
      diagnostics.error(
        problem, at: row.location(of: "profile"),
        remedy: NearestName.suggestion(
          for: name, among: table?.names ?? [], otherwise: fallback))
      return nil
    }
    return columns
  }
}

extension SimBenchConversion {
  /// Reads the profile tables; nil when there are none, or after a fault.
  mutating func readProfiles() -> SimBenchProfileSet? {
    var tables: [SimBenchProfileSet.Kind: SimBenchProfiles] = [:]
    var faulty: Set<SimBenchProfileSet.Kind> = []
    var clock: ProfileClock?
    for kind in SimBenchProfileSet.Kind.allCases {
      guard let file = folder.fileName(of: kind.table) else { continue }
      guard let bytes = folder.contents(of: file, &diagnostics),
        let table = SimBenchProfiles(bytes, file: file, &diagnostics)
      else {
        faulty.insert(kind)
        continue
      }
      if let clock, clock != table.clock {
        diagnostics.error(
          "the times differ from those of the other profile tables",
          at: SourceLocation(file: file, line: 2, column: 1),
          remedy: "give all profile tables the same first time, step and number of rows")
      }
      clock = clock ?? table.clock
      tables[kind] = table
    }
    return clock.map { SimBenchProfileSet(tables: tables, faulty: faulty, clock: $0) }
  }

  /// Writes the columns that something follows, and returns the files.
  mutating func writeProfiles(
    _ profiles: SimBenchProfileSet?, used: [SimBenchProfileSet.Kind: Set<String>]
  ) -> [String] {
    guard let profiles else { return [] }
    var files: [String] = []
    var taken: Set<String> = []
    for kind in SimBenchProfileSet.Kind.allCases {
      guard let table = profiles.tables[kind] else { continue }
      let names = table.names.filter { used[kind]?.contains($0) ?? false }
      guard !names.isEmpty else { continue }
      if let twice = names.first(where: { !taken.insert($0).inserted }) {
        diagnostics.error(
          "another profile table has a column '\(twice.prefix(60))' too",
          at: SourceLocation(file: table.file, line: 1, column: 1),
          remedy: "rename one of them, here and where it is followed")
      }
      guard let text = table.text(of: names, &diagnostics) else { continue }
      add(kind.file, text)
      files.append(kind.file)
      note(
        .translated, "\(kind.table).csv",
        "\(names.count) of \(table.names.count) profiles, those that something follows; every "
          + "number as it was written.")
    }
    return files
  }
}
