import BusbarEvents
import BusbarGrid
import BusbarPowerFlow
import BusbarScenario
import BusbarSimulation
import BusbarUnits
import ComplexModule

/// The largest difference of a kind, and where it is.
struct WorstDifference {
  private(set) var size = 0.0
  private(set) var place = ""
  private(set) var count = 0

  mutating func add(_ difference: Double, at place: @autoclosure () -> String) {
    count += 1
    let size = difference.isNaN ? .infinity : abs(difference)
    guard size > self.size else { return }
    self.size = size
    self.place = place()
  }
}

/// A case's solution beside its reference.
struct CaseComparison {
  /// Against earth, relative to the base.
  var voltage = WorstDifference()
  /// Between conductors of a bus, relative to the base between phases.
  var lineToLine = WorstDifference()
  /// In degrees, where the voltage exceeds 0.01 pu.
  var angle = WorstDifference()
  /// Powers into branches, relative to the branch's apparent power.
  var power = WorstDifference()
  /// Losses of branches, relative to the branch's apparent power.
  var loss = WorstDifference()
  /// Nodes of the reference that the solution lacks, although they have a voltage.
  var missing: [String] = []
  var method = ""
  var iterations = 0
  var outsideWindow = 0
}

extension CaseComparison {
  /// Compares the state of a solved simulation with reference voltages.
  init(_ simulation: Simulation, _ reference: [ReferenceVoltage]) {
    let network = simulation.plan.solver.network
    let places = Dictionary(
      network.grid.buses.indices.map { (network.grid.buses[$0].id.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first })
    switch network.method {
    case .sweep:
      let loops = network.topology.breakpoints.count
      method = loops == 0 ? "sweep" : "sweep, \(loops) breakpoints"
    case .nodal: method = "nodal"
    }
    iterations = simulation.iterationMaximum
    outsideWindow = simulation.plan.solver.entriesOutsideWindow(
      simulation.demand, in: simulation.flowState)
    var bases: [String: Double] = [:]
    for node in reference {
      let size = node.base ?? max(bases[node.bus] ?? 0, node.voltage.length)
      bases[node.bus] = max(size, 1e-3)
    }
    var found: [String: [(node: Int, got: Phasor, wanted: Phasor)]] = [:]
    for node in reference {
      let name = "\(node.bus).\(node.node)"
      let base = bases[node.bus] ?? 1
      guard let bus = places[node.bus], node.node >= 1,
        let got = simulation.voltage(at: bus, Conductor(position: node.node - 1))
      else {
        // A conductor that nothing feeds may be left out when the reference has no voltage there.
        if node.voltage.length > 1e-6 * base { missing.append(name) }
        continue
      }
      voltage.add((got - node.voltage).length / base, at: name)
      if node.voltage.length > 0.01 * base, got != .zero {
        let turn = (got / node.voltage).degrees
        angle.add(turn, at: name)
      }
      found[node.bus, default: []].append((node.node, got, node.voltage))
    }
    for (bus, nodes) in found.sorted(by: { $0.key < $1.key }) {
      let base = (bases[bus] ?? 1) * 3.0.squareRoot()
      let phases = nodes.filter { $0.node <= 3 }
      for (place, one) in phases.enumerated() {
        for other in phases.dropFirst(place + 1) {
          let difference = (one.got - other.got) - (one.wanted - other.wanted)
          lineToLine.add(difference.length / base, at: "\(bus).\(one.node)-\(other.node)")
        }
      }
    }
  }

  /// Adds the powers and the losses of lines and transformers.
  mutating func add(_ reference: ReferenceFolder, _ simulation: Simulation) throws {
    let network = simulation.plan.solver.network
    let places = Dictionary(
      network.grid.branches.indices.map { (network.grid.branches[$0].id.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first })
    func branch(_ element: Substring) -> Index<Branch>? {
      let parts = element.lowercased().split(separator: ".", maxSplits: 1)
      guard parts.count == 2, ["line", "transformer"].contains(parts[0]) else { return nil }
      return places[String(parts[1])]
    }
    var apparent: [Index<Branch>: Double] = [:]
    if let table = try reference.table("elements.csv") {
      let rows = table.rows.indices.filter { branch(table.rows[$0][0]) != nil }
      for row in rows {
        guard let index = branch(table.rows[row][0]) else { continue }
        let size = Phasor(table.number(row, 7), table.number(row, 8)).length * 1_000
        apparent[index, default: 0] += size / 2
      }
      for row in rows {
        let cells = table.rows[row]
        guard let index = branch(cells[0]), let end = Int(cells[1]), let node = Int(cells[4]),
          node > 0, network.grid.branches[index].endBuses.indices.contains(end - 1)
        else { continue }
        let got = simulation.flows.power(
          into: index, end: end - 1, Conductor(position: node - 1), in: simulation.flowState)
        let wanted = Phasor(table.number(row, 7), table.number(row, 8)) * 1_000
        // The reference has ten digits of kW; a branch that carries next to nothing has no base.
        let base = max(apparent[index] ?? 0, Self.leastApparentPower(simulation))
        power.add((got - wanted).length / base, at: "\(cells[0]) end \(end) node \(node)")
      }
    }
    if let table = try reference.table("losses.csv") {
      for row in table.rows.indices {
        guard let index = branch(table.rows[row][0]) else { continue }
        var got = Phasor.zero
        let branch = network.grid.branches[index]
        for end in branch.endBuses.indices {
          for conductor in branch.conductors(atEnd: end).members {
            got += simulation.flows.power(
              into: index, end: end, conductor, in: simulation.flowState)
          }
        }
        let wanted = Phasor(table.number(row, 1), table.number(row, 2)) * 1_000
        let base = max(apparent[index] ?? 0, Self.leastApparentPower(simulation))
        loss.add((got - wanted).length / base, at: String(table.rows[row][0]))
      }
    }
  }

  /// A millionth of what the sources send, in VA.
  private static func leastApparentPower(_ simulation: Simulation) -> Double {
    let sent = simulation.plan.solver.network.grid.sources.indices.reduce(0.0) {
      $0 + simulation.flows.power(outOf: $1, in: simulation.flowState).length
    }
    return max(sent * 1e-6, 1e-3)
  }
}
