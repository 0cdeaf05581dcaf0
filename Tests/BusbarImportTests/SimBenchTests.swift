import BusbarImport
import BusbarScenario
import BusbarTestSupport
import Foundation
import Testing

@Suite("Import of SimBench grids")
struct SimBenchTests {
  let sample = SimBenchSample()

  @Test("A grid becomes a scenario that is sound, the same for each import")
  func aGridBecomesASoundScenario() {
    let imported = sample.converted()
    #expect(imported.faults.isEmpty)
    #expect(sample.converted().scenario == imported.scenario)
    let reading = Scenario.read(files: imported.bytes)
    #expect(reading.diagnostics.sorted.isEmpty, "\(reading.diagnostics.sorted)")
    #expect(reading.scenario?.title == "SimBench sample")
  }

  @Test("Auxiliary nodes behind a closed switch of their own are one bus with the busbar")
  func auxiliaryNodesAreJoined() {
    let imported = sample.converted()
    let ids = imported.lines("buses.csv").dropFirst().map { $0.split(separator: ",")[0] }
    #expect(ids == ["MV Bus 1", "LV Bus 1", "LV Bus 2", "LV Bus 3", "LV coupler"])
    #expect(
      imported.lines("lines.csv") == [
        "id,from_bus,to_bus,line_code,length_km,state", "Line 1,LV Bus 1,LV Bus 2,cable,0.1,",
        "Line 2,LV Bus 1,LV Bus 3,cable,0.25,", "Switch 6,LV Bus 2,LV coupler,switch,0.001,",
        "Switch 7,LV coupler,LV Bus 3,switch,0.001,open",
      ])
  }

  /// C = 260.752 µS/km / (2π·50 Hz) = 830.00 nF/km.
  @Test("Types that are used become line codes, with the zero sequence of the positive one")
  func typesBecomeLineCodes() throws {
    let codes = sample.converted().lines("line_codes.csv")
    #expect(codes.count == 3)
    let cells = codes[1].split(separator: ",").map(String.init)
    #expect(cells[0..<5] == ["cable", "0.2067", "0.0804248", "0.2067", "0.0804248"])
    // Six digits of b are written.
    #expect(abs(try #require(Double(cells[5])) - 830.00) < 0.001)
    #expect(cells[5] == cells[6])
    // iMax is in A: 270 A is the ampacity of NAYY 4x150, and a cable of 270 kA does not exist.
    #expect(cells[7] == "270.0")
    #expect(codes[2] == "switch,0,0,0,0,0,0,")
  }

  /// R = 3.25/250, X = √(0.06² − R²), P0 = 0.875/250, and √(0.005² − P0²) of magnetising current.
  @Test("The type of a transformer gives its vector group, impedances and taps")
  func transformersHaveTheValuesOfTheirType() throws {
    let row = try #require(sample.converted().lines("transformers.csv").last)
    let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    #expect(cells[0..<7] == ["Trafo", "MV Bus 1", "LV Bus 1", "Dyn5", "0.25", "20.0", "0.4"])
    let values = cells[7..<11].map { Double($0) ?? .nan }
    for (value, expected) in zip(values, [0.013, 0.058_574_738, 0.003_5, 0.003_570_714]) {
      // The expected values have nine decimals.
      #expect(abs(value - expected) < 1e-9)
    }
    #expect(cells[11...] == ["", "-1", "-2", "2", "2.5"])
  }

  @Test("RES feed in, a constant reactive power is fixed, and names that clash get their table's")
  func devicesBecomeLoads() {
    #expect(
      sample.converted().lines("loads.csv").dropFirst() == [
        "Load 1,LV Bus 2,0.05,0.02,H0-A_pload,H0-A_qload,",
        "Load 2,LV Bus 3,0.03,0.01,G0-A_pload,G0-A_qload,",
        "SGen 1,LV Bus 3,-0.04,0.005,PV1,,fixed_reactive",
        "Storage Load 1,LV Bus 3,-0.02,,Store,,",
      ])
  }

  @Test("Profiles keep their numbers, and the clock may skip the hour before summer time")
  func profilesAreKept() {
    let imported = sample.converted()
    #expect(
      imported.lines("profiles-load.csv") == [
        "H0-A_pload,H0-A_qload,G0-A_pload,G0-A_qload", "0.25,0.5,1,0", "0.5,-0.25,0.75,0.1",
        "0.125,0.3,0.5,0.2", "1.0,0.4,0.25,0.3",
      ])
    let scenario = imported.lines("scenario.yaml")
    #expect(scenario.contains("start: 2016-03-27T01:30:00"))
    #expect(scenario.contains("duration: 1 h"))
    #expect(scenario.contains("    step: 15 min"))
  }

  @Test("The README names origin, licence and what was assumed, ignored or renamed")
  func theReadmeTellsTheStory() {
    let readme = sample.converted().lines("README.md").joined(separator: "\n")
    for part in [
      "ODbL", "DbCL", "https://simbench.net", "Z0 = Z1", "**StudyCases.csv**: Not used",
      "Named 'Storage Load 1'", "2 switches",
    ] {
      #expect(readme.contains(part), "\(part)")
    }
  }

  @Test("Tables may be packed, and the profiles may lie beside the folder")
  func tablesMayBePacked() throws {
    let place = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let grid = place.appendingPathComponent("sample")
    try FileManager.default.createDirectory(at: grid, withIntermediateDirectories: true)
    for (name, text) in sample.files {
      let folder = name.hasSuffix("Profile.csv") ? place : grid
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    let gzip = URL(fileURLWithPath: "/usr/bin/env")
    for path in ["LoadProfile.csv", "sample/Node.csv", "sample/Line.csv"] {
      #expect(try Command.run(gzip, ["gzip", path], in: place).exitCode == 0)
    }
    var diagnostics = Diagnostics()
    let imported = SimBenchImport.convert(SimBenchFolder(grid.path), &diagnostics)
    #expect(diagnostics.sorted.isEmpty)
    #expect(
      imported?.files.filter { $0.name != "README.md" }
        == sample.converted().scenario?.files.filter { $0.name != "README.md" })
  }

  @Test(
    "What cannot be imported is named with its file and line",
    arguments: [
      ("ExternalNet.csv", "vavm", "pq", "ExternalNet.csv:2:15: an external net of calc_type 'pq'"),
      ("Transformer.csv", ";-1;", ";3;", "Transformer.csv:2:51: tappos 3 lies outside"),
      (
        "TransformerType.csv", "kV Dyn5", "kV Yzn5", "Transformer.csv:2:27: there is no transformer"
      ),
      ("TransformerType.csv", "150.0", "330.0", "the name says Dyn5, but va0 is 330.0 degrees"),
      ("TransformerType.csv", ";HV;", ";LV;", "the tap is not a ratio on the high-voltage side"),
      ("TransformerType.csv", ";3.25;", ";32.5;", "pCu 32.5 kW is more than vmImp 6.0 %"),
      ("RES.csv", ";pq;", ";pvm;", "RES.csv:2:24: an element of calc_type 'pvm'"),
      ("Load.csv", "H0-A", "H1-A", "Load.csv:2:17: there is no column 'H1-A_pload'"),
      ("Line.csv", "LV Bus 2_1", "LV Bus 2_9", "Line.csv:2:19: there is no node 'LV Bus 2_9'"),
      ("Line.csv", ";0.1;", ";0,1;", "Line.csv:2:36: '0,1' in column 'length' is no number"),
      ("Switch.csv", "LV coupler;LV Bus 3", "LV coupler;MV Bus 1", "the switch joins nodes of"),
      ("Node.csv", "vmR", "vm", "Node.csv:1:1: there is no column 'vmR'"),
      ("LoadProfile.csv", "03:00;", "04:00;", "LoadProfile.csv:4:1: the time '27.03.2016 04:00'"),
      ("LoadProfile.csv", "0.125", "x", "LoadProfile.csv:4:18: the cell of column 'H0-A_pload'"),
      ("RESProfile.csv", "01:30", "01:31", "RESProfile.csv:4:1: the time"),
      ("Storage.csv", "Load 1;", "Load 1;;", "Storage.csv:2:1: the row has 12 cells"),
    ])
  func faultsNameTheirPlace(file: String, old: String, new: String, problem: String) {
    var sample = sample
    sample.replace(old, by: new, in: file)
    let imported = sample.converted()
    #expect(imported.scenario == nil)
    #expect(imported.faults.contains { $0.contains(problem) }, "\(imported.faults)")
  }

  @Test("Elements without a counterpart stop the import")
  func elementsWithoutCounterpartStopIt() {
    var sample = sample
    sample.files["PowerPlant.csv"] = "id;node;pPP\nplant;MV Bus 1;3\n"
    #expect(
      sample.converted().faults == [
        "PowerPlant.csv:2:1: elements of PowerPlant.csv cannot be imported"
      ])
  }

  @Test("Without profiles every element has its nominal power, and the README says so")
  func profilesMayBeAbsent() {
    var sample = sample
    for file in ["LoadProfile.csv", "RESProfile.csv", "StorageProfile.csv"] {
      sample.files[file] = nil
    }
    let imported = sample.converted()
    #expect(imported.lines("loads.csv")[1] == "Load 1,LV Bus 2,0.05,0.02,,,")
    #expect(imported.lines("README.md").contains { $0.contains("There are no profile tables") })
    #expect(Scenario.read(files: imported.bytes).scenario != nil)
  }
}
