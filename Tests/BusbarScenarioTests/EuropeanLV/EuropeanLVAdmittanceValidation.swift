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
    let branch = try #require(network.grid.branch(named: "TR1"))
    let element = try #require(network.elements.branches[branch])
    let primitive = try #require(element.admittance)
    // Coil ends at one conductor of a bus are one terminal; the buses stand in the order of the
    // windings.
    let buses = network.grid.branches[branch].endBuses
    let terminals = buses.flatMap { bus in
      ConductorSet.abc.members.map { BusConductor(bus, $0) }
    }
    var joined = ComplexMatrix(zero: terminals.count)
    for (row, end) in element.ends.enumerated() {
      guard let end, let place = terminals.firstIndex(of: end) else { continue }
      for (column, other) in element.ends.enumerated() {
        if let other, let second = terminals.firstIndex(of: other) {
          joined[place, second] += primitive[row, column]
        }
      }
    }
    // OpenDSS numbers the high-voltage side a, b, c, n and then the low-voltage side.
    let expected = try admittance(of: "Transformer.tr1", order: 8)
    compare(joined, to: expected, at: [1, 2, 3, 5, 6, 7], "of the transformer")
  }

  @Test func sourceHasTheAdmittanceOfOpenDSS() throws {
    let source = try network().grid.sources[Index(0)]
    let series = try #require(source.impedance.inverse)
    var primitive = ComplexMatrix(zero: 6)
    for row in 0..<6 {
      for column in 0..<6 {
        let element = series[row % 3, column % 3]
        primitive[row, column] = row / 3 == column / 3 ? element : -element
      }
    }
    let expected = try admittance(of: "Vsource.source", order: 6)
    // OpenDSS puts the electromotive force behind terminals 4 to 6.
    compare(primitive, to: expected, at: [4, 5, 6, 1, 2, 3], "of the source")
  }

  private func network() throws -> Network {
    let reading = Scenario.read(PackageFolder.scenario("european-lv").path)
    return try #require(reading.scenario).plan.solver.network
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
    _ primitive: ComplexMatrix, to expected: [[Phasor]], at terminals: [Int], _ name: String
  ) {
    let largest = expected.flatMap { $0.map(\.length) }.max() ?? 0
    #expect(largest > 0)
    var distance = Distance("admittance \(name)", to: "OpenDSS", unit: "of the largest element")
    for (row, terminal) in terminals.enumerated() {
      for (column, other) in terminals.enumerated() {
        distance.add(
          (primitive[row, column] - expected[terminal - 1][other - 1]).length / largest,
          at: "row \(terminal), column \(other)")
      }
    }
    distance.report()
    #expect(distance.largest < Self.relativeTolerance, distance.sentence)
  }
}
