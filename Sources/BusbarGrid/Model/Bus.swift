public import BusbarUnits

/// A set of terminals at one electrical point.
public struct Bus: Hashable, Sendable {
  /// The user's name of the bus.
  public var id: String
  /// The nominal voltage between two phases.
  public var nominalVoltage: Voltage
  /// Conductors that the bus has besides those that branches bring, such as a floating star point.
  public var conductors: ConductorSet
  /// Where the bus lies, in metres of any flat map; only for pictures.
  public var position: MapPosition?

  /// Makes a bus.
  public init(
    id: String, nominalVoltage: Voltage, conductors: ConductorSet = [],
    position: MapPosition? = nil
  ) {
    self.id = id
    self.nominalVoltage = nominalVoltage
    self.conductors = conductors
    self.position = position
  }
}

/// A point on a flat map, in metres.
public struct MapPosition: Hashable, Sendable {
  /// Metres to the east.
  public var x: Double
  /// Metres to the north.
  public var y: Double

  /// Makes a point from metres to the east and to the north.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
