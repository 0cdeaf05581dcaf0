internal import BusbarEvents
internal import BusbarMessaging
public import BusbarUnits

/// Consecutive records of one meter, as a concentrator hands them on.
@frozen
public struct RecordRun: Sendable, Hashable, Codable {
  /// The meter that took the records.
  public var meter: Index<SmartMeter>
  /// Their rows.
  public var rows: RowRange

  /// Makes a run of records.
  @inlinable
  public init(meter: Index<SmartMeter>, rows: RowRange) {
    self.meter = meter
    self.rows = rows
  }
}

/// What a concentrator has collected and the head-end has not acknowledged.
///
/// One batch at a time is on its way; it is kept, unchanged, until it is acknowledged.
struct Uplink: Sendable, Hashable, Codable {
  private var collected: [RecordRun] = []
  private(set) var outbox: [RecordRun] = []
  /// The number of the last batch, counted from 1; zero before the first.
  private(set) var number: Int32 = 0
  private(set) var attempts = 0
  private(set) var deadline: SimulationTime?

  /// The number of records in the batch that is on its way.
  var batchSize: Int { outbox.reduce(0) { $0 + $1.rows.count } }

  /// The number of records that the head-end has not acknowledged.
  var backlog: Int { collected.reduce(batchSize) { $0 + $1.rows.count } }

  mutating func collect(_ run: RecordRun) { collected.append(run) }

  /// Fills the outbox when it is empty; returns whether there is a new batch.
  mutating func fill(atMost limit: Int) -> Bool {
    guard outbox.isEmpty, !collected.isEmpty else { return false }
    var (records, taken) = (0, 0)
    while taken < collected.count {
      records += collected[taken].rows.count
      guard records <= limit || taken == 0 else { break }
      taken += 1
    }
    outbox.append(contentsOf: collected[..<taken])
    collected.removeSubrange(..<taken)
    number += 1
    attempts = 0
    return true
  }

  /// Notes that the batch was sent once more.
  mutating func sent(at now: SimulationTime, retry: RetryPolicy) {
    attempts += 1
    deadline = now + retry.wait(afterAttempt: attempts)
  }

  /// Notes an acknowledgement; returns whether it is for the batch that is on its way.
  mutating func acknowledge(_ number: Int32) -> Bool {
    guard number == self.number, !outbox.isEmpty else { return false }
    outbox.removeAll(keepingCapacity: true)
    deadline = nil
    return true
  }
}
