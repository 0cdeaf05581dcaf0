import BusbarImport
import BusbarScenario
import BusbarTestSupport
import BusbarUnits
import Foundation
import Testing

/// Importing a feeder to a folder and reading that again.
@Suite(.enabled(if: CaseCatalog.data != nil, "\(PackageFolder.absentData)"))
struct ImportValidation {
  /// One case for each network; the others differ in taps alone.
  static let cases = CaseCatalog.all.filter {
    !$0.name.contains("_wide") && !$0.name.contains("published") && !$0.name.contains("1p5kW")
  }

  /// The folder on the disk gives the voltages of the direct solution, bit for bit.
  @Test(arguments: cases)
  func theImportedFolderGivesTheSameBits(_ item: ValidationCase) throws {
    var diagnostics = Diagnostics()
    let imported = try #require(
      OpenDSSImport.scenario(at: item.master.path, from: DSSDiskFiles(), &diagnostics))
    let again = try #require(
      OpenDSSImport.scenario(at: item.master.path, from: DSSDiskFiles(), &diagnostics))
    #expect(imported == again, "importing twice gives the same files")
    let folder = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in imported.files {
      try Data(file.text.utf8).write(to: folder.appendingPathComponent(file.name))
    }
    let direct = try #require(
      Scenario.read(
        files: Dictionary(
          imported.files.map { ($0.name, Array($0.text.utf8)) },
          uniquingKeysWith: { first, _ in first })
      ).scenario)
    let fromDisk = try #require(Scenario.read(folder.path).scenario)
    let one = try #require(FeederValidation.solve(direct))
    let other = try #require(FeederValidation.solve(fromDisk))
    let network = direct.plan.solver.network
    for terminal in 0..<network.topology.terminalCount {
      #expect(
        one.flowState.voltage(at: terminal) == other.flowState.voltage(at: terminal),
        "\(item.name) at terminal \(terminal)")
    }
  }
}
