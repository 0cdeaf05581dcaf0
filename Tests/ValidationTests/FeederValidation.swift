import BusbarEvents
import BusbarGrid
import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import BusbarUnits
import Foundation
import Testing

/// Every feeder of the reference data at the taps of its reference, node by node.
///
/// The references are solutions by OpenDSS at a tolerance of 1e-10 pu (1e-9 for ausnet_mvlv); each
/// row of the table that this prints is a case, and `.ci/accuracy` collects the rows.
@Suite(.enabled(if: CaseCatalog.data != nil, "\(PackageFolder.absentData)"))
struct FeederValidation {
  /// 1e-6 pu, the distance at which two solvers are taken to agree.
  static let voltageLimit = 1e-6
  /// Degrees where the voltage exceeds 0.01 pu.
  static let angleLimit = 1e-4
  /// Of the apparent power of a branch.
  static let powerLimit = 1e-5

  static let unitVoltages = (try? ReferenceFolder.voltagesOfUnitCircuits()) ?? [:]

  @Test(arguments: CaseCatalog.all)
  func voltagesAndPowersAreThoseOfOpenDSS(_ item: ValidationCase) throws {
    let reading = item.read()
    let problems = reading.diagnostics.sorted.map(\.description).joined(separator: "; ")
    let scenario = try #require(reading.scenario, "\(item.name): \(problems)")
    let simulation = try #require(Self.solve(scenario), "\(item.name) does not converge")
    let folder = item.reference.map(ReferenceFolder.init)
    let voltages =
      try folder?.voltages() ?? Self.unitVoltages[String(item.name.split(separator: "/")[1])]
    let wanted = try #require(voltages, "\(item.name) has no reference")
    var comparison = CaseComparison(simulation, wanted)
    if let folder { try comparison.add(folder, simulation) }
    let known = KnownMiss.all[item.name]
    CaseRow(item, comparison, known).report()
    #expect(comparison.missing.isEmpty, "\(item.name) lacks \(comparison.missing.prefix(5))")
    guard known == nil else { return }
    let isFloating = CaseCatalog.isFloating(item)
    if !isFloating {
      #expect(
        comparison.voltage.size < Self.voltageLimit, "\(item.name) at \(comparison.voltage.place)")
      #expect(
        comparison.angle.size < Self.angleLimit, "\(item.name) at \(comparison.angle.place)")
    }
    #expect(
      comparison.lineToLine.size < Self.voltageLimit,
      "\(item.name) at \(comparison.lineToLine.place)")
    #expect(comparison.power.size < Self.powerLimit, "\(item.name) at \(comparison.power.place)")
    #expect(comparison.loss.size < Self.powerLimit, "\(item.name) at \(comparison.loss.place)")
  }

  /// The snapshot of a scenario with its power flow solved, or nil without a solution.
  static func solve(_ scenario: Scenario) -> Simulation? {
    var simulation = Simulation(scenario.snapshotPlan, controls: .idle)
    while true {
      switch simulation.advance(through: .start) {
      case .powerFlow: simulation.solvePendingFlow()
      case .reached: return simulation.status == .solved ? simulation : nil
      case .stopped, .unsettled: return nil
      }
    }
  }
}

/// A case that is farther from its reference than the limits allow, with the reason.
enum KnownMiss {
  static let all: [String: String] = [:]
}

extension CaseCatalog {
  /// Whether a case has buses without a path to earth, where only the voltages between phases are
  /// determined.
  static func isFloating(_ item: ValidationCase) -> Bool { floating.contains(item.name) }

  private static let floating: Set<String> = []
}

/// A row of the accuracy table.
struct CaseRow {
  let item: ValidationCase
  let comparison: CaseComparison
  let known: String?

  init(_ item: ValidationCase, _ comparison: CaseComparison, _ known: String?) {
    self.item = item
    self.comparison = comparison
    self.known = known
  }

  /// Prints the row; `.ci/accuracy` looks for its beginning.
  func report() {
    func short(_ value: Double) -> String { String(format: "%.1e", value) }
    let cells = [
      item.name, "\(comparison.voltage.count)", short(comparison.voltage.size),
      comparison.voltage.place, short(comparison.lineToLine.size), short(comparison.angle.size),
      comparison.power.count == 0 ? "" : short(comparison.power.size),
      comparison.loss.count == 0 ? "" : short(comparison.loss.size), comparison.method,
      "\(comparison.iterations)", "\(comparison.outsideWindow)", known ?? "",
    ]
    print("|case| " + cells.joined(separator: " | ") + " |")
  }
}
