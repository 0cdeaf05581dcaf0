internal import BusbarDevices
internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarUnits
internal import ComplexModule
internal import RealModule

/// Where the devices of a plan meet the terminals of a network, whose numbers switching changes.
struct Wiring: Sendable {
  /// A demand of zero with the entries of all devices.
  let emptyDemand: Demand
  /// Whether a device draws what it asks for at every voltage, and is supplied at all.
  let drawsWhatItAsks: [Bool]
  /// Whether each meter has its supply: a phase of its own that is not dead.
  let isSupplied: [Bool]
  /// The terminals of phases that a source supplies, in terminal order.
  let suppliedTerminals: [SuppliedTerminal]

  /// A terminal whose voltage is a supply, with 1 / (nominal voltage)² in 1/V².
  struct SuppliedTerminal: Sendable {
    var terminal: Int
    var inverseSquareNominal: Double
  }

  init(
    _ connections: [DeviceConnection], _ responses: [RatedResponse?],
    _ meters: [MeterInstallation], in network: Network
  ) {
    isSupplied = meters.map { meter in
      meter.conductors.intersection(.abc).members.contains { phase in
        network.terminal(at: meter.bus, phase).map { !network.parameters.isDead[$0] } ?? false
      }
    }
    emptyDemand = Demand(
      zip(connections, responses).flatMap { Self.entries(of: $0, $1, in: network) })
    drawsWhatItAsks = zip(connections, responses).map { connection, response in
      response == nil && Self.isSupplied(connection, in: network)
    }
    suppliedTerminals = Self.suppliedTerminals(network)
  }

  private static func isSupplied(_ connection: DeviceConnection, in network: Network) -> Bool {
    connection.legs.contains { leg in
      [leg.plus, leg.minus].contains { conductor in
        conductor.flatMap { network.terminal(at: connection.bus, $0) }
          .map { !network.parameters.isDead[$0] } ?? false
      }
    }
  }

  /// An entry for each leg of a device.
  private static func entries(
    of connection: DeviceConnection, _ response: RatedResponse?, in network: Network
  ) -> [DemandEntry] {
    func terminal(_ conductor: Conductor?) -> Int? {
      guard let conductor else { return nil }
      guard let terminal = network.terminal(at: connection.bus, conductor) else {
        preconditionFailure("A device's conductors reach its bus.")
      }
      return terminal
    }
    return connection.legs.map { leg in
      var (plus, minus) = (terminal(leg.plus), terminal(leg.minus))
      // Between a live and a dead conductor no current can flow: the leg is not supplied.
      if let one = plus, let other = minus,
        network.parameters.isDead[one] != network.parameters.isDead[other]
      {
        (plus, minus) = (nil, nil)
      }
      return DemandEntry(
        plus: plus, minus: minus,
        response: response?.response ?? .constantPower, ratedVoltage: response?.ratedVoltage,
        window: response?.window, linearAdmittance: connection.linearAdmittance)
    }
  }

  private static func suppliedTerminals(_ network: Network) -> [SuppliedTerminal] {
    network.grid.buses.indices.flatMap { bus in
      let nominal = network.nominalVoltage(at: bus)
      return network.conductors(at: bus).intersection(.abc).members.compactMap { phase in
        network.terminal(at: bus, phase).flatMap { terminal in
          network.parameters.isDead[terminal]
            ? nil
            : SuppliedTerminal(
              terminal: terminal, inverseSquareNominal: 1 / (nominal * nominal))
        }
      }
    }.sorted { $0.terminal < $1.terminal }
  }
}
