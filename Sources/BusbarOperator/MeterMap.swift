public import BusbarDevices
internal import BusbarEvents
public import BusbarGrid
public import BusbarUnits

/// Where a meter is connected.
public struct MeterConnection: Sendable, Hashable {
  /// The bus of the customer.
  public var bus: Index<Bus>
  /// The phase of a single-phase meter; nil for one that measures all phases of its bus.
  public var phase: Conductor?

  /// Makes a connection.
  public init(bus: Index<Bus>, phase: Conductor?) {
    self.bus = bus
    self.phase = phase
  }
}

/// Where the operator believes each meter to be connected (E-2).
///
/// The power flow never sees it: what an analysis on this map finds may differ from the truth.
public struct MeterMap: Sendable, Hashable {
  /// What the operator believes, in index order of the meters.
  public private(set) var connections: [MeterConnection]

  /// Makes a map without errors.
  public init(truth connections: [MeterConnection]) { self.connections = connections }

  /// What the operator believes of one meter.
  public subscript(meter: Index<SmartMeter>) -> MeterConnection { connections[meter.position] }

  /// Writes a wrong connection of one meter into the map.
  public mutating func misplace(_ meter: Index<SmartMeter>, to believed: MeterConnection) {
    connections[meter.position] = believed
  }

  /// Writes wrong phases into the map: each single-phase meter has one with the given
  /// probability, and then either of the other phases of its bus with the same probability.
  ///
  /// Each meter decides with a random stream of its own, so another meter changes no error.
  /// `phases` are those of each meter's bus; a meter whose bus has no other phase stays right.
  public mutating func mistakePhases(
    share: Double, ids: [String], phases: [ConductorSet], seed: UInt64
  ) {
    precondition(
      ids.count == connections.count && phases.count == ids.count,
      "Each meter has an id and a bus.")
    for meter in connections.indices {
      guard let phase = connections[meter].phase else { continue }
      var random = RandomStream(seed: seed, entity: ids[meter], purpose: "phase on the map")
      let others = phases[meter].members.filter { $0 != phase && $0 != .n }
      guard random.happens(withProbability: share), !others.isEmpty else { continue }
      connections[meter].phase = others[Int(random.uniform() * Double(others.count))]
    }
  }

  /// The meters whose connection on the map differs from the truth, ascending.
  public func errors(against truth: MeterMap) -> [Index<SmartMeter>] {
    connections.indices.filter { connections[$0] != truth.connections[$0] }.map { Index($0) }
  }
}
