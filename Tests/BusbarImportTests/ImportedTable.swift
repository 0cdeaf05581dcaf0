import BusbarImport
import BusbarScenario
import BusbarTestSupport
import Foundation
import Testing

/// A conversion for a test: the scenario, and what was found on the way.
struct Importing {
  let scenario: ImportedScenario?
  let diagnostics: [Diagnostic]

  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  init(_ path: String, from files: some DSSFileAccess = DSSDiskFiles()) {
    var found = Diagnostics()
    scenario = OpenDSSImport.scenario(at: path, from: files, &found)
    diagnostics = found.sorted
  }

  /// Converts lines that follow a circuit of 400 V and 50 Hz.
  init(lines: String) {
    let start = "Set DefaultBaseFrequency=50\nNew Circuit.c basekv=0.4 bus1=s\n"
    self.init("/feeder/master.dss", from: MemoryFiles(["master.dss": start + lines]))
  }

  /// A table of the scenario; empty where there is none.
  func table(_ name: String) -> ImportedTable {
    ImportedTable(scenario?.files.first { $0.name == name + ".csv" }?.text ?? "")
  }
}

/// A table of an imported scenario by column names.
struct ImportedTable {
  let rows: [[String: String]]

  /// Reads a table in which no field holds a comma.
  init(_ text: String) {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    rows = lines.dropFirst().map { cells in
      Dictionary(uniqueKeysWithValues: zip(lines[0], cells))
    }
  }

  /// The row whose first column is an id, in any case.
  func row(_ id: String) -> [String: String]? {
    rows.first { $0["id"]?.lowercased() == id.lowercased() }
  }

  /// A number of the row with an id.
  func number(_ id: String, _ column: String) -> Double? {
    row(id)?[column].flatMap(Double.init)
  }
}

/// Whether two numbers agree to some digits.
func isNear(_ a: Double?, _ b: Double?, relatively tolerance: Double = 1e-9) -> Bool {
  guard let a, let b else { return false }
  return abs(a - b) <= tolerance * max(abs(a), abs(b))
}
