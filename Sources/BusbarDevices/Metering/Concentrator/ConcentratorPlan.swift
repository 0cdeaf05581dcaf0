public import BusbarEvents
public import BusbarMessaging
public import BusbarUnits

/// Everything about one data concentrator that does not change in a run (U-3).
public struct ConcentratorPlan: Sendable, Hashable {
  /// The position among all concentrators, as messages name it.
  public var index: Index<Concentrator>
  /// The meters that it collects from, ascending.
  public var meters: [Index<SmartMeter>]
  /// Its own measuring channels as a meter of the fleet, read without messages; or nil (U-3).
  public var substationMeter: Index<SmartMeter>?
  /// The time that one row covers.
  public var rowInterval: Interval
  /// How it asks its meters; nil when it only listens to their pushes.
  public var poll: PollSchedule?
  /// How it hands records on.
  public var uplink: UplinkSchedule
  /// The bytes of each message.
  public var sizes = MessageSizes()

  /// Makes a plan.
  public init(
    index: Index<Concentrator>, meters: [Index<SmartMeter>], rowInterval: Interval,
    poll: PollSchedule?, uplink: UplinkSchedule
  ) {
    precondition(rowInterval > .zero, "A row covers some time.")
    precondition(zip(meters, meters.dropFirst()).allSatisfy(<), "Meters ascend.")
    self.index = index
    self.meters = meters
    self.rowInterval = rowInterval
    self.poll = poll
    self.uplink = uplink
  }
}

/// How a concentrator asks its meters.
public struct PollSchedule: Sendable, Hashable, Codable {
  /// The time between the beginnings of two poll cycles.
  public var period: Interval
  /// The beginning of the first cycle after the start of the run.
  public var offset: Interval
  /// The number of meters that are asked at once.
  public var capacity: Int
  /// The most rows in one request.
  public var rowsPerRequest: Int
  /// How long an answer may take, and how often a meter is asked in one cycle.
  public var retry: RetryPolicy

  /// Makes a schedule.
  public init(
    period: Interval, offset: Interval = .zero, capacity: Int, rowsPerRequest: Int = 48,
    retry: RetryPolicy
  ) {
    precondition(period > .zero && offset >= .zero, "A cycle takes time.")
    precondition(capacity > 0 && rowsPerRequest > 0, "A cycle asks for something.")
    self.period = period
    self.offset = offset
    self.capacity = capacity
    self.rowsPerRequest = rowsPerRequest
    self.retry = retry
  }
}

/// How a concentrator hands its records to the head-end.
public struct UplinkSchedule: Sendable, Hashable, Codable {
  /// The time between two batches.
  public var period: Interval
  /// The first batch after the start of the run.
  public var offset: Interval
  /// The most records in one batch.
  public var recordsPerBatch: Int
  /// How a batch is repeated until the head-end acknowledges it; the number of attempts is not
  /// limited, because a batch is kept until acknowledged (E-15).
  public var retry: RetryPolicy

  /// Makes a schedule.
  public init(
    period: Interval, offset: Interval = .zero, recordsPerBatch: Int = 10_000,
    retry: RetryPolicy
  ) {
    precondition(period > .zero && offset >= .zero, "A batch takes time.")
    precondition(recordsPerBatch > 0, "A batch holds at least one record.")
    precondition(retry.attemptLimit == nil, "A batch is kept until acknowledged.")
    self.period = period
    self.offset = offset
    self.recordsPerBatch = recordsPerBatch
    self.retry = retry
  }
}
