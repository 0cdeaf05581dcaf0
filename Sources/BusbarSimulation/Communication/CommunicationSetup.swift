public import BusbarDevices
public import BusbarGrid
public import BusbarMessaging
public import BusbarOperator
public import BusbarUnits

/// Who communicates with whom in a run, and about what.
public struct CommunicationSetup: Sendable {
  /// The parties and the links between them.
  public var network: CommunicationPlan
  /// The bus at which each party stands, by its position; nil for one outside of the network.
  public var buses: [Index<Bus>?]
  /// How readings come from the meters to the head-end; nil when no message carries them.
  public var metering: MeteringSetup?
  /// Chains of messages that the scenario lets happen, in natural order of their ids.
  public var processes: [ProcessPlan] = []

  /// Makes a setup in which nothing is sent yet.
  public init(network: CommunicationPlan, buses: [Index<Bus>?]) {
    precondition(buses.count == network.parties.count, "Each party has a bus or none.")
    self.network = network
    self.buses = buses
  }
}

/// How the readings of all smart meters come to the head-end.
public struct MeteringSetup: Sendable {
  /// The meters, in the order of the plan's meters.
  public var meters: MeterFleetPlan
  /// How well the clocks of the meters keep time.
  public var clocks = MeterClockQuality.exact
  /// The concentrators, by their index.
  public var concentrators: [ConcentratorPlan]
  /// The head-end.
  public var headEnd: HeadEndPlan
  /// Where the operator believes the meters to be connected.
  public var map: MeterMap
  /// The party of each meter, of each concentrator, and of the head-end.
  public var parties: MeteringParties

  /// Makes a setup of meters with exact clocks.
  public init(
    meters: MeterFleetPlan, concentrators: [ConcentratorPlan], headEnd: HeadEndPlan,
    map: MeterMap, parties: MeteringParties
  ) {
    self.meters = meters
    self.concentrators = concentrators
    self.headEnd = headEnd
    self.map = map
    self.parties = parties
  }
}

/// Which parties of the communication the parts of a metering system are.
public struct MeteringParties: Sendable, Hashable {
  /// The party of each meter.
  public var meters: [Index<Party>]
  /// The party of each concentrator.
  public var concentrators: [Index<Party>]
  /// The party of the head-end.
  public var headEnd: Index<Party>

  /// Makes the assignment.
  public init(
    meters: [Index<Party>], concentrators: [Index<Party>], headEnd: Index<Party>
  ) {
    self.meters = meters
    self.concentrators = concentrators
    self.headEnd = headEnd
  }

  /// The party behind an address; nil for a local interface, which no link leads to.
  func party(_ address: MeteringAddress) -> Index<Party>? {
    switch address {
    case .meter(let meter): meters[meter.position]
    case .concentrator(let concentrator): concentrators[concentrator.position]
    case .headEnd: headEnd
    case .localInterface: nil
    }
  }
}
