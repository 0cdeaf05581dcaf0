internal import BusbarUnits

/// The connection of a three-phase two-winding transformer, in the notation of IEC 60076-1.
///
/// The capital letters name the winding at the from-bus, the small ones the winding at the to-bus;
/// the clock number times 30° is the angle by which the to-side lags.
public enum VectorGroup: String, Sendable, CaseIterable {
  case dyn1 = "Dyn1"
  case dyn5 = "Dyn5"
  case dyn7 = "Dyn7"
  case dyn11 = "Dyn11"
  case ynyn0 = "YNyn0"
  case ynyn6 = "YNyn6"

  /// The winding at the from-bus.
  var fromWinding: WindingConnection {
    switch self {
    case .dyn1, .dyn5, .dyn7, .dyn11: .delta
    case .ynyn0, .ynyn6: .groundedWye
    }
  }

  /// The winding at the to-bus.
  var toWinding: WindingConnection { .groundedWye }

  /// The from-side conductors between which the winding of each phase of the to-side lies.
  ///
  /// The winding's voltage is that of the first conductor against the second; nil is earth.
  var fromWindingEnds: [(plus: Int?, minus: Int?)] {
    switch self {
    case .dyn1: [(0, 2), (1, 0), (2, 1)]
    case .dyn11: [(0, 1), (1, 2), (2, 0)]
    case .dyn5: [(1, 0), (2, 1), (0, 2)]
    case .dyn7: [(2, 0), (0, 1), (1, 2)]
    case .ynyn0: [(0, nil), (1, nil), (2, nil)]
    case .ynyn6: [(nil, 0), (nil, 1), (nil, 2)]
    }
  }
}

/// How the three windings of one side of a transformer are joined.
enum WindingConnection {
  case delta
  case groundedWye

  /// Rated voltage of one winding over the rated voltage between two phases.
  var windingVoltageRatio: Double { self == .delta ? 1 : 1 / 3.0.squareRoot() }
}
