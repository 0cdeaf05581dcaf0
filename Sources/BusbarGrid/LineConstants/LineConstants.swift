public import BusbarUnits
internal import ComplexModule
internal import RealModule

/// The matrices of a line for each metre of its length.
public struct LineConstants: Hashable, Sendable {
  /// Series impedance in Ω/m, a row and a column for each kept conductor, symmetric.
  public let seriesImpedance: ComplexMatrix
  /// Shunt admittance in S/m of the whole metre, of the same shape, symmetric.
  public let shuntAdmittance: ComplexMatrix
}

extension LineGeometry {
  /// Computes the line constants at a frequency; throws when the geometry is not possible.
  ///
  /// The matrices have the phases and, with `.explicit`, the neutrals in their order. For power
  /// frequencies, below 1 kHz: the inductance inside a wire is the one in its geometric mean
  /// radius. Time grows with the cube of the number of conductors.
  public func constants(
    at frequency: Frequency, over earth: Earth = Earth()
  ) throws(LineGeometryFault) -> LineConstants {
    precondition(
      frequency.hertz > 0 && frequency.hertz.isFinite, "Line constants need a frequency above zero."
    )
    try check()
    guard
      let series = seriesImpedance(frequency: frequency.hertz, earth: earth)
        .kronReduced(keeping: keptConductors),
      let shunt = shuntAdmittance(frequency: frequency.hertz)
    else { throw .singular }
    return LineConstants(
      seriesImpedance: series, shuntAdmittance: shunt.submatrix(keptConductors))
  }

  /// The impedance matrix in Ω/m of all conductors, then of the neutrals and shields of cables.
  ///
  /// With G the earth's part [1], R the resistance and D the distance:
  ///
  ///     Zii = Ri + jω μ₀/2π ln(1/GMRi) + Gii
  ///     Zij = jω μ₀/2π ln(1/Dij) + Gij
  ///
  /// 1. `Earth.returnImpedance(heights:horizontalDistance:frequency:)`
  /// 2. W. H. Kersting, *Distribution System Modeling and Analysis*, 4th ed., CRC Press, ch. 4.
  private func seriesImpedance(frequency: Double, earth: Earth) -> ComplexMatrix {
    let filaments = self.filaments(frequency: frequency, earth: earth)
    let inductive = frequency * VacuumConstants.permeability
    var matrix = ComplexMatrix(zero: filaments.count)
    for row in filaments.indices {
      let first = filaments[row]
      for column in 0...row {
        let second = filaments[column]
        let places = (conductors[first.place], conductors[second.place])
        let external = earth.returnImpedance(
          heights: abs(places.0.height.metres) + abs(places.1.height.metres),
          horizontalDistance: (places.0.horizontal - places.1.horizontal).metres,
          frequency: frequency)
        let own =
          row == column
          ? Phasor(first.resistance, -inductive * .log(first.geometricMeanRadius))
          : Phasor(0, -inductive * .log(separation(first, second)))
        matrix[row, column] = own + external
        matrix[column, row] = matrix[row, column]
      }
    }
    return matrix
  }

  /// The conductors of the line, then the neutrals and shields of the cables among them.
  private func filaments(frequency: Double, earth: Earth) -> [Filament] {
    var cores: [Filament] = []
    var shields: [Filament] = []
    for (place, placed) in conductors.enumerated() {
      let core = placed.conductor.core
      cores.append(
        Filament(
          place: place, isShield: false,
          resistance: core.resistance(with: earth.model, frequency: frequency),
          geometricMeanRadius: core.geometricMeanRadius.metres))
      switch placed.conductor {
      case .wire: break
      case .concentricNeutral(let cable):
        shields.append(
          Filament(
            place: place, isShield: true, resistance: cable.neutralResistance,
            geometricMeanRadius: cable.neutralGeometricMeanRadius))
      case .tapeShield(let cable):
        shields.append(
          Filament(
            place: place, isShield: true, resistance: cable.shieldResistance,
            geometricMeanRadius: cable.shieldGeometricMeanRadius))
      }
    }
    return cores + shields
  }

  /// The geometric mean distance in metres between two filaments.
  ///
  /// A core sees its own neutral at the radius of the strands. A neutral of strands and a core
  /// outside have the corrected distance, and two neutrals the distance of their centres, as in
  /// OpenDSS.
  private func separation(_ first: Filament, _ second: Filament) -> Double {
    guard first.isShield != second.isShield else { return distance(first.place, second.place) }
    let shield = first.isShield ? first : second
    let other = first.isShield ? second : first
    switch conductors[shield.place].conductor {
    case .wire: preconditionFailure("A wire has no shield.")
    case .concentricNeutral(let cable):
      return other.place == shield.place
        ? cable.neutralRadius
        : cable.neutralDistance(toConductorAt: distance(shield.place, other.place))
    case .tapeShield(let cable):
      return other.place == shield.place
        ? cable.shieldGeometricMeanRadius : distance(shield.place, other.place)
    }
  }

  /// The admittance matrix in S/m of all conductors; nil when the potentials have no inverse.
  ///
  /// Wires in the air have the potential coefficients of themselves and their images [1],
  ///
  ///     Pii = ln(2 hi/ri) / (2π ε₀)     Pij = ln(Sij/Dij) / (2π ε₀)     Y = jω P⁻¹
  ///
  /// and eliminated wires are at zero potential, so their rows and columns of Y are left out. A
  /// cable has the capacitance to its own neutral, which is at zero potential. As in OpenDSS, a
  /// bare wire beside a cable, or in the ground, has none.
  ///
  /// 1. W. H. Kersting, *Distribution System Modeling and Analysis*, 4th ed., CRC Press, ch. 5.
  private func shuntAdmittance(frequency: Double) -> ComplexMatrix? {
    let omega = 2 * Double.pi * frequency
    var matrix = ComplexMatrix(zero: conductors.count)
    for (place, placed) in conductors.enumerated() {
      switch placed.conductor {
      case .wire: break
      case .concentricNeutral(let cable):
        matrix[place, place] = Phasor(0, omega * cable.capacitance)
      case .tapeShield(let cable):
        matrix[place, place] = Phasor(0, omega * cable.insulation.capacitance)
      }
    }
    let aerial = conductors.indices.filter { conductors[$0].height > .zero }
    guard !conductors.contains(where: \.conductor.isCable), !aerial.isEmpty else { return matrix }
    guard let inverse = potentialLogarithms(of: aerial).inverse else { return nil }
    for row in aerial.indices {
      for column in aerial.indices {
        matrix[aerial[row], aerial[column]] =
          Phasor(0, omega * 2 * .pi * VacuumConstants.permittivity) * inverse[row, column]
      }
    }
    return matrix
  }

  /// The potential coefficients of wires in the air times 2π ε₀, without unit.
  private func potentialLogarithms(of wires: [Int]) -> ComplexMatrix {
    var matrix = ComplexMatrix(zero: wires.count)
    for (row, first) in wires.enumerated() {
      for (column, second) in wires.enumerated() {
        let heights = (conductors[first].height + conductors[second].height).metres
        let horizontal = (conductors[first].horizontal - conductors[second].horizontal).metres
        let image = (heights * heights + horizontal * horizontal).squareRoot()
        let own = conductors[first].conductor.core.capacitiveRadius.metres
        matrix[row, column] = Phasor(
          .log(image / (row == column ? own : distance(first, second))), 0)
      }
    }
    return matrix
  }
}

/// A thin conductor along the line: a wire, a core, or the neutral or shield of a cable.
private struct Filament {
  /// The position of its conductor in the geometry.
  let place: Int
  let isShield: Bool
  /// Ω/m.
  let resistance: Double
  /// Metres.
  let geometricMeanRadius: Double
}
