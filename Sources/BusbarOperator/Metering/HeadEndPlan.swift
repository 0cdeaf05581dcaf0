public import BusbarDevices
public import BusbarEvents
internal import BusbarUnits

/// Everything about the head-end that does not change in a run (U-4).
public struct HeadEndPlan: Sendable, Hashable {
  /// The number of meters from which it expects records.
  public var meterCount: Int
  /// The time that one row covers.
  public var rowInterval: Interval
  /// The groups as the operator knows them; a meter may know better (E-3).
  public var groups: [MeterGroup] = []
  /// How it looks for missing records; nil when it only waits.
  public var check: CheckSchedule?
  /// How often and when it sets the meters' clocks; nil when it never does (E-17).
  public var synchronisation: SynchronisationSchedule?
  /// The time after the end of its interval from which on a record is late.
  ///
  /// The default is the acceptable lag of planning, three months (E-14).
  public var lateAfter = MeterMemory.retention
  /// The delays after the end of an interval at which coverage is counted, ascending.
  public var coverageDelays: [Interval] = [
    .minutes(1), .minutes(5), .minutes(15), .minutes(30), .hours(1), .hours(6), .hours(24),
  ]
  /// The bytes of each message.
  public var sizes = MessageSizes()

  /// Makes a plan of a head-end that waits for what comes.
  public init(meterCount: Int, rowInterval: Interval) {
    precondition(meterCount >= 0 && rowInterval > .zero, "A row covers some time.")
    self.meterCount = meterCount
    self.rowInterval = rowInterval
  }
}

/// How the head-end looks for missing records and asks for them (E-15, E-31).
public struct CheckSchedule: Sendable, Hashable, Codable {
  /// The time between two checks; a question without an answer is repeated at the next.
  public var period: Interval
  /// The first check after the start of the run.
  public var offset: Interval
  /// How long after the end of its interval a record may be missing before it is asked for.
  public var deadline: Interval
  /// The most questions in one check; the next check goes on with the meters after.
  public var requestsPerCheck: Int
  /// The most rows in one question.
  public var rowsPerRequest: Int

  /// Makes a schedule.
  public init(
    period: Interval, offset: Interval = .zero, deadline: Interval,
    requestsPerCheck: Int = .max, rowsPerRequest: Int = 48
  ) {
    precondition(period > .zero && offset >= .zero && deadline >= .zero, "A check takes time.")
    precondition(requestsPerCheck > 0 && rowsPerRequest > 0, "A check asks for something.")
    self.period = period
    self.offset = offset
    self.deadline = deadline
    self.requestsPerCheck = requestsPerCheck
    self.rowsPerRequest = rowsPerRequest
  }
}

/// When the head-end sets the clocks of the meters (E-17).
public struct SynchronisationSchedule: Sendable, Hashable, Codable {
  /// The time between two synchronisations.
  public var period: Interval
  /// The first synchronisation after the start of the run.
  public var offset: Interval

  /// Makes a schedule.
  public init(period: Interval, offset: Interval = .zero) {
    precondition(period > .zero && offset >= .zero, "A period takes time.")
    self.period = period
    self.offset = offset
  }
}
