public import BusbarEvents
public import BusbarUnits

/// What a party of the metering system wants done after an input.
@frozen
public enum MeteringAction: Sendable, Hashable, Codable {
  /// Send a message of so many bytes, without what the link adds.
  case send(MeteringPayload, from: MeteringAddress, to: MeteringAddress, bytes: Int32)
  /// Wake the party of the timer at an instant; asking twice for one instant does no harm.
  case wake(MeteringTimer, at: SimulationTime)
  /// Write down that a record was stored by the head-end.
  case store(RecordArrival)
  /// Tell whoever listens.
  case announce(MeteringNotice)
}

/// Names a reason to wake a party.
@frozen
public enum MeteringTimer: Sendable, Hashable, Codable {
  /// Meters push their load profiles.
  case meterPush
  /// Meters report that an overrun lasts.
  case overrun
  /// Meters report that an injection lasts.
  case injection
  /// A concentrator begins a poll cycle.
  case poll(Index<Concentrator>)
  /// Answers to a concentrator are overdue.
  case answer(Index<Concentrator>)
  /// A concentrator hands its records on.
  case uplink(Index<Concentrator>)
  /// The acknowledgement of a concentrator's batch is overdue.
  case batch(Index<Concentrator>)
  /// The head-end looks for missing records.
  case check
  /// The head-end sets the clocks of the meters.
  case synchronise
}

/// The first arrival of one meter's record at the head-end.
@frozen
public struct RecordArrival: Sendable, Hashable, Codable {
  /// The meter that took the record.
  public var meter: Index<SmartMeter>
  /// The number of the row.
  public var row: Int32
  /// The instant at which the head-end had it.
  public var arrival: SimulationTime
  /// The end of the interval, as the meter's own clock showed it.
  public var stamp: SimulationTime
  /// Who delivered it.
  public var path: MeteringAddress
  /// Whether it came later than the head-end accepts as timely.
  public var isLate: Bool

  /// Makes the note of an arrival.
  public init(
    meter: Index<SmartMeter>, row: Int, arrival: SimulationTime, stamp: SimulationTime,
    path: MeteringAddress, isLate: Bool
  ) {
    self.meter = meter
    self.row = Int32(row)
    self.arrival = arrival
    self.stamp = stamp
    self.path = path
    self.isLate = isLate
  }
}

/// What a party of the metering system learns besides records.
@frozen
public enum MeteringNotice: Sendable, Hashable, Codable {
  /// A meter says that it has lost its supply.
  case supplyLost(Index<SmartMeter>, stamp: SimulationTime)
  /// A meter says that it has its supply again.
  case supplyReturned(Index<SmartMeter>, stamp: SimulationTime)
  /// A meter rejected a request.
  case requestRejected(Index<SmartMeter>, RowRange, ReadError, stamp: SimulationTime)
  /// A meter's cut-off power in W has changed.
  case cutOffPower(Index<SmartMeter>, watts: Float, stamp: SimulationTime)
  /// A meter draws more than its cut-off power, in W.
  case overrun(Index<SmartMeter>, watts: Float, stamp: SimulationTime)
  /// A meter injects, in W, positive.
  case injection(Index<SmartMeter>, watts: Float, stamp: SimulationTime)
  /// A meter's present power in W, as it was asked for.
  case power(Index<SmartMeter>, watts: Float, stamp: SimulationTime)
  /// A concentrator stopped asking a meter for this cycle.
  case notAnswering(Index<SmartMeter>, Index<Concentrator>)
}
