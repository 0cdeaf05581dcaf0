public import BusbarUnits

/// One element of the network as linear relations between its ends, before any is joined.
///
/// The currents into the ends are Y·V with the primitive admittance Y, a row for each end. A line
/// keeps its series impedance instead, so that it may be as small as zero.
public struct PrimitiveElement: Sendable {
  /// The conductor of a bus to which each end is joined; nil is earth.
  public let ends: [BusConductor?]
  /// How the element is known.
  public let form: Form

  /// What relates the currents into the ends to their voltages.
  public enum Form: Sendable {
    /// From the first half of the ends to the second.
    case series(SeriesForm)
    /// The primitive admittance in S.
    case admittance(ComplexMatrix)
  }

  /// V′ = V″ + Z·I between the two halves of the ends, with a shunt to earth at either half.
  public struct SeriesForm: Sendable {
    /// Z in Ω, a row for each conductor.
    public let impedance: ComplexMatrix
    /// Half of the charging in S.
    public let halfShunt: ComplexMatrix
  }

  /// The primitive admittance in S; nil for a line whose impedance cannot be inverted.
  public var admittance: ComplexMatrix? {
    switch form {
    case .admittance(let matrix): matrix
    case .series(let series): series.admittance
    }
  }
}

extension PrimitiveElement.SeriesForm {
  /// The primitive admittance in S; nil when the impedance cannot be inverted.
  var admittance: ComplexMatrix? {
    guard let inverse = impedance.inverse else { return nil }
    let count = impedance.order
    var matrix = ComplexMatrix(zero: 2 * count)
    for row in 0..<count {
      for column in 0..<count {
        let through = inverse[row, column]
        let leak = halfShunt[row, column]
        matrix[row, column] = through + leak
        matrix[count + row, count + column] = through + leak
        matrix[row, count + column] = -through
        matrix[count + row, column] = -through
      }
    }
    return matrix.isFinite ? matrix : nil
  }
}

extension PrimitiveElement {
  /// A section of line: half of its charging lies at either end.
  init(_ line: Line, _ code: LineCode, from: Index<Bus>, to: Index<Bus>, rows: [Int]) {
    let half = (code.shuntAdmittance * (line.length.metres / 2)).selecting(rows)
    self.init(
      ends: line.from.conductors.map { $0.map { BusConductor(from, $0) } }
        + line.to.conductors.map { $0.map { BusConductor(to, $0) } },
      form: .series(
        SeriesForm(
          impedance: (code.seriesImpedance * line.length.metres).selecting(rows), halfShunt: half)))
  }

  /// A shunt with a number of its steps switched on, first to last.
  init(_ shunt: Shunt, bus: Index<Bus>, closed: [Bool]) {
    var sum = ComplexMatrix(zero: shunt.connection.conductors.count)
    for (step, isClosed) in zip(shunt.steps, closed) where isClosed { sum += step.admittance }
    self.init(
      ends: shunt.connection.conductors.map { $0.map { BusConductor(bus, $0) } },
      form: .admittance(sum))
  }

  /// An admittance between two conductors of a bus.
  init(_ demand: LinearDemand, bus: Index<Bus>) {
    self.init(
      ends: [demand.ends.plus, demand.ends.minus].map { $0.map { BusConductor(bus, $0) } },
      form: .admittance(.between(demand.admittance)))
  }
}

extension ComplexMatrix {
  /// The primitive admittance of one admittance between two ends.
  static func between(_ admittance: Phasor) -> ComplexMatrix {
    ComplexMatrix(rows: [[admittance, -admittance], [-admittance, admittance]])
  }
}
