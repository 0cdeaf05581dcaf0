import BusbarGrid
import BusbarScenario
import BusbarSimulation
import BusbarUnits
import Synchronization
import Testing

/// A network at the taps of its reference, with its files and its solution.
struct SolvedCase: Sendable {
  let name: String
  let text: ScenarioText
  let simulation: Simulation

  var network: Network { simulation.plan.solver.network }

  /// The same for all tests of a case; large networks take seconds to read.
  private static let solved = Mutex<[String: SolvedCase]>([:])

  static func of(_ item: ValidationCase) throws -> SolvedCase {
    if let known = solved.withLock({ $0[item.name] }) { return known }
    var diagnostics = Diagnostics()
    let imported = item.files(&diagnostics)
    let files = try #require(imported, "\(item.name): \(diagnostics.sorted)")
    let text = ScenarioText(files)
    let made = SolvedCase(
      name: item.name, text: text, simulation: try solution(of: text, item.name))
    solved.withLock { $0[item.name] = made }
    return made
  }

  /// Reads and solves a scenario.
  static func solution(of text: ScenarioText, _ name: String) throws -> Simulation {
    let reading = Scenario.read(files: text.files)
    let problems = reading.diagnostics.sorted.map(\.description).joined(separator: "; ")
    let scenario = try #require(reading.scenario, "\(name): \(problems)")
    return try #require(FeederValidation.solve(scenario), "\(name) does not converge")
  }

  /// Compares with another solution, which may have more buses.
  ///
  /// `renamed` gives what the other one calls a conductor.
  func distance(
    to other: Simulation, renamed: (Conductor) -> Conductor = { $0 }
  ) -> SolutionDistance {
    var distance = SolutionDistance()
    let others = other.plan.solver.network
    for bus in network.grid.buses.indices {
      let id = network.grid.buses[bus].id
      let base = network.nominalVoltage(at: bus)
      var afloat: [(conductor: Conductor, error: Phasor)] = []
      for conductor in network.conductors(at: bus).members {
        let place = "\(id).\(conductor.name)"
        guard let terminal = network.terminal(at: bus, conductor) else { continue }
        guard let same = others.grid.bus(named: id),
          let found = other.voltage(at: same, renamed(conductor))
        else {
          distance.earthed.add(.infinity, at: place)
          continue
        }
        let error = (found - simulation.flowState.voltage(at: terminal)).divided(by: base)
        distance.isEqual = distance.isEqual && error == .zero
        if network.parameters.isEarthed[terminal] {
          distance.earthed.add(error.length, at: place)
        } else {
          distance.afloat.add(error.length, at: place)
          afloat.append((conductor, error))
        }
      }
      for (one, other) in zip(afloat, afloat.dropFirst()) {
        distance.between.add(
          (one.error - other.error).length,
          at: "\(id).\(one.conductor.name)-\(other.conductor.name)")
      }
    }
    return distance
  }
}

/// How far two solutions of a network lie from each other, relative to the nominal voltages against
/// earth.
struct SolutionDistance {
  /// Whether all bits are equal.
  var isEqual = true
  /// Voltages against earth of conductors that have a path to earth.
  var earthed = WorstDifference()
  /// Voltages between conductors of a bus that have none.
  var between = WorstDifference()
  /// Voltages of those against earth, which stray admittances alone determine.
  var afloat = WorstDifference()

  /// The largest difference whose limit is that of the caller, and where it is.
  var worst: WorstDifference { between.size > earthed.size ? between : earthed }
}
