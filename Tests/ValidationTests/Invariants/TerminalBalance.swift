import BusbarGrid
import BusbarPowerFlow
import BusbarSimulation
import BusbarUnits

/// The currents out of each terminal of a solution, added up.
///
/// Sources and branches are read by `BranchFlows`, shunts by their admittance, devices by what the
/// solution holds of them. What devices draw includes the linear parts that the network carries for
/// them.
struct TerminalBalance {
  private let network: Network
  private let simulation: Simulation
  private var sums: [BusConductor: Phasor] = [:]
  /// What rounding acts on: the sum of all magnitudes, those of the parts of a current included.
  private var scales: [BusConductor: Double] = [:]

  init(_ simulation: Simulation) {
    self.simulation = simulation
    network = simulation.plan.solver.network
    addBranches()
    addSources()
    addShunts()
    addDevices()
  }

  /// The largest sum relative to what rounding acts on, and where it is.
  ///
  /// Dead terminals are left out: they are kept at zero whatever is drawn there.
  var worst: WorstDifference {
    var worst = WorstDifference()
    for (place, sum) in sums {
      guard let terminal = network.elements.terminal(place),
        !network.parameters.isDead[terminal]
      else { continue }
      let name = network.name(ofTerminal: terminal)
      // A microampere stands for nothing: what flows in a network without a load.
      worst.add(
        sum.length / max(scales[place] ?? 0, 1e-6), at: "\(name.bus).\(name.conductor)")
    }
    return worst
  }

  /// What rounding acts on in a sum of powers: the currents' parts times the voltages, in VA.
  var powerScale: Double {
    scales.reduce(0) { sum, item in
      let voltage = network.elements.terminal(item.key).map {
        simulation.flowState.voltage(at: $0).length
      }
      return sum + item.value * (voltage ?? 0)
    }
  }

  private mutating func add(_ current: Phasor, to place: BusConductor, scale: Double) {
    sums[place, default: .zero] += current
    scales[place, default: 0] += scale
  }

  private mutating func addBranches() {
    let flows = simulation.flows
    for index in network.grid.branches.indices {
      let branch = network.grid.branches[index]
      for (end, bus) in branch.endBuses.enumerated() {
        for conductor in branch.conductors(atEnd: end).members {
          let current = flows.current(into: index, end: end, conductor, in: simulation.flowState)
          add(current, to: BusConductor(bus, conductor), scale: current.length)
        }
      }
      guard let element = network.elements.branches[index] else { continue }
      addParts(of: element)
    }
  }

  /// Adds the magnitudes of Y·V, which are far above their sum where the impedance is small.
  private mutating func addParts(of element: PrimitiveElement) {
    guard let admittance = element.admittance else { return }
    let voltages = voltages(of: element)
    for (row, end) in element.ends.enumerated() {
      guard let end else { continue }
      for column in voltages.indices {
        scales[end, default: 0] += (admittance[row, column] * voltages[column]).length
      }
    }
  }

  private mutating func addSources() {
    let flows = simulation.flows
    for index in network.grid.sources.indices {
      let bus = network.grid.sourceBuses[index]
      for conductor in network.grid.sources[index].connection.conductors.compactMap({ $0 }) {
        let current = flows.current(outOf: index, conductor, in: simulation.flowState)
        add(-current, to: BusConductor(bus, conductor), scale: current.length)
      }
    }
  }

  private mutating func addShunts() {
    for element in network.elements.shunts.values {
      guard let admittance = element.admittance else { continue }
      for (end, current) in zip(element.ends, admittance * voltages(of: element)) {
        if let end { add(current, to: end, scale: 0) }
      }
      addParts(of: element)
    }
  }

  private mutating func addDevices() {
    let demand = simulation.demand
    for entry in 0..<demand.count {
      let current = simulation.flowState.current(ofEntry: entry)
      let ends = demand.terminals(ofEntry: entry)
      for (terminal, sign) in [(ends.plus, 1.0), (ends.minus, -1)] {
        guard let terminal else { continue }
        add(
          current.multiplied(by: sign), to: network.topology.conductorOfTerminal[terminal],
          scale: current.length)
      }
    }
  }

  private func voltages(of element: PrimitiveElement) -> [Phasor] {
    element.ends.map { end in
      network.elements.terminal(end).map { simulation.flowState.voltage(at: $0) } ?? .zero
    }
  }
}

extension Simulation {
  /// What the sources send less what is delivered, lost and drawn by shunts, in VA.
  var powerImbalance: Double {
    let network = plan.solver.network
    let sent = network.grid.sources.indices.map { flows.power(outOf: $0, in: flowState) }
    let drawn = (0..<demand.count).map { entry in
      let ends = demand.terminals(ofEntry: entry)
      let across =
        (ends.plus.map { flowState.voltage(at: $0) } ?? .zero)
        - (ends.minus.map { flowState.voltage(at: $0) } ?? .zero)
      return across * flowState.current(ofEntry: entry).conjugate
    }
    let lost = flows.totalLoss(in: flowState) + flows.shuntPower(in: flowState)
    return (sent.reduce(.zero, +) - drawn.reduce(.zero, +) - lost).length
  }

  /// The largest difference of a line's drop from its impedance times its current, relative to the
  /// nominal voltage, and where it is.
  var worstLineDrop: WorstDifference {
    let network = plan.solver.network
    let flows = flows
    var worst = WorstDifference()
    for index in network.grid.branches.indices {
      guard let element = network.elements.branches[index],
        case .series(let series) = element.form
      else { continue }
      let order = series.impedance.order
      let voltages = element.ends.map { end in
        network.elements.terminal(end).map { flowState.voltage(at: $0) } ?? .zero
      }
      let near = Array(element.ends[..<order])
      // A conductor that is named twice at an end has no current of its own to be read.
      guard Set(near).count == order, !near.contains(nil) else { continue }
      let branch = network.grid.branches[index]
      let charging = series.halfShunt * Array(voltages[..<order])
      let through: [Phasor] = near.enumerated().map { place, end in
        let current = end.map { flows.current(into: index, end: 0, $0.conductor, in: flowState) }
        return (current ?? .zero) - charging[place]
      }
      let drop = series.impedance * through
      let base = network.nominalVoltage(at: branch.fromBus)
      for place in 0..<order {
        let difference = voltages[place] - voltages[order + place] - drop[place]
        worst.add(difference.length / base, at: "\(branch.id) conductor \(place + 1)")
      }
    }
    return worst
  }
}
