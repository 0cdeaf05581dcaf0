public import BusbarUnits

/// The connection of a three-phase transformer with two windings, in the notation of IEC 60076-1.
///
/// The capital letters name the winding at the from-bus, the small ones the winding at the to-bus;
/// the clock number times 30° is the angle by which the to-side lags. N and n are neutrals that are
/// joined to earth; without the letter a star point floats.
public enum VectorGroup: String, Sendable, CaseIterable {
  case dyn1 = "Dyn1"
  case dyn5 = "Dyn5"
  case dyn7 = "Dyn7"
  case dyn11 = "Dyn11"
  case ynyn0 = "YNyn0"
  case ynyn6 = "YNyn6"
  case ynd1 = "YNd1"
  case ynd5 = "YNd5"
  case ynd7 = "YNd7"
  case ynd11 = "YNd11"
  case dd0 = "Dd0"
  case dd6 = "Dd6"

  /// The coils of both windings, phase by phase.
  var coils: (from: [ConductorPair], to: [ConductorPair]) {
    switch self {
    case .dyn1: (Self.lagging, Self.earthed)
    case .dyn11: (Self.leading, Self.earthed)
    case .dyn5: (Self.reversed(Self.leading), Self.earthed)
    case .dyn7: (Self.reversed(Self.lagging), Self.earthed)
    case .ynyn0: (Self.earthed, Self.earthed)
    case .ynyn6: (Self.reversed(Self.earthed), Self.earthed)
    case .ynd1: (Self.earthed, Self.leading)
    case .ynd11: (Self.earthed, Self.lagging)
    case .ynd5: (Self.earthed, Self.reversed(Self.lagging))
    case .ynd7: (Self.earthed, Self.reversed(Self.leading))
    case .dd0: (Self.leading, Self.leading)
    case .dd6: (Self.reversed(Self.leading), Self.leading)
    }
  }

  /// Coils in a delta whose voltage leads that of the same phase against earth by 30°.
  private static let leading: [ConductorPair] = [
    ConductorPair(.a, .b), ConductorPair(.b, .c), ConductorPair(.c, .a),
  ]
  /// Coils in a delta whose voltage lags that of the same phase against earth by 30°.
  private static let lagging: [ConductorPair] = [
    ConductorPair(.a, .c), ConductorPair(.b, .a), ConductorPair(.c, .b),
  ]
  private static let earthed: [ConductorPair] = [
    ConductorPair(.a, nil), ConductorPair(.b, nil), ConductorPair(.c, nil),
  ]

  private static func reversed(_ coils: [ConductorPair]) -> [ConductorPair] {
    coils.map { ConductorPair($0.minus, $0.plus) }
  }
}

extension Transformer {
  /// Makes a three-phase transformer with two windings from its vector group.
  ///
  /// Voltages are between two phases; resistance and reactance are those of both windings together.
  /// The tap changer is in the from-winding, and the no-load branch between the windings.
  public init(
    id: String, fromBus: String, toBus: String, vectorGroup: VectorGroup,
    ratedPower: ApparentPower, fromVoltage: Voltage, toVoltage: Voltage,
    resistance: PerUnit, reactance: PerUnit, noLoadLoss: PerUnit = .zero,
    magnetisingCurrent: PerUnit = .zero, antifloatPPM: Double = 0, tapChanger: TapChanger? = nil
  ) {
    let coils = vectorGroup.coils
    func coilVoltage(_ voltage: Voltage, _ coils: [ConductorPair]) -> Voltage {
      coils.allSatisfy { $0.plus != nil && $0.minus != nil }
        ? voltage : voltage * (1 / 3.0.squareRoot())
    }
    self.init(
      id: id,
      windings: [
        Winding(
          bus: fromBus, coils: coils.from, coilVoltage: coilVoltage(fromVoltage, coils.from),
          resistance: resistance * 0.5, tapChanger: tapChanger),
        Winding(
          bus: toBus, coils: coils.to, coilVoltage: coilVoltage(toVoltage, coils.to),
          resistance: resistance * 0.5),
      ], ratedPower: ratedPower, shortCircuitReactance: [reactance], noLoadLoss: noLoadLoss,
      magnetisingCurrent: magnetisingCurrent, antifloatPPM: antifloatPPM)
    noLoadPlace = .middle
  }
}
