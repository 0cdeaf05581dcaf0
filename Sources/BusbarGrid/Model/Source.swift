public import BusbarUnits
internal import RealModule

/// The upstream network at a feeder head: voltages against earth behind an impedance.
public struct Source: Hashable, Sendable {
  /// The user's name of the source.
  public var id: String
  /// The conductors that it feeds, with the bus.
  public var connection: Connection
  /// Electromotive force of each conductor against earth, in V.
  public var electromotiveForce: [Phasor]
  /// Impedance in Ω, a row and a column for each conductor.
  public var impedance: ComplexMatrix

  /// Makes a source from its phasors and its impedance matrix.
  public init(
    id: String, connection: Connection, electromotiveForce: [Phasor], impedance: ComplexMatrix
  ) {
    self.id = id
    self.connection = connection
    self.electromotiveForce = electromotiveForce
    self.impedance = impedance
  }

  /// Makes a balanced source of conductors a, b and c.
  ///
  /// The voltage lies between two phases behind the impedance; the angle is that of phase a.
  public init(
    id: String, bus: String, voltage: Voltage, angleDegrees: Double = 0,
    impedance: SequenceImpedance
  ) {
    self.init(
      id: id, connection: Connection(bus: bus, .abc), voltage: voltage,
      angleDegrees: angleDegrees, impedance: impedance)
  }

  /// Makes a symmetrical source of as many phases as the connection has conductors.
  ///
  /// The voltage lies between two neighbouring phases: the magnitude against earth of each of n
  /// phases is V / (2 sin(180°/n)), and V itself when there are fewer than three.
  public init(
    id: String, connection: Connection, voltage: Voltage, angleDegrees: Double = 0,
    impedance: SequenceImpedance
  ) {
    let count = connection.conductors.count
    let magnitude =
      switch count {
      case ...2: voltage.volts
      case 3: voltage.volts / 3.0.squareRoot()
      default: voltage.volts / (2 * Double.sin(.pi / Double(count)))
      }
    // Written so that three phases have exactly 0, −120 and +120 degrees.
    let angles = (0..<count).map { phase in
      let angle = -360 * Double(phase) / Double(max(count, 1))
      return angle < -180 ? angle + 360 : angle
    }
    self.init(
      id: id, connection: connection,
      electromotiveForce: angles.map { Phasor(magnitude: magnitude, degrees: angleDegrees + $0) },
      impedance: count == 1
        ? ComplexMatrix(rows: [[impedance.positive]])
        : .transposed(positive: impedance.positive, zero: impedance.zero, order: count))
  }
}
