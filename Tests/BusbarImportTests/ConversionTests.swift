import BusbarImport
import BusbarScenario
import BusbarTestSupport
import Foundation
import Testing

@Suite("Whole circuits as scenarios")
struct ConversionTests {
  @Test("Each circuit of the reference data converts, and twice to the same bytes")
  func allCircuitsConvert() throws {
    guard let folder = PackageFolder.sharedData(".") else { return print(PackageFolder.absentData) }
    var circuits = 0
    for master in Feeders.masters {
      let path = folder.appendingPathComponent(master).path
      guard Reading(path, from: DSSDiskFiles()).circuit != nil else { continue }
      let first = Importing(path)
      for error in first.errors { Issue.record("\(master): \(error)") }
      #expect(first.scenario == Importing(path).scenario, "\(master)")
      circuits += 1
      for file in first.scenario?.files ?? [] {
        #expect(file.text.hasSuffix("\n"), "\(master) \(file.name)")
        #expect(!file.text.contains(folder.path), "\(master) \(file.name) names an absolute path")
      }
      #expect(first.scenario?.files.map(\.name) == first.scenario?.files.map(\.name).sorted())
    }
    print(circuits, "circuits converted")
    #expect(circuits > 100)
  }

  /// The references with the loads as the engine resolved them.
  static let resolved: [(reference: String, master: String)] =
    EngineModelTests.masters

  @Test("The powers and voltages of all loads are those that the engine resolved")
  func loadsAgree() throws {
    guard let folder = PackageFolder.sharedData(".") else { return print(PackageFolder.absentData) }
    var compared = 0
    for (reference, master) in Self.resolved {
      let file = folder.appendingPathComponent("\(reference)/loads.csv")
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      let wanted = try ReferenceTable(file)
      let loads = Importing(folder.appendingPathComponent(master).path).table("loads")
      let names = wanted.header
      func text(_ row: Int, _ column: String) -> String {
        names.firstIndex(of: column).map { String(wanted.rows[row][$0]) } ?? ""
      }
      for row in wanted.rows.indices {
        let id = text(row, "load")
        let place = "\(master) \(id)"
        // The table has ten digits.
        for (column, ours) in [("kw", "power_kw"), ("kvar", "reactive_power_kvar")] {
          let (theirs, mine) = (Double(text(row, column)) ?? .nan, loads.number(id, ours) ?? .nan)
          #expect(abs(theirs - mine) <= 1e-8 * max(abs(theirs), 1), "\(place) \(column)")
        }
        let phases = Int(text(row, "phases")) ?? 0
        let isLineToNeutral = text(row, "conn") == "wye" && (2...3).contains(phases)
        let volts = (Double(text(row, "kv")) ?? 0) * 1e3 / (isLineToNeutral ? 3.0.squareRoot() : 1)
        #expect(isNear(loads.number(id, "rated_voltage_v"), volts, relatively: 1e-8), "\(place) kv")
        #expect(loads.row(id)?["legs"]?.split(separator: " ").count == phases, "\(place) legs")
        compared += 1
      }
    }
    print(compared, "loads compared")
    #expect(compared > 400)
  }

  @Test("The report counts each kind of note, and names what was ignored")
  func reportTellsAll() throws {
    let importing = Importing(
      lines: """
        New Line.l bus1=s bus2=b r1=1 x1=1 length=2 units=km emergamps=100
        New Monitor.m element=line.l terminal=1 mode=0
        New PVSystem.p bus1=b kv=0.4 kva=10 pmpp=8
        """)
    let scenario = try #require(importing.scenario)
    #expect(scenario.count(.approximated) == 1)
    let ignored = scenario.report.filter { $0.kind == .ignored }.map { "\($0.element) \($0.text)" }
    #expect(
      ignored == [
        "line.l EmergAmps: ratings and failure rates do not enter a power flow",
        "monitor.m monitor: it only records",
      ])
    let readme = try #require(scenario.files.first { $0.name == "README.md" })
    #expect(readme.text.contains("- `master.dss`"))
    #expect(readme.text.contains("- `pvsystem.p`: it became a load of negative power"))
  }
}
