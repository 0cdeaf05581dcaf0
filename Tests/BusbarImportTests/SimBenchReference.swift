import BusbarEvents
import BusbarGrid
import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import BusbarUnits
import Foundation
import Testing

/// The SimBench grids and the solutions of pandapower beside the package.
enum SimBenchReference {
  static let isPresent = PackageFolder.sharedData("simbench") != nil
  static let absent = Comment(rawValue: PackageFolder.absentData)

  #if DEBUG
    static let isOptimized = false
  #else
    static let isOptimized = true
  #endif
  static let unoptimized: Comment =
    "skipped: a year of profiles is slow to read in a debug build; run `swift test -c release`"

  /// Where the taps of the transformers stand.
  enum Taps {
    /// Where Transformer.csv says.
    case given
    /// At neutral: pandapower 3 leaves `tap_pos` out of account while `tap_changer_type` is not
    /// set, as in the grids that its SimBench converter makes, and so do the references.
    case neutral
  }

  /// Imports a grid with a few rows of the profiles, and starts its simulation there.
  static func simulation(_ grid: String, rows: Range<Int>, taps: Taps) throws -> Simulation {
    var files = try Self.files("simbench/\(grid)", prefix: "")
    for (name, bytes) in try Self.files("simbench", prefix: "../") {
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
      let kept = [lines[0]] + lines[(rows.lowerBound + 1)...rows.upperBound]
      files[name] = Array(kept.joined(separator: [0x0A]))
    }
    if taps == .neutral { files["Transformer.csv"] = neutral(files["Transformer.csv"] ?? []) }
    let imported = SimBenchSample.converted(files, name: grid)
    try #require(imported.scenario != nil, "\(imported.faults)")
    let reading = Scenario.read(files: imported.bytes, overrides: ["power_flow.tolerance=1e-11"])
    let scenario = try #require(reading.scenario, "\(reading.diagnostics.sorted)")
    return Simulation(scenario.plan)
  }

  /// The unpacked tables of a folder.
  private static func files(_ folder: String, prefix: String) throws -> [String: [UInt8]] {
    let url = try #require(PackageFolder.sharedData(folder), absent)
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: url.path) {
      let file = url.appendingPathComponent(name)
      if name.hasSuffix(".csv") {
        files[prefix + name] = [UInt8](try Data(contentsOf: file))
      } else if name.hasSuffix(".csv.gz") {
        let gzip = URL(fileURLWithPath: "/usr/bin/env")
        let text = try Command.run(gzip, ["gzip", "-dc", file.path]).output
        files[prefix + name.dropLast(3)] = Array(text.utf8)
      }
    }
    return files
  }

  private static func neutral(_ bytes: [UInt8]) -> [UInt8] {
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    }
    let place = lines[0].firstIndex(of: "tappos") ?? 0
    for row in lines.indices.dropFirst() { lines[row][place] = "0" }
    return Array(lines.map { $0.joined(separator: ";") }.joined(separator: "\n").utf8)
  }

  /// A table between semicolons.
  static func table(_ path: String) throws -> [[String]] {
    let url = try #require(PackageFolder.sharedData("simbench/\(path)"), absent)
    let gzip = URL(fileURLWithPath: "/usr/bin/env")
    return try Command.run(gzip, ["gzip", "-dc", url.path]).output.split(separator: "\n").map {
      $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

/// The largest differences from reference voltages.
struct VoltageDifference {
  private(set) var perUnit = 0.0
  private(set) var degrees = 0.0
  private(set) var count = 0

  /// Compares the three phases of a bus with a magnitude and the angle of phase a.
  mutating func compare(
    _ bus: String, _ perUnit: Double, degrees: Double, in simulation: Simulation
  ) throws {
    let network = simulation.plan.solver.network
    let index = try #require(network.grid.bus(named: bus), "bus '\(bus)'")
    for (conductor, lag) in zip([Conductor.a, .b, .c], [0.0, 120, 240]) {
      let voltage = try #require(simulation.voltage(at: index, conductor))
      let magnitude = voltage.length / network.nominalVoltage(at: index)
      self.perUnit = max(self.perUnit, abs(magnitude - perUnit))
      let angle = (voltage.degrees - degrees + lag).remainder(dividingBy: 360)
      self.degrees = max(self.degrees, abs(angle))
      count += 1
    }
  }
}

extension Simulation {
  /// Advances through an instant, and solves each power flow that is due.
  mutating func advanceSolving(through instant: SimulationTime) {
    while true {
      switch advance(through: instant) {
      case .powerFlow: solvePendingFlow()
      case .reached: return
      case let ending:
        Issue.record("no solution: \(ending)")
        return
      }
    }
  }
}
