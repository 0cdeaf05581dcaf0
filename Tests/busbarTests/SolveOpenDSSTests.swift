import BusbarTestSupport
import Foundation
import Testing

/// `busbar solve` on OpenDSS files, as a user calls it.
struct SolveOpenDSSTests {
  private static let master = """
    clear
    new circuit.small basekv=0.4 pu=1.0 mvasc3=100 mvasc1=100
    redirect parts/lines.dss
    new load.one phases=1 bus1=b.2 kv=0.23 kw=5 pf=0.95
    set voltagebases=[0.4]
    calcv
    solve

    """
  private static let lines = """
    new linecode.c nphases=3 r1=0.3 x1=0.1 r0=0.9 x0=0.3 c1=0 c0=0 units=km
    new line.l1 bus1=sourcebus bus2=b linecode=c length=0.1 units=km

    """

  /// The voltage of node b.2 as OpenDSS finds it.
  private static let loadedVolts = 229.712209

  private func folder() throws -> URL {
    let folder = try PackageFolder.makeTemporaryFolder()
    let parts = folder.appendingPathComponent("parts")
    try FileManager.default.createDirectory(at: parts, withIntermediateDirectories: true)
    try Data(Self.master.utf8).write(to: folder.appendingPathComponent("master.dss"))
    try Data(Self.lines.utf8).write(to: parts.appendingPathComponent("lines.dss"))
    return folder
  }

  @Test func aRelativePathStartsAtTheWorkingFolder() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let near = try Command.busbar(["solve", "master.dss"], in: folder)
    let far = try Command.busbar(["solve", folder.appendingPathComponent("master.dss").path])
    #expect(near.exitCode == 0, "\(near.errors)")
    #expect(near.output == far.output)
    #expect(near.output.hasPrefix("bus,node,magnitude_v,magnitude_pu,angle_deg\n"))
    let loaded = try #require(near.output.split(separator: "\n").first { $0.hasPrefix("b,2,") })
    let volts = try #require(Double(loaded.split(separator: ",")[2]))
    // DSS C-API 0.14.5 at a tolerance of 1e-10; a microvolt is the last digit of its figure.
    #expect(abs(volts - Self.loadedVolts) < 1e-6)
  }

  @Test func aMissingFileIsBadInputThatIsNamed() throws {
    let result = try Command.busbar(["solve", "nowhere.dss"])
    #expect(result.exitCode == 65)
    #expect(result.errors.contains("nowhere.dss: error: the file 'nowhere.dss' does not exist"))
  }

  @Test func theNodesOfAnOpenDSSFileAreItsNumbers() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("master.dss").path
    let nodes = try Command.busbar(["solve", path]).output.split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",")[1] }
    #expect(nodes == ["1", "2", "3", "1", "2", "3"])
  }

  /// An isolated delta without stray capacitance: loads alone hold it to earth.
  ///
  /// Voltages of DSS C-API 0.14.5 at a tolerance of 1e-10, to a microvolt.
  @Test func aNetworkThatOnlyLoadsHoldToEarthIsSolved() throws {
    let folder = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("isolated.dss")
    let circuit = """
      new circuit.x basekv=11 pu=1.0 mvasc3=100 mvasc1=100
      new transformer.t phases=3 windings=2 buses=[sourcebus lv] conns=[delta delta] kvs=[11 0.4]
      ~ kvas=[100 100] xhl=4 ppm_antifloat=0
      new linecode.c nphases=3 r1=0.3 x1=0.1 r0=0.9 x0=0.3 c1=0 c0=0 units=km
      new line.l1 bus1=lv bus2=b linecode=c length=0.1 units=km
      new load.a phases=1 bus1=b.1 kv=0.23 kw=3 pf=0.95
      new load.b phases=1 bus1=b.2 kv=0.23 kw=3.1 pf=0.95
      new load.c phases=1 bus1=b.3 kv=0.23 kw=3 pf=0.95
      set voltagebases=[11 0.4]
      calcv

      """
    try Data(circuit.utf8).write(to: file)
    let solved = try Command.busbar(["solve", file.path])
    #expect(solved.exitCode == 0, "\(solved.errors)")
    #expect(solved.errors.contains("1 load leg of 3 outside the voltage window"))
    for (node, expected) in [(1, 239.221705), (2, 213.603926), (3, 238.441529)] {
      let row = try #require(
        solved.output.split(separator: "\n").first { $0.hasPrefix("b,\(node),") })
      #expect(abs((Double(row.split(separator: ",")[2]) ?? 0) - expected) < 1e-6)
    }
  }
}
