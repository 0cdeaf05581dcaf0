import BusbarEvents
import BusbarGrid
import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import Foundation
import Testing

/// A feeder with its controls' operations as OpenDSS finds them, written by `control_sequences.py`.
struct ControlCase: CustomTestStringConvertible, Sendable {
  /// A change of a tap, or of the number of closed steps of a capacitor.
  struct Operation: Hashable, CustomStringConvertible {
    var second: Int
    var element: String
    var position: Int

    var description: String { "at \(second) s \(element) to \(position)" }
  }

  let name: String
  private let folder: URL

  static let all: [ControlCase] = {
    let cases = PackageFolder.url.appendingPathComponent("Tests/ValidationTests/Cases/Controls")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: cases.path)) ?? []
    return names.filter { !$0.contains(".") }.sorted()
      .map { ControlCase(name: $0, folder: cases.appendingPathComponent($0)) }
  }()

  var testDescription: String { name }

  func scenario() throws -> Scenario {
    let reading = Scenario.read(folder.path)
    return try #require(reading.scenario, "\(reading.diagnostics)")
  }

  /// The reference's operations in two hours, by time and then by element.
  func operations() throws -> [Operation] {
    try rows(of: "operations.csv").map { row in
      Operation(
        second: try #require(Int(row[0])), element: row[1], position: try #require(Int(row[4])))
    }.sorted { ($0.second, $0.element) < ($1.second, $1.element) }
  }

  /// Where the reference's controls come to rest; empty where they never do.
  func finalPositions() throws -> [(element: String, winding: Int?, position: Int)] {
    guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("final.csv").path)
    else { return [] }
    return try rows(of: "final.csv").map { row in
      (row[0], Int(row[1]), try #require(Int(row[2])))
    }
  }

  private func rows(of file: String) throws -> [[String]] {
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

extension SimulationPlan {
  /// The operations of all controls in a whole run, by time and then by element.
  func operations() -> [ControlCase.Operation] {
    var simulation = Simulation(self)
    while case .powerFlow = simulation.advance(through: end) { simulation.solvePendingFlow() }
    let grid = solver.network.grid
    return simulation.takeEvents().compactMap { record in
      guard case .controlAction(let control) = record.event else { return nil }
      let element =
        switch controls[control].equipment {
        case .regulator(let regulator): grid.branches[regulator.transformer].id
        case .capacitor(let capacitor): grid.shunts[capacitor.shunt].id
        }
      return ControlCase.Operation(
        second: Int(record.key.time.milliseconds / 1_000), element: element,
        position: record.outcome)
    }.sorted { ($0.second, $0.element) < ($1.second, $1.element) }
  }
}
