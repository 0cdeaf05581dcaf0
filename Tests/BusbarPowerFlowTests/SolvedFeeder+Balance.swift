import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits

extension SolvedFeeder {
  /// The largest sum of all currents out of a terminal, in A, and where it is.
  ///
  /// Sources and branches are read by `BranchFlows`, shunts by their admittance. Dead terminals are
  /// left out: they are kept at zero whatever is drawn there.
  var largestImbalance: (amperes: Double, place: String) {
    var sums: [BusConductor: Phasor] = [:]
    let flows = flows
    for index in network.grid.branches.indices {
      let branch = network.grid.branches[index]
      for (end, bus) in branch.endBuses.enumerated() {
        for conductor in branch.conductors(atEnd: end).members {
          sums[BusConductor(bus, conductor), default: .zero] += flows.current(
            into: index, end: end, conductor, in: state)
        }
      }
    }
    for index in network.grid.sources.indices {
      let bus = network.grid.sourceBuses[index]
      for conductor in network.grid.sources[index].connection.conductors.compactMap({ $0 }) {
        sums[BusConductor(bus, conductor), default: .zero] -= flows.current(
          outOf: index, conductor, in: state)
      }
    }
    for index in network.grid.shunts.indices {
      let element = network.elements.shunts[index]
      guard let admittance = element.admittance else { continue }
      let voltages = element.ends.map { end in
        network.elements.terminal(end).map { state.voltage(at: $0) } ?? .zero
      }
      for (end, current) in zip(element.ends, admittance * voltages) {
        if let end { sums[end, default: .zero] += current }
      }
    }
    for entry in 0..<demand.count {
      let current = state.current(ofEntry: entry)
      let ends = demand.terminals(ofEntry: entry)
      for (terminal, sign) in [(ends.plus, 1.0), (ends.minus, -1)] {
        guard let terminal else { continue }
        sums[network.topology.conductorOfTerminal[terminal], default: .zero] +=
          current.multiplied(by: sign)
      }
    }
    var worst = (amperes: 0.0, place: "nowhere")
    for (place, sum) in sums {
      if let terminal = network.elements.terminal(place), network.parameters.isDead[terminal] {
        continue
      }
      let amperes = sum.length.isNaN ? .infinity : sum.length
      if amperes > worst.amperes {
        worst = (amperes, "\(network.grid.buses[place.bus].id).\(place.conductor.name)")
      }
    }
    return worst
  }

  /// What the sources send less what is delivered and lost, relative to the throughput.
  var relativePowerImbalance: Double {
    let flows = flows
    let sent = network.grid.sources.indices.map { flows.power(outOf: $0, in: state) }
    let delivered = (0..<demand.count).map { power(ofEntry: $0) }
    let throughput = (sent + delivered).reduce(0) { $0 + $1.length }
    let balance =
      sent.reduce(.zero, +) - delivered.reduce(.zero, +) - flows.totalLoss(in: state)
      - flows.shuntPower(in: state)
    return balance.length / max(throughput, 1)
  }
}

extension Conductor? {
  /// The next phase after a phase; the neutral, other conductors and earth stay.
  var rotated: Conductor? {
    switch self {
    case .some(.a): .b
    case .some(.b): .c
    case .some(.c): .a
    default: self
    }
  }
}
