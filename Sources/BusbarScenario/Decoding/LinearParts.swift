internal import BusbarDevices
internal import BusbarGrid
internal import BusbarSimulation
internal import BusbarUnits
internal import ComplexModule

/// What the network carries of the devices' currents, so that the sweep need not iterate over it.
///
/// Constant impedances are linear at their nominal power. Legs of a floating star point, and legs to
/// earth in a network without any other path to earth, are given their nominal impedance too:
/// without it nothing would determine the voltage against earth in a sweep. So are legs with a voltage
/// window between a live and a dead conductor, which the leg alone gives a voltage. The difference to
/// what the devices draw is iterated as everything else.
struct LinearParts {
  /// The linear parts; empty when the devices have none.
  private(set) var demands: [LinearDemand] = []
  /// The connections with the admittance of each leg.
  private(set) var connections: [DeviceConnection]

  /// Finds the linear parts of devices at their nominal power, fleet by fleet.
  init(_ network: Network, fleets: [any Fleet], _ connections: [DeviceConnection]) {
    self.connections = connections
    var first = 0
    for fleet in fleets {
      let count = fleet.ids.count
      var nominal = [ComplexPower](repeating: .zero, count: count)
      let voltages = (first..<(first + count)).map { device in
        Voltage.volts(network.nominalVoltage(at: connections[device].bus))
      }
      _ = fleet.updateDemand(&nominal, from: 0, at: voltages)
      for (offset, response) in fleet.voltageResponses.enumerated() {
        carry(first + offset, nominal[offset], response, in: network)
      }
      first += count
    }
  }

  private mutating func carry(
    _ device: Int, _ power: ComplexPower, _ response: RatedResponse?, in network: Network
  ) {
    let connection = connections[device]
    let floating = network.grid.floatingConductors[connection.bus]
    let isFloating = connection.legs.contains { leg in
      let ends = [leg.plus, leg.minus].compactMap { $0 }
      if ends.contains(where: floating.contains) { return true }
      let terminals = ends.compactMap { network.terminal(at: connection.bus, $0) }
      if ends.count == 2 {
        let dead = terminals.count { network.parameters.isDead[$0] }
        return dead == 1 && response?.window != nil
      }
      return !terminals.contains { network.parameters.isEarthed[$0] }
    }
    let share: (active: Double, reactive: Double) =
      switch response?.response {
      case .constantImpedance: (1, 1)
      case .zip(let shares): (shares.activeImpedance, shares.reactiveImpedance)
      default: (0, 0)
      }
    guard isFloating || share != (0, 0) else { return }
    let rated = response?.ratedVoltage.volts ?? network.nominalVoltage(at: connection.bus)
    let legs = Double(connection.legs.count)
    var part = Phasor(
      power.activeWatts * (isFloating ? 1 : share.active) / legs,
      -power.reactiveVars * (isFloating ? 1 : share.reactive) / legs
    ).divided(by: rated * rated)
    if isFloating, part.length * rated * rated < Self.leastPower {
      part = Phasor(Self.leastPower / (rated * rated), 0)
    }
    guard part != .zero, part.isFinite else { return }
    connections[device].linearAdmittance = part
    let bus = network.grid.buses[connection.bus].id
    demands += connection.legs.map { LinearDemand(bus: bus, ends: $0, admittance: part) }
  }

  /// The power in VA of a leg to a floating star point that draws nothing nominally.
  private static let leastPower = 1.0
}
