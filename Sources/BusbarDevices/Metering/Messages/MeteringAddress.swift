public import BusbarUnits

/// A party of the metering system, as its messages name it.
@frozen
public enum MeteringAddress: Sendable, Hashable, Codable {
  /// A smart meter.
  case meter(Index<SmartMeter>)
  /// A data concentrator in a secondary substation (U-3).
  case concentrator(Index<Concentrator>)
  /// The system operator's head-end (U-4).
  case headEnd
  /// Whoever listens at a meter's local interface: a display or a HEMS (E-1).
  case localInterface(Index<SmartMeter>)
}

extension MeteringAddress: CustomStringConvertible {
  public var description: String {
    switch self {
    case .meter(let meter): "meter \(meter.position)"
    case .concentrator(let concentrator): "concentrator \(concentrator.position)"
    case .headEnd: "head-end"
    case .localInterface(let meter): "local interface \(meter.position)"
    }
  }
}
