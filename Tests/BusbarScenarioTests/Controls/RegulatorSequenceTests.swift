import BusbarEvents
import BusbarGrid
import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import Foundation
import Testing

/// Regulators against OpenDSS, with networks and references by `regulator_sequences.py`.
@Suite("regulators as in OpenDSS")
struct RegulatorSequenceTests {
  struct Operation: Hashable, CustomStringConvertible {
    var transformer: String
    var position: Int
    var description: String { "\(transformer) to \(position)" }
  }

  static let cases: [URL] = {
    let path = ProcessInfo.processInfo.environment["BUSBAR_CONTROL_CASES"] ?? ""
    let folder = path.isEmpty ? PackageFolder.url.appendingPathComponent("Tests/ValidationTests/Cases/Controls") : URL(fileURLWithPath: path)
    return ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []).sorted { $0.path < $1.path }
  }()

  @Test(arguments: cases)
  func `A day's taps come in the same order and at the same seconds`(folder: URL) throws {
    let plan = try #require(Scenario.read(folder.path).scenario).plan
    var simulation = Simulation(plan)
    while true {
      let pause = simulation.advance(through: plan.end)
      guard case .powerFlow = pause else {
        #expect(pause == .reached)
        break
      }
      simulation.solvePendingFlow()
    }
    let own = simulation.takeEvents().compactMap { record -> (Double, Operation)? in
      guard case .controlAction(let control) = record.event,
        case .regulator(let regulator) = plan.controls[control].equipment
      else { return nil }
      let name = plan.solver.network.grid.branches[regulator.transformer].id
      return (record.key.time - .start).seconds.advanced(by: 0) >= 0
        ? ((record.key.time - .start).seconds, Operation(transformer: name, position: record.outcome)) : nil
    }
    let rows = try String(contentsOf: folder.appendingPathComponent("operations.csv"), encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",").map(String.init) }
    let reference = rows.map { (Double($0[0])!, Operation(transformer: $0[1], position: Int($0[4])!)) }
    let sort = { (a: (Double, Operation), b: (Double, Operation)) in (a.0, a.1.transformer) < (b.0, b.1.transformer) }
    let (left, right) = (own.sorted(by: sort), reference.sorted(by: sort))
    print(folder.lastPathComponent, left.count, right.count)
    for place in 0..<max(left.count, right.count) {
      let l = place < left.count ? "\(left[place])" : "-", r = place < right.count ? "\(right[place])" : "-"
      if l != r { Issue.record("\(folder.lastPathComponent) \(place): \(l) vs \(r)"); break }
    }
  }

  @Test(arguments: cases)
  func `Standing time ends at the same taps`(folder: URL) throws {
    let plan = try #require(Scenario.read(folder.path).scenario).snapshotPlan
    var simulation = Simulation(plan, controls: .idle)
    #expect(simulation.advance(through: .start) == .powerFlow)
    simulation.solvePendingFlow()
    let outcome = simulation.settleControls()
    print(folder.lastPathComponent, outcome)
    let rows = try String(contentsOf: folder.appendingPathComponent("final.csv"), encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",").map(String.init) }
    let grid = plan.solver.network.grid
    for row in rows {
      let branch = try #require(grid.branch(named: row[0]))
      #expect(simulation.positions.tapPosition(of: branch, winding: Int(row[1])! - 1) == Int(row[2]), "\(row[0])")
    }
  }
}
