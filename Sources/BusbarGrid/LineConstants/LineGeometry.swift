public import BusbarUnits

/// One conductor of a line with what surrounds it.
public enum LineConductor: Hashable, Sendable {
  /// A bare wire.
  case wire(WireData)
  /// A cable with its own neutral.
  case concentricNeutral(ConcentricNeutralCable)
  /// A cable with a shield of tape.
  case tapeShield(TapeShieldCable)

  /// The wire that carries the conductor's current.
  var core: WireData {
    switch self {
    case .wire(let wire): wire
    case .concentricNeutral(let cable): cable.core
    case .tapeShield(let cable): cable.core
    }
  }

  /// The radius in metres over all metal.
  var outerRadius: Double {
    switch self {
    case .wire(let wire): wire.radius.metres
    case .concentricNeutral(let cable): cable.outerRadius.metres
    case .tapeShield(let cable): cable.shieldRadius.metres
    }
  }

  /// Whether the conductor has a neutral or a shield of its own.
  var isCable: Bool {
    if case .wire = self { false } else { true }
  }
}

/// A conductor at its place in the cross-section of a line.
public struct PlacedConductor: Hashable, Sendable {
  /// What lies there.
  public var conductor: LineConductor
  /// The horizontal position from any line that is common to all conductors.
  public var horizontal: Length
  /// The height above the surface of the earth, below zero in the ground, never zero.
  public var height: Length

  /// Places a conductor.
  public init(_ conductor: LineConductor, horizontal: Length, height: Length) {
    self.conductor = conductor
    self.horizontal = horizontal
    self.height = height
  }
}

/// The cross-section of a line: its conductors and their positions.
public struct LineGeometry: Hashable, Sendable {
  /// The conductors, phases first, then the neutrals.
  ///
  /// The neutral or shield of a cable belongs to the cable and is not listed.
  public var conductors: [PlacedConductor]
  /// How many of the conductors are phases, at least one.
  public var phaseCount: Int
  /// What becomes of the conductors after the phases.
  public var neutrals: NeutralTreatment

  /// What becomes of the neutrals of a geometry in its matrices.
  public enum NeutralTreatment: String, Hashable, Sendable, CaseIterable {
    /// They are taken as grounded all along the line and eliminated.
    case reduced
    /// They keep their rows and columns, after the phases.
    case explicit
  }

  /// Makes a geometry.
  public init(
    conductors: [PlacedConductor], phaseCount: Int, neutrals: NeutralTreatment = .reduced
  ) {
    self.conductors = conductors
    self.phaseCount = phaseCount
    self.neutrals = neutrals
  }

  /// The positions of the conductors that have a row and a column in the matrices.
  var keptConductors: [Int] {
    switch neutrals {
    case .reduced: Array(0..<phaseCount)
    case .explicit: Array(conductors.indices)
    }
  }

  /// The distance in metres between the centres of two conductors.
  func distance(_ first: Int, _ second: Int) -> Double {
    let horizontal = conductors[first].horizontal - conductors[second].horizontal
    let vertical = conductors[first].height - conductors[second].height
    return (horizontal.metres * horizontal.metres + vertical.metres * vertical.metres)
      .squareRoot()
  }
}
