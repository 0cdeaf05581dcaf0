import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

/// The sweep against a nodal solution by dense matrices, which knows nothing of trees.
struct NodalReferenceTests {
  /// 1e-9 of the nominal voltage: both iterate to 1e-12, and the dense solution of 120 equations
  /// with milliohms beside ohms loses a few digits.
  @Test(arguments: 1...6)
  func theSweepAgreesWithADenseNodalSolution(seed: UInt64) throws {
    let feeder = InvariantTests.randomFeeder(seed)
    let solved = try feeder.solve()
    let reference = try NodalReference(feeder, solved.network)
    let voltages = try reference.solve(feeder.loads)
    for (node, voltage) in zip(reference.nodes, voltages) {
      let difference = solved.voltage(node.bus, node.phase) - voltage
      #expect(difference.length < 1e-9 * TestFeeder.phaseVolts, "\(node)")
    }
  }
}

/// Y·V = I(V) with the currents of constant powers found by repetition.
private struct NodalReference {
  struct Node: Hashable {
    var bus: String
    var phase: Int
  }

  let nodes: [Node]
  private var places: [Node: Int] = [:]
  private var admittance: ComplexMatrix
  private var sourceCurrent: [Phasor]

  init(_ feeder: TestFeeder, _ network: Network) throws {
    nodes = network.grid.buses.indices.flatMap { bus in
      network.conductors(at: bus).positions.map {
        Node(bus: network.grid.buses[bus].id, phase: $0)
      }
    }
    for (place, node) in nodes.enumerated() { places[node] = place }
    admittance = ComplexMatrix(zero: nodes.count)
    sourceCurrent = Array(repeating: .zero, count: nodes.count)
    let code = feeder.grid.lineCodes[0]
    for line in feeder.grid.lines { try add(line, code) }
    for transformer in feeder.grid.transformers { add(transformer) }
    for source in feeder.grid.sources { try add(source) }
  }

  private func place(_ bus: String, _ phase: Int) -> Int {
    guard let place = places[Node(bus: bus, phase: phase)] else {
      fatalError("the reference has no node \(bus).\(phase)")
    }
    return place
  }

  private mutating func add(_ line: Line, _ code: LineCode) throws {
    let phases = line.from.conductors.compactMap { $0?.position }
    let impedance = ComplexMatrix(
      rows: phases.map { row in
        phases.map { code.seriesImpedance[row, $0].multiplied(by: line.length.metres) }
      })
    let series = try #require(impedance.inverse)
    for (i, row) in phases.enumerated() {
      for (j, column) in phases.enumerated() {
        let half = code.shuntAdmittance[row, column].multiplied(by: line.length.metres / 2)
        let (f, t) = (place(line.from.bus, row), place(line.to.bus, row))
        let (g, u) = (place(line.from.bus, column), place(line.to.bus, column))
        admittance[f, g] += series[i, j] + half
        admittance[t, u] += series[i, j] + half
        admittance[f, u] -= series[i, j]
        admittance[t, g] -= series[i, j]
      }
    }
  }

  /// Dyn5: the winding of phase a lies between b and a of the high side.
  private mutating func add(_ transformer: Transformer) {
    let (from, to) = (transformer.windings[0], transformer.windings[1])
    precondition(
      from.coils.map(\.text) == ["b-a", "c-b", "a-c"]
        && to.coils.map(\.text) == ["a-e", "b-e", "c-e"], "The reference knows one vector group.")
    let low = to.coilVoltage.volts
    let high = from.coilVoltage.volts
    let power = transformer.ratedPower.voltAmperes / 3
    let leakage = Phasor(
      from.resistance.perUnit + to.resistance.perUnit,
      transformer.shortCircuitReactance[0].perUnit)
    let y = Phasor(power / (low * low), 0) / leakage
    let n = low / high
    for phase in 0..<3 {
      let plus = place(from.bus, (phase + 1) % 3)
      let minus = place(from.bus, phase)
      let fed = place(to.bus, phase)
      // The voltage across the leakage is n·(V₊ − V₋) − V.
      let terms = [(plus, n), (minus, -n), (fed, -1.0)]
      for (row, a) in terms {
        for (column, b) in terms { admittance[row, column] += y.multiplied(by: a * b) }
      }
      let share = transformer.antifloatPPM * 1e-6 * power / 2
      admittance[plus, plus] += Phasor(0, -share / (high * high))
      admittance[minus, minus] += Phasor(0, -share / (high * high))
      admittance[fed, fed] += Phasor(0, -share / (low * low))
    }
  }

  private mutating func add(_ source: Source) throws {
    let series = try #require(source.impedance.inverse)
    let bus = source.connection.bus
    let current = series * source.electromotiveForce
    for row in 0..<3 {
      sourceCurrent[place(bus, row)] += current[row]
      for column in 0..<3 { admittance[place(bus, row), place(bus, column)] += series[row, column] }
    }
  }

  func solve(_ loads: [(bus: String, phase: Int, power: Phasor)]) throws -> [Phasor] {
    let impedance = try #require(admittance.inverse)
    var voltages = impedance * sourceCurrent
    for _ in 0..<200 {
      var currents = sourceCurrent
      for load in loads {
        let place = place(load.bus, load.phase)
        currents[place] -= (load.power / voltages[place]).conjugate
      }
      let next = impedance * currents
      let change = zip(next, voltages).map { ($0 - $1).length }.max() ?? 0
      voltages = next
      if change < 1e-12 * TestFeeder.phaseVolts { break }
    }
    return voltages
  }
}
