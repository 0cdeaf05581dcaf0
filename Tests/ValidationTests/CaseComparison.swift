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
  ///
  /// Relative to the apparent power of the branch. OpenDSS finds them from its voltages, which it
  /// settles to `tolerance` pu: what that leaves open in a branch of high admittance is taken off.
  mutating func add(
    _ reference: ReferenceFolder, _ simulation: Simulation, tolerance: Double
  ) throws {
    let network = simulation.plan.solver.network
    let places = Dictionary(
      network.grid.branches.indices.map { (network.grid.branches[$0].id.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first })
    func branch(_ element: Substring) -> Index<Branch>? {
      let parts = element.lowercased().split(separator: ".", maxSplits: 1)
      guard parts.count == 2, ["line", "transformer"].contains(parts[0]) else { return nil }
      return places[String(parts[1])]
    }
    var readings: [Index<Branch>: BranchReading] = [:]
    func reading(_ index: Index<Branch>) -> BranchReading {
      if let known = readings[index] { return known }
      let new = BranchReading(index, simulation, tolerance: tolerance)
      readings[index] = new
      return new
    }
    if let table = try reference.table("elements.csv") {
      for row in table.rows.indices {
        let cells = table.rows[row]
        guard let index = branch(cells[0]), let end = Int(cells[1]), let node = Int(cells[4]),
          node > 0, network.grid.branches[index].endBuses.indices.contains(end - 1)
        else { continue }
        let got = simulation.flows.power(
          into: index, end: end - 1, Conductor(position: node - 1), in: simulation.flowState)
        let wanted = Phasor(table.number(row, 7), table.number(row, 8)) * 1_000
        power.add(
          reading(index).relative(got - wanted), at: "\(cells[0]) end \(end) node \(node)")
      }
    }
    if let table = try reference.table("losses.csv") {
      for row in table.rows.indices {
        guard let index = branch(table.rows[row][0]) else { continue }
        let wanted = Phasor(table.number(row, 1), table.number(row, 2)) * 1_000
        loss.add(
          reading(index).relative(reading(index).loss - wanted), at: String(table.rows[row][0]))
      }
    }
  }
}

/// What the solution says of one branch.
private struct BranchReading {
  /// The sum of the powers into all ends, in W and var.
  var loss = Phasor.zero
  /// Half of the apparent powers at all ends, in VA.
  private var apparent = 0.0
  /// What the tolerance of the reference leaves open of its powers, in VA.
  private var resolution = 0.0

  init(_ index: Index<Branch>, _ simulation: Simulation, tolerance: Double) {
    let network = simulation.plan.solver.network
    let branch = network.grid.branches[index]
    var nominal = 0.0
    for end in branch.endBuses.indices {
      nominal = max(nominal, network.nominalVoltage(at: branch.endBuses[end]))
      for conductor in branch.conductors(atEnd: end).members {
        let power = simulation.flows.power(
          into: index, end: end, conductor, in: simulation.flowState)
        loss += power
        apparent += power.length / 2
      }
    }
    if let element = network.elements.branches[index], let admittance = element.admittance {
      // The ends of a transformer have different voltages: each admittance counts with its own.
      for (row, end) in element.ends.enumerated() {
        guard let end else { continue }
        let volts = network.nominalVoltage(at: end.bus)
        resolution = max(resolution, admittance[row, row].length * volts * volts * tolerance)
      }
    }
    // The tables have ten digits, of kW.
    resolution += 1e-9 * apparent + 1e-6
  }

  func relative(_ difference: Phasor) -> Double {
    max(0, difference.length - 4 * resolution) / max(apparent, 1e-3)
  }
}
