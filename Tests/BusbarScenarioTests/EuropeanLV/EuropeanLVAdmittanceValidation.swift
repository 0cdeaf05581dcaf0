import BusbarGrid
import BusbarScenario
import BusbarTestSupport
import BusbarUnits
import Testing

/// The compiled transformer and source against the primitive admittances of OpenDSS.
@Suite(.enabled(if: EuropeanLVReference.isPresent, EuropeanLVReference.absent))
struct EuropeanLVAdmittanceValidation {
  /// OpenDSS computes in double precision and the table has twelve digits; the transformer's
  /// admittance is a difference of numbers that are 1e7 times its shunts.
  static let relativeTolerance = 1e-9

  @Test func transformerHasTheAdmittanceOfOpenDSS() throws {
    let network = try network()
    let node = try #require(network.node(fedBy: "TR1"))
    let twoPort = try twoPort(feeding: node, network)
    // OpenDSS numbers the high-voltage side a, b, c, n and then the low-voltage side.
    let terminals = [1, 2, 3, 5, 6, 7]
    let expected = try admittance(of: "Transformer.tr1", order: 8)
    compare(twoPort, to: expected, at: terminals, "of the transformer")
  }

  @Test func sourceHasTheAdmittanceOfOpenDSS() throws {
    let network = try network()
    let bus = try #require(network.grid.bus(named: "SourceBus"))
    let twoPort = try twoPort(feeding: network.topology.nodeOfBus[bus], network, alone: false)
    let expected = try admittance(of: "Vsource.source", order: 6)
    // OpenDSS puts the electromotive force behind terminals 4 to 6.
    compare(twoPort, to: expected, at: [4, 5, 6, 1, 2, 3], "of the source")
  }

  private func network() throws -> Network {
    let reading = Scenario.read(PackageFolder.scenario("european-lv").path)
    return try #require(reading.scenario).plan.solver.network
  }

  /// The admittance of the element above a node, between its feeding and its fed end.
  ///
  /// The compiled tables hold W·Z with W = (1 + Z·Y)⁻¹, so Z⁻¹ = (W·Z)⁻¹ − Y, where Y is all that
  /// is linear at and below the node.
  private func twoPort(
    feeding node: Index<Node>, _ network: Network, alone: Bool = true
  ) throws -> [[Phasor]] {
    let parameters = network.parameters
    let order = ConductorSet.capacity
    let zero = ComplexMatrix(zero: order)
    let start = node.position * Parameters.matrixStride
    var reduced = zero
    for row in 0..<order {
      for column in 0..<order {
        let place = start + 2 * (row * order + column)
        reduced[row, column] = Phasor(
          parameters.seriesImpedance[place], parameters.seriesImpedance[place + 1])
      }
    }
    let below = parameters.subtreeAdmittance[node.position] ?? zero
    let fedShunt = parameters.fedShunt[node.position] ?? zero
    if alone { try #require(below == fedShunt, "The lines of this feeder have no charging.") }
    let series = try #require(reduced.inverse) + below * -1
    let ratio = parameters.ratio[node.position] ?? ComplexMatrix(identity: order)
    let feeding =
      ratio.transposed * series * ratio + (parameters.feedingShunt[node.position] ?? zero)
    let mutual = series * ratio * -1
    let blocks = [[feeding, mutual.transposed], [mutual, series + fedShunt]]
    return (0..<(2 * order)).map { row in
      (0..<(2 * order)).map { column in
        blocks[row / order][column / order][row % order, column % order]
      }
    }
  }

  /// The primitive admittance of an element in S; rows that are left out are zero.
  private func admittance(of element: String, order: Int) throws -> [[Phasor]] {
    let table = try EuropeanLVReference.table("reference/snapshot_min1/yprim.csv.gz")
    var result = Array(repeating: Array(repeating: Phasor.zero, count: order), count: order)
    for row in table.rows.indices where table.rows[row][0] == element {
      result[Int(table.number(row, 1)) - 1][Int(table.number(row, 2)) - 1] = Phasor(
        table.number(row, 3), table.number(row, 4))
    }
    return result
  }

  private func compare(
    _ twoPort: [[Phasor]], to expected: [[Phasor]], at terminals: [Int], _ name: String
  ) {
    let largest = expected.flatMap { $0.map(\.length) }.max() ?? 0
    #expect(largest > 0)
    var distance = Distance("admittance \(name)", to: "OpenDSS", unit: "of the largest element")
    for (row, terminal) in terminals.enumerated() {
      for (column, other) in terminals.enumerated() {
        distance.add(
          (twoPort[row][column] - expected[terminal - 1][other - 1]).length / largest,
          at: "row \(terminal), column \(other)")
      }
    }
    distance.report()
    #expect(distance.largest < Self.relativeTolerance, distance.sentence)
  }
}
