import BusbarGrid
import BusbarUnits
import ComplexModule
import Testing

/// The configurations 601 to 607 of the IEEE 13-node feeder at 60 Hz and 100 Ω m.
///
/// Impedances in Ω/mile from the feeder's document (IEEE Test Feeder Working Group, "IEEE 13 Node
/// Test Feeder"), computed by modified Carson equations (W. H. Kersting, *Distribution System
/// Modeling and Analysis*, ch. 4).
struct LineConstantsKerstingTests {
  private static let acsr556 = LineSample.wire(ac: 0.1859, gmr: 0.0313 * 12, diameter: 0.927)
  private static let acsr40 = LineSample.wire(ac: 0.592, gmr: 0.008_14 * 12, diameter: 0.563)
  private static let acsr10 = LineSample.wire(ac: 1.12, gmr: 0.004_46 * 12, diameter: 0.398)
  private static let single = LineSample.geometry(
    [(.wire(acsr10), x: 0.5, height: 29), (.wire(acsr10), x: 0, height: 24)], phases: 1)
  private static let double = LineSample.geometry(
    [
      (.wire(acsr10), x: -4, height: 28), (.wire(acsr10), x: 3, height: 28),
      (.wire(acsr10), x: 0, height: 24),
    ], phases: 2)

  /// Compares the upper triangle, row by row, in the order of the positions on the pole.
  private func compare(
    _ geometry: LineGeometry, ohms: [Phasor], microsiemens: [Double],
    within tolerance: Double = 2e-4
  ) throws {
    let constants = try geometry.constants(at: .hertz(60), over: Earth(model: .carson))
    let order = constants.seriesImpedance.order
    var position = 0
    for row in 0..<order {
      for column in row..<order {
        let impedance = constants.seriesImpedance[row, column].multiplied(by: LineSample.mile)
        // 2e-4 Ω/mile: half a unit of the last digit, and the rounding of Kersting's constants
        // 0.09530, 0.12134 and 7.93402 (up to 7e-5 in each step of the reduction).
        #expect((impedance - ohms[position]).length < tolerance, "\(row) \(column) \(impedance)")
        let admittance =
          constants.shuntAdmittance[row, column].imaginary * LineSample.mile * 1e6
          * air / 8.854e-12
        // 2e-4 of the self admittance: rounding of the permittivity in μF/mile.
        #expect(
          abs(admittance - microsiemens[position]) < 2e-4 * microsiemens[0],
          "\(row) \(column) \(admittance)")
        position += 1
      }
    }
  }

  /// Kersting's permittivity of the air, 0.01424 μF/mile.
  private let air = 0.014_24e-6 / 1_609.344

  @Test func configuration601() throws {
    // B, A, C from left to right.
    try compare(
      LineSample.fourWire(Self.acsr556, Self.acsr40, x: [-4, -1.5, 3]),
      ohms: [
        Phasor(0.3375, 1.0478), Phasor(0.1560, 0.5017), Phasor(0.1535, 0.3849),
        Phasor(0.3465, 1.0179), Phasor(0.1580, 0.4236), Phasor(0.3414, 1.0348),
      ], microsiemens: [5.9597, -1.9958, -0.7417, 6.2998, -1.2595, 5.6386])
  }

  @Test func configuration602() throws {
    // C, A, B from left to right.
    try compare(
      LineSample.fourWire(Self.acsr40, Self.acsr40, x: [-4, -1.5, 3]),
      ohms: [
        Phasor(0.7436, 1.2112), Phasor(0.1560, 0.5017), Phasor(0.1535, 0.3849),
        Phasor(0.7526, 1.1814), Phasor(0.1580, 0.4236), Phasor(0.7475, 1.1983),
      ], microsiemens: [5.4246, -1.6905, -0.6588, 5.6990, -1.0817, 5.1795])
  }

  @Test func configurations603And604() throws {
    try compare(
      Self.double,
      ohms: [Phasor(1.3238, 1.3569), Phasor(0.2066, 0.4591), Phasor(1.3294, 1.3471)],
      microsiemens: [4.6658, -0.8999, 4.7097])
  }

  @Test func configuration605() throws {
    try compare(
      Self.single, ohms: [Phasor(1.3292, 1.3475)], microsiemens: [4.5193])
  }

  @Test func configuration606() throws {
    try compare(
      LineSample.threeCables(.strands),
      ohms: [
        Phasor(0.7982, 0.4463), Phasor(0.3192, 0.0328), Phasor(0.2849, -0.0143),
        Phasor(0.7891, 0.4041), Phasor(0.3192, 0.0328), Phasor(0.7982, 0.4463),
      ], microsiemens: [96.8897, 0, 0, 96.8897, 0, 96.8897])
  }

  /// The document has the shield as a tube, which a lap of one half has the resistance of, and all
  /// between the core and the shield as insulation.
  @Test func configuration607() throws {
    let cable = TapeShieldCable(
      core: LineSample.wire(ac: 0.97, gmr: 0.1332, diameter: 0.368),
      insulation: CableInsulation(
        outerRadius: LineSample.inches(0.44), thickness: LineSample.inches(0.256)),
      shieldRadius: LineSample.inches(0.44), tapeThickness: LineSample.inches(0.005),
      tapeLap: .perUnit(0.5))
    let geometry = LineSample.geometry(
      [
        (.tapeShield(cable), x: 0, height: -4),
        (.wire(LineSample.copper10), x: 1.0 / 12, height: -4),
      ], phases: 1)
    // 4e-4 Ω/mile: the document's shield has 4.2786 Ω/mile, OpenDSS's constants give 4.2800.
    try compare(
      geometry, ohms: [Phasor(1.3425, 0.5124)], microsiemens: [88.9912], within: 4e-4)
  }
}
