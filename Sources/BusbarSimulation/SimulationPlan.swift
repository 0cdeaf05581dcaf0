public import BusbarDevices
public import BusbarEvents
public import BusbarGrid
public import BusbarPowerFlow
public import BusbarUnits
public import ComplexModule
public import RealModule

/// What to do when a power flow has no solution.
public enum DivergencePolicy: String, Sendable, CaseIterable {
  /// End the run at that instant.
  case stop
  /// Keep the last solution and mark it as held.
  case hold
  /// Go on without values for that time.
  case missing
}

/// Where a device is connected.
public struct DeviceConnection: Sendable, Hashable {
  /// The id of the customer behind whose meter the device lies.
  public var customer: String
  /// The bus of the customer.
  public var bus: Index<Bus>
  /// The conductors between which the device's power is shared equally, leg by leg.
  public var legs: [ConductorPair]
  /// The admittance of each leg that the network carries as a `LinearDemand`, in S.
  public var linearAdmittance = Phasor.zero

  /// Makes a connection with one or more legs.
  public init(customer: String, bus: Index<Bus>, legs: [ConductorPair]) {
    precondition(!legs.isEmpty, "A device is connected by at least one leg.")
    self.customer = customer
    self.bus = bus
    self.legs = legs
  }

  /// Makes a connection with a leg from each conductor to earth.
  public init(customer: String, bus: Index<Bus>, conductors: ConductorSet) {
    self.init(
      customer: customer, bus: bus, legs: conductors.members.map { ConductorPair($0, nil) })
  }

  /// The conductors of the bus that the device touches.
  public var conductors: ConductorSet {
    ConductorSet(legs.flatMap { [$0.plus, $0.minus] }.compactMap { $0 })
  }
}

/// The smart meter at a customer's point of connection.
public struct MeterInstallation: Sendable, Hashable {
  /// The user's name of the meter.
  public var id: String
  /// The id of the customer whose devices it measures.
  public var customer: String
  /// The bus of the customer.
  public var bus: Index<Bus>
  /// The phases whose voltage it registers.
  public var conductors: ConductorSet

  /// Makes an installation.
  public init(id: String, customer: String, bus: Index<Bus>, conductors: ConductorSet) {
    self.id = id
    self.customer = customer
    self.bus = bus
    self.conductors = conductors
  }
}

/// Everything that is fixed for a run; a simulation is this and its small mutable state.
public struct SimulationPlan: Sendable {
  /// The compiled network with the solver's tables.
  public let solver: FlowSolver
  /// Where simulated time begins.
  public let epoch: Epoch
  /// The clocks and the calendar of the epoch's zone.
  public let calendar: LocalCalendar
  /// The length of the run.
  public let duration: Interval
  /// The seed of all random streams.
  public let seed: UInt64
  /// The fleets at the start, in order of their kinds.
  public let fleets: [any Fleet]
  /// The connection of each device, fleet by fleet.
  public let connections: [DeviceConnection]
  /// The meters, in natural order of their ids.
  public let meters: [MeterInstallation]
  /// The time between two readings of a meter.
  public let meteringInterval: Interval
  /// How a power flow decides that it has finished.
  public let criterion: ConvergenceCriterion
  /// What to do when a power flow has no solution.
  public let divergencePolicy: DivergencePolicy
  /// The controls of the network, in natural order of their ids.
  public var controls: [ControlInstallation] = []

  /// The first device of each fleet in the list of all devices, and the count behind the last.
  let firstDevice: [Int]
  /// The first entry of the demand of each device, and the count behind the last.
  let firstEntry: [Int]
  /// Whether a device draws what it asks for at every voltage, and is supplied at all.
  let drawsWhatItAsks: [Bool]
  /// The devices that each meter measures, ascending.
  let metered: [[Int]]
  /// The terminals of phases that a source supplies, in terminal order.
  let suppliedTerminals: [SuppliedTerminal]
  /// An empty demand with the entries of all devices.
  let emptyDemand: Demand

  /// Makes a plan; each device's and meter's phases reach its bus.
  public init(
    solver: FlowSolver, epoch: Epoch, duration: Interval, seed: UInt64,
    fleets: [any Fleet], connections: [DeviceConnection], meters: [MeterInstallation],
    meteringInterval: Interval, criterion: ConvergenceCriterion,
    divergencePolicy: DivergencePolicy
  ) {
    precondition(duration > .zero && meteringInterval > .zero, "A run and its readings take time.")
    self.solver = solver
    self.epoch = epoch
    calendar = LocalCalendar(epoch)
    self.duration = duration
    self.seed = seed
    self.fleets = fleets
    self.connections = connections
    self.meters = meters
    self.meteringInterval = meteringInterval
    self.criterion = criterion
    self.divergencePolicy = divergencePolicy
    firstDevice = fleets.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.ids.count) }
    precondition(firstDevice.last == connections.count, "Each device has one connection.")
    var entries: [DemandEntry] = []
    var firstEntry = [0]
    for (connection, response) in zip(connections, fleets.flatMap(\.voltageResponses)) {
      entries += Self.entries(of: connection, response, in: solver.network)
      firstEntry.append(entries.count)
    }
    self.firstEntry = firstEntry
    drawsWhatItAsks = zip(connections, fleets.flatMap(\.voltageResponses)).map {
      connection, response in
      response == nil
        && connection.legs.contains { leg in
          [leg.plus, leg.minus].contains { conductor in
            conductor.flatMap { solver.network.terminal(at: connection.bus, $0) }
              .map { !solver.network.parameters.isDead[$0] } ?? false
          }
        }
    }
    suppliedTerminals = Self.suppliedTerminals(solver.network)
    emptyDemand = Demand(entries)
    var devicesOfCustomer: [String: [Int]] = [:]
    for (device, connection) in connections.enumerated() {
      devicesOfCustomer[connection.customer, default: []].append(device)
    }
    metered = meters.map { devicesOfCustomer[$0.customer] ?? [] }
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

  /// The instant at which the run ends.
  public var end: SimulationTime { .start + duration }

  /// A terminal whose voltage is a supply, with 1 / (nominal voltage)² in 1/V².
  struct SuppliedTerminal {
    var terminal: Int
    var inverseSquareNominal: Double
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
