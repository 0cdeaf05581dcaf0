import BusbarGrid
import BusbarUnits

/// The wires, cables and cross-sections that the tests of line constants share.
enum LineSample {
  static let mile = 1_609.344
  static func inches(_ value: Double) -> Length { .metres(0.0254 * value) }

  /// A wire from its DC resistance in Ω per 1,000 ft, GMR and diameter in inches.
  static func wire(dc resistance: Double, gmr: Double, diameter: Double) -> WireData {
    WireData(
      dcResistance: resistance / 304.8, geometricMeanRadius: inches(gmr),
      radius: inches(diameter / 2))
  }

  /// A wire from its AC resistance in Ω/mile, GMR and diameter in inches.
  static func wire(ac resistance: Double, gmr: Double, diameter: Double) -> WireData {
    WireData(
      acResistance: resistance / mile, geometricMeanRadius: inches(gmr),
      radius: inches(diameter / 2))
  }

  // As in OpenDSS's files of the 13-node feeder.
  static let acsr556 = wire(dc: 0.035_227_273, gmr: 0.3732, diameter: 0.927)
  static let acsr40 = wire(dc: 0.112_121_212, gmr: 0.097_68, diameter: 0.563)
  static let acsr10 = wire(dc: 0.212_121_212, gmr: 0.053_52, diameter: 0.398)
  static let copper10 = wire(ac: 0.607, gmr: 0.133_56, diameter: 0.368)

  /// The 250 kcmil cable with 13 strands.
  static func concentric(
    _ surface: ConcentricNeutralCable.ChargedSurface = .screen
  ) -> LineConductor {
    .concentricNeutral(
      ConcentricNeutralCable(
        core: wire(ac: 0.41, gmr: 0.2052, diameter: 0.567),
        insulation: CableInsulation(outerRadius: inches(0.53), thickness: inches(0.22)),
        outerRadius: inches(0.645), strand: wire(ac: 14.8722, gmr: 0.024_96, diameter: 0.0641),
        strandCount: 13, chargedSurface: surface))
  }

  /// The 1/0 cable with a tape of 5 mil.
  static func tape() -> LineConductor {
    .tapeShield(
      TapeShieldCable(
        core: wire(ac: 0.97, gmr: 0.1332, diameter: 0.368),
        insulation: CableInsulation(outerRadius: inches(0.41), thickness: inches(0.22)),
        shieldRadius: inches(0.44), tapeThickness: inches(0.005), tapeLap: .perUnit(0.2)))
  }

  /// A cross-section from positions in feet.
  static func geometry(
    _ conductors: [(LineConductor, x: Double, height: Double)], phases: Int,
    neutrals: LineGeometry.NeutralTreatment = .reduced
  ) -> LineGeometry {
    LineGeometry(
      conductors: conductors.map {
        PlacedConductor($0.0, horizontal: inches(12 * $0.x), height: inches(12 * $0.height))
      }, phaseCount: phases, neutrals: neutrals)
  }

  /// Three phases at 28 ft above a neutral at 24 ft, horizontal positions in feet.
  static func fourWire(
    _ phase: WireData, _ neutral: WireData, x: [Double] = [-4, -1, 3],
    neutrals: LineGeometry.NeutralTreatment = .reduced
  ) -> LineGeometry {
    geometry(
      x.map { (.wire(phase), x: $0, height: 28) } + [(.wire(neutral), x: 0, height: 24)],
      phases: 3, neutrals: neutrals)
  }

  /// Two phases 7 ft apart above their neutral.
  static let threeWire = geometry(
    [
      (.wire(acsr10), x: -4, height: 28), (.wire(acsr10), x: 3, height: 28),
      (.wire(acsr10), x: 0, height: 24),
    ], phases: 2)
  /// One phase above its neutral.
  static let twoWire = geometry(
    [(.wire(acsr10), x: 0.5, height: 29), (.wire(acsr10), x: 0, height: 24)], phases: 1)

  /// Three concentric-neutral cables side by side, 4 ft deep.
  static func threeCables(
    _ surface: ConcentricNeutralCable.ChargedSurface = .screen
  ) -> LineGeometry {
    geometry([-0.5, 0, 0.5].map { (concentric(surface), x: $0, height: -4) }, phases: 3)
  }

  /// A tape-shield cable and its bare neutral in the ground, 3 in apart.
  static func cableAndNeutral(
    neutrals: LineGeometry.NeutralTreatment = .reduced
  ) -> LineGeometry {
    geometry(
      [(tape(), x: 0, height: -4), (.wire(copper10), x: 0.25, height: -4)], phases: 1,
      neutrals: neutrals)
  }
}
