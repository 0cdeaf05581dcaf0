import BusbarGrid
import BusbarUnits

extension SolvedCase {
  /// How far cutting lines in two may move voltages, relative to the nominal ones, because half of
  /// the charging lies at the ends of a line, wherever it is cut.
  ///
  /// A line of impedance Z and charging Y that is cut at the share f has Z(1 + f(1 − f)ZY/2) from
  /// end to end, and its other constants differ by terms in (ZY)². With f(1 − f) at most 1/4 that
  /// moves the far end by up to ZY/8 of the drop, and by ZY/8 of ZY without a load.
  func effectOfCutting(_ lines: [String]) -> Double {
    lines.reduce(0) { sum, id in
      guard let index = network.grid.branch(named: id),
        let element = network.elements.branches[index], case .series(let series) = element.form
      else { return sum }
      let order = series.impedance.order
      let voltages = element.ends.map { end in
        network.elements.terminal(end).map { simulation.flowState.voltage(at: $0) } ?? .zero
      }
      let drop = (0..<order).map { (voltages[$0] - voltages[order + $0]).length }.max() ?? 0
      let base = network.nominalVoltage(at: network.grid.branches[index].fromBus)
      let charging = series.impedance.rowNorm * 2 * series.halfShunt.rowNorm
      return sum + charging / 8 * (drop / base + charging)
    }
  }
}

extension ComplexMatrix {
  /// The largest sum of the magnitudes of a row.
  fileprivate var rowNorm: Double {
    (0..<order).map { row in (0..<order).reduce(0) { $0 + self[row, $1].length } }.max() ?? 0
  }
}
