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
  /// The length of what is recorded.
  public let duration: Interval
  /// How long the run goes on before recording begins.
  public var warmUp = Interval.zero
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
  /// Planned switching, in the order in which operations of one instant are carried out.
  public var operations: [LineOperation] = []

  /// Who communicates with whom; nil when nobody does.
  public var communication: CommunicationSetup?

  var processCount: Int { communication?.processes.count ?? 0 }

  /// The first device of each fleet in the list of all devices, and the count behind the last.
  let firstDevice: [Int]
  /// The first entry of the demand of each device, and the count behind the last.
  let firstEntry: [Int]
  /// The devices that each meter measures, ascending.
  let metered: [[Int]]
  /// Where the devices meet the network at the start.
  let wiring: Wiring

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
    firstEntry = connections.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.legs.count) }
    wiring = Wiring(connections, fleets.flatMap(\.voltageResponses), meters, in: solver.network)
    var devicesOfCustomer: [String: [Int]] = [:]
    for (device, connection) in connections.enumerated() {
      devicesOfCustomer[connection.customer, default: []].append(device)
    }
    metered = meters.map { devicesOfCustomer[$0.customer] ?? [] }
  }

  /// The instant at which recording begins.
  public var recordingStart: SimulationTime { .start + warmUp }
  /// The instant at which the run ends.
  public var end: SimulationTime { recordingStart + duration }
}
