public import BusbarEvents
public import BusbarUnits

/// The load profile memories of all meters of a fleet: one row for each interval, oldest dropped.
///
/// Rows are numbered absolutely, from zero at the start of the run. The memory grows with the
/// rows that it holds, up to its capacity (E-14: three months). A copy shares all rows.
///
/// Its encoded form has the range of rows but not the rows, so that a checkpoint can write only
/// what is new (`rows(since:)`); after decoding, `restore` brings them back.
public struct MeterMemory: Sendable, Codable {
  /// How long a meter keeps its records: 90 days, which are 4,320 half-hours (E-14).
  public static let retention = Interval.hours(90 * 24)

  /// The number of meters.
  public let meterCount: Int
  /// The number of rows after which the oldest is overwritten.
  public let capacity: Int
  /// The number of the row that is recorded next; all recorded rows have smaller numbers.
  public private(set) var nextRow = 0
  /// Row `n` stands at `n % capacity`; nil until it is restored.
  private var ring: [MeterRow?] = []

  private enum CodingKeys: String, CodingKey { case meterCount, capacity, nextRow }

  /// Makes an empty memory of so many rows.
  public init(meterCount: Int, capacity: Int) {
    precondition(meterCount >= 0 && capacity > 0, "A memory holds at least one row.")
    self.meterCount = meterCount
    self.capacity = capacity
  }

  /// Makes an empty memory that keeps rows of one interval for 90 days.
  public init(meterCount: Int, interval: Interval) {
    precondition(interval > .zero, "A row covers some time.")
    self.init(
      meterCount: meterCount,
      capacity: max(1, Int(Self.retention.milliseconds / interval.milliseconds)))
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    meterCount = try container.decode(Int.self, forKey: .meterCount)
    capacity = try container.decode(Int.self, forKey: .capacity)
    nextRow = try container.decode(Int.self, forKey: .nextRow)
    ring = Array(repeating: nil, count: min(nextRow, capacity))
  }

  /// The number of the oldest row that is kept; equal to `nextRow` while there is none.
  public var firstRow: Int { max(0, nextRow - capacity) }

  /// Adds the row of an interval that has just ended; its number must be `nextRow`.
  public mutating func append(_ row: MeterRow) {
    precondition(
      row.number == nextRow && row.meterCount == meterCount, "Rows follow one another.")
    if ring.count < capacity {
      ring.append(row)
    } else {
      ring[row.number % capacity] = row
    }
    nextRow += 1
  }

  /// Returns a row that is kept, or nil when it was overwritten or is not recorded yet.
  public func row(_ number: Int) -> MeterRow? {
    guard number >= firstRow, number < nextRow else { return nil }
    guard let row = ring[number % capacity] else {
      preconditionFailure("Row \(number) of the meter memory was not restored.")
    }
    return row
  }

  /// Returns what a meter recorded; nil when the row is not kept or the meter saw nothing.
  public func reading(of meter: Index<SmartMeter>, row number: Int) -> MeterReading? {
    row(number)?.reading(of: meter)
  }
}

extension MeterMemory {
  /// Returns the kept rows from a number on, oldest first; for an incremental checkpoint.
  public func rows(since number: Int) -> [MeterRow] {
    (max(number, firstRow)..<max(number, nextRow)).compactMap(row)
  }

  /// Whether no kept row waits for its restoration.
  public var isRestored: Bool { !ring.contains { $0 == nil } }

  /// Brings back rows after decoding; rows that are no longer kept are passed over.
  public mutating func restore(_ rows: some Sequence<MeterRow>) {
    for row in rows where row.number >= firstRow && row.number < nextRow {
      precondition(row.meterCount == meterCount, "A restored row has the same meters.")
      ring[row.number % capacity] = row
    }
  }
}
