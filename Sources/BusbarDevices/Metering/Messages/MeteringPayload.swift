public import BusbarEvents
public import BusbarUnits

/// A message of the metering system (E-10 to E-17, D-12), of fixed size and without references.
///
/// Load-profile messages carry the numbers of meter and rows; their receiver looks the values up
/// in the `MeterMemory`, whose rows never change.
@frozen
public enum MeteringPayload: Sendable, Hashable, Codable {
  /// Rows of one meter's load profile, as an answer to a request or as a push.
  case halfHourlyRecords(Index<SmartMeter>, RowRange, RecordOrigin)
  /// Asks a meter for rows; a request to a group reaches each member under the group's name.
  case readRequest(Index<SmartMeter>, RowRange, Index<MeterGroup>?)
  /// The meter refuses a request, with the kind of error and the time on its own clock (E-16).
  case readReject(Index<SmartMeter>, RowRange, stamp: SimulationTime, ReadError)
  /// The meter has nothing for any of the rows (E-16).
  case noData(Index<SmartMeter>, RowRange)
  /// Changes a setting of a meter.
  case configureMeter(Index<SmartMeter>, MeterSetting)
  /// Sets a meter's clock (E-17).
  case timeSync(Index<SmartMeter>)
  /// A meter's last message on a loss of supply, at a time on its own clock (E-1, I-15).
  case lastGasp(Index<SmartMeter>, stamp: SimulationTime)
  /// A meter has its supply again, at a time on its own clock (I-15).
  case supplyReturn(Index<SmartMeter>, stamp: SimulationTime)
  /// The receiver of a push has these rows of the meter (E-15).
  case acknowledgeRecords(Index<SmartMeter>, RowRange)
  /// What a concentrator has collected; the content is its `outbox`.
  case batch(Index<Concentrator>, number: Int32, records: Int32)
  /// The head-end has a concentrator's batch.
  case acknowledgeBatch(Index<Concentrator>, number: Int32)
  /// PCOUP: the new cut-off power in W (D-12).
  case pcoup(Index<SmartMeter>, cutOffWatts: Float, stamp: SimulationTime)
  /// STGE: the power in W that exceeds the cut-off power (D-12).
  case stge(Index<SmartMeter>, watts: Float, stamp: SimulationTime)
  /// SINSTI: the power in W that is injected, positive (D-12).
  case sinsti(Index<SmartMeter>, watts: Float, stamp: SimulationTime)
  /// Ask: somebody wants to know the present power (D-12).
  case ask(Index<SmartMeter>)
  /// Answer: the present active power in W, positive when drawn from the grid (D-12).
  case answer(Index<SmartMeter>, watts: Float, stamp: SimulationTime)
}

/// Why a message with records was sent.
@frozen
public enum RecordOrigin: UInt8, Sendable, Hashable, Codable {
  /// A request asked for them.
  case answer
  /// The meter's own schedule; the receiver acknowledges (E-15).
  case push
}

/// The kinds of error with which a meter rejects a request (E-16).
@frozen
public enum ReadError: UInt8, Sendable, Hashable, Codable, CaseIterable {
  /// The first row comes after the last, or has a negative number.
  case malformedRange
  /// A row is asked for before its interval has ended.
  case notYetRecorded
  /// The request is for a group to which the meter does not belong.
  case notInGroup
  /// The sender may not read this meter.
  case notAuthorised
}

/// A setting of a meter that a message can change.
@frozen
public enum MeterSetting: Sendable, Hashable, Codable {
  /// The time between two pushes of the load profile.
  case pushPeriod(Interval)
  /// The power in W above which the meter reports an overrun.
  case cutOffPower(watts: Float)
}
