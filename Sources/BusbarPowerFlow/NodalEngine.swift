internal import BusbarGrid
internal import BusbarUnits
internal import ComplexModule

/// The power flow of one network by its nodal admittances: Y·V = I − J(V), iterated over J.
///
/// For heavily meshed networks, and as a check of the sweep that shares none of its passes: Y is
/// assembled from the elements as they are, without a tree.
struct NodalEngine: Sendable {
  let unloaded: UnloadedFlow
  private let factors: SparseFactorisation
  /// The row of each terminal; nil where the voltage is given or zero.
  private let rows: [Int?]
  /// Currents that the sources drive into the rows, as real, imaginary, in A.
  private let sourceCurrents: [Double]
  private let nominal: [Double]
  /// Terminals that repeat the voltage of another one.
  private let copies: [(terminal: Int, target: Int)]

  /// Factorises the admittances; throws elements without any, and terminals without a path to earth.
  init(_ network: Network) throws(GridFaults) {
    let topology = network.topology
    var rows: [Int?] = Array(repeating: nil, count: topology.terminalCount)
    var count = 0
    for bus in network.grid.buses.indices {
      let first = topology.firstTerminal[bus]
      for terminal in first..<(first + network.grid.conductors[bus].count)
      where !network.parameters.isDead[terminal] {
        rows[terminal] = count
        count += 1
      }
    }
    self.rows = rows
    copies = topology.breakpoints
    nominal = rows.indices.filter { rows[$0] != nil }.map { terminal in
      network.nominalVoltage(at: topology.conductorOfTerminal[terminal].bus)
    }
    var assembly = NodalAssembly(rows: rows)
    var faults = Self.busesAfloat(network)
    let elements = network.elements
    for index in network.grid.branches.indices {
      guard let element = elements.branches[index] else { continue }
      guard let admittance = element.admittance else {
        let branch = network.grid.branches[index]
        faults.append(
          GridFault(
            branch.kind, branch.id,
            problem: "its impedance is zero or singular, in a network that is solved by its nodal "
              + "admittances",
            remedy: "give it an impedance, or open loops until the network can be swept"))
        continue
      }
      assembly.add(admittance, element.ends.map { elements.terminal($0) })
    }
    for element in elements.shunts.values + elements.linearDemands {
      if let admittance = element.admittance {
        assembly.add(admittance, element.ends.map { elements.terminal($0) })
      }
    }
    var currents = [Phasor](repeating: .zero, count: count)
    for (source, bus) in zip(network.grid.sources.values, network.grid.sourceBuses.values) {
      let ends = source.connection.conductors.map {
        $0.flatMap { network.terminal(at: bus, $0) }
      }
      guard let admittance = source.impedance.inverse else {
        faults.append(
          GridFault(
            .source, source.id,
            problem: "it has no impedance, in a network that is solved by its nodal admittances",
            remedy: "give it an impedance, or open loops until the network can be swept"))
        continue
      }
      assembly.add(admittance, ends)
      for (end, current) in zip(ends, admittance * source.electromotiveForce) {
        if let row = end.flatMap({ rows[$0] }) { currents[row] += current }
      }
    }
    guard faults.isEmpty else { throw GridFaults(faults) }
    guard let factors = SparseFactorisation(order: count, assembly.elements) else {
      throw GridFaults([
        GridFault(
          .grid, "", problem: "a part of the network has no path to earth",
          remedy: "earth a star point, or give a transformer ppm_antifloat")
      ])
    }
    self.factors = factors
    sourceCurrents = currents.flatMap { [$0.real, $0.imaginary] }
    var side = sourceCurrents
    factors.solve(&side)
    var voltages = network.parameters.electromotiveForce
    voltages += Array(repeating: .zero, count: topology.terminalCount - voltages.count)
    for (terminal, row) in rows.enumerated() {
      if let row { voltages[terminal] = Phasor(side[2 * row], side[2 * row + 1]) }
    }
    for copy in copies { voltages[copy.terminal] = voltages[copy.target] }
    unloaded = UnloadedFlow(voltages: voltages, loopCurrents: [])
  }

  /// A fault for each bus with a conductor whose voltage against earth nothing determines.
  ///
  /// The factorisation might not notice: rounding hides that the matrix is singular.
  private static func busesAfloat(_ network: Network) -> [GridFault] {
    network.grid.buses.indices.compactMap { bus in
      let first = network.topology.firstTerminal[bus]
      let conductors = network.grid.conductors[bus].members
      let afloat = conductors.indices.filter { network.parameters.isAfloat[first + $0] }
      guard !afloat.isEmpty else { return nil }
      let names = Connection.text(afloat.map { conductors[$0] })
      return GridFault(
        .bus, network.grid.buses[bus].id,
        problem: "nothing joins its conductors '\(names)' to earth, not even through others",
        remedy: "earth a star point, or give a transformer ppm_antifloat")
    }
  }

  func iterate(
    _ demand: Demand, from start: FlowStart, updating state: inout FlowState,
    until criterion: ConvergenceCriterion
  ) -> FlowProgress {
    let layout = state.layout
    let limit = criterion.tolerance.perUnit * criterion.tolerance.perUnit
    var progress = FlowProgress()
    var voltage =
      start == .previous ? Array(state.solved[..<layout.currentStart]) : unloaded.voltages
    var side = sourceCurrents
    while progress.iterations < criterion.iterationLimit {
      let currents = NonlinearCurrents(demand, at: voltage)
      var sums = [Double](repeating: 0, count: layout.currentStart)
      currents.add(demand, to: &sums)
      for (terminal, row) in rows.enumerated() {
        guard let row else { continue }
        side[2 * row] = sourceCurrents[2 * row] - sums[2 * terminal]
        side[2 * row + 1] = sourceCurrents[2 * row + 1] - sums[2 * terminal + 1]
      }
      factors.solve(&side)
      progress.iterations += 1
      progress.largest = 0
      var isFinite = true
      for (terminal, row) in rows.enumerated() {
        guard let row else { continue }
        let new = Phasor(side[2 * row], side[2 * row + 1])
        let change = new - Phasor(voltage[2 * terminal], voltage[2 * terminal + 1])
        progress.largest = max(
          progress.largest, change.lengthSquared / (nominal[row] * nominal[row]))
        isFinite = isFinite && new.isFinite
        voltage[2 * terminal] = new.real
        voltage[2 * terminal + 1] = new.imaginary
      }
      for copy in copies {
        voltage[2 * copy.terminal] = voltage[2 * copy.target]
        voltage[2 * copy.terminal + 1] = voltage[2 * copy.target + 1]
      }
      state.scratch.replaceSubrange(0..<layout.currentStart, with: voltage)
      state.scratch.replaceSubrange(layout.currentStart..<layout.entryStart, with: sums)
      state.scratch.replaceSubrange(
        layout.entryStart..<layout.loopStart, with: currents.ofEntries)
      guard isFinite else { return progress }
      if progress.largest <= limit {
        progress.hasConverged = true
        return progress
      }
    }
    return progress
  }
}

/// The elements of the nodal admittance matrix.
private struct NodalAssembly {
  let rows: [Int?]
  var elements: [SparseFactorisation.Element] = []

  mutating func add(_ admittance: ComplexMatrix, _ terminals: [Int?]) {
    let places = terminals.map { $0.flatMap { rows[$0] } }
    for (row, place) in places.enumerated() {
      guard let place else { continue }
      for (column, other) in places.enumerated() where admittance[row, column] != .zero {
        if let other {
          elements.append(.init(row: place, column: other, value: admittance[row, column]))
        }
      }
    }
  }
}

/// What the entries of a demand draw, in plain arithmetic.
private struct NonlinearCurrents {
  /// The current of each entry, as real, imaginary, in A.
  var ofEntries: [Double] = []
  private var across: [Phasor] = []

  init(_ demand: Demand, at voltage: [Double]) {
    func phasor(_ terminal: Int?) -> Phasor {
      terminal.map { Phasor(voltage[2 * $0], voltage[2 * $0 + 1]) } ?? .zero
    }
    for entry in 0..<demand.count {
      let ends = demand.terminals(ofEntry: entry)
      let voltage = phasor(ends.plus) - phasor(ends.minus)
      across.append(voltage)
      guard voltage != .zero else {
        ofEntries += [0, 0]
        continue
      }
      let law = demand.laws[entry]
      let factors = law.factors(at: voltage.length)
      let admittance = Phasor(
        demand.activePower[entry] * factors.active,
        -demand.reactivePower[entry] * factors.reactive
      ).divided(by: law.rated * law.rated)
      let current = admittance * voltage
      ofEntries += [current.real, current.imaginary]
    }
  }

  /// Adds what the network does not carry to the terminals.
  func add(_ demand: Demand, to sums: inout [Double]) {
    for entry in 0..<demand.count {
      let current =
        Phasor(ofEntries[2 * entry], ofEntries[2 * entry + 1])
        - demand.laws[entry].linear * across[entry]
      let ends = demand.terminals(ofEntry: entry)
      if let plus = ends.plus {
        sums[2 * plus] += current.real
        sums[2 * plus + 1] += current.imaginary
      }
      if let minus = ends.minus {
        sums[2 * minus] -= current.real
        sums[2 * minus + 1] -= current.imaginary
      }
    }
  }
}
