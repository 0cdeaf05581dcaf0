internal import BusbarDevices
internal import BusbarEvents
internal import BusbarMessaging
internal import BusbarOperator
internal import BusbarUnits

/// A data concentrator in a secondary substation (U-3).
enum ConcentratorRecord {
  static let id = Field.identifier("id", "The name of the concentrator.")
  static let bus = Field.reference(
    "bus", to: "buses", "The bus that supplies it; without it the supply never fails."
  ).optional
  static let meterClass = Field.identifier(
    "meter_class", "The class of the links to its meters; plc_prime by default."
  ).optional
  static let uplinkClass = Field.identifier(
    "uplink_class", "The class of the links to the head-end; gprs by default."
  ).optional
  static let pollPeriod = Field.interval(
    "poll_period", default: 15 * 60_000, range: .positiveTime,
    "The time between the beginnings of two poll cycles.")
  static let pollOffset = Field.interval(
    "poll_offset", default: 0, range: .time, "The first poll cycle.")
  static let capacity = Field.integer(
    "capacity", default: 1, range: .closed(1...1_000_000),
    "The number of meters that are asked at once.")
  static let rowsPerRequest = Field.integer(
    "rows_per_request", default: 48, range: .closed(1...5_000), "The most records in one answer.")
  static let answerTimeout = Field.interval(
    "answer_timeout", default: 10_000, range: .positiveTime,
    "How long an answer may take before the meter is asked again.")
  static let attempts = Field.integer(
    "attempts", default: 3, range: .closed(1...1_000),
    "How often a meter is asked in one poll cycle; the next cycle asks again.")
  static let batchPeriod = Field.interval(
    "batch_period", default: 15 * 60_000, range: .positiveTime,
    "The time between two batches to the head-end.")
  static let batchOffset = Field.interval(
    "batch_offset", default: 5 * 60_000, range: .time, "The first batch.")
  static let batchTimeout = Field.interval(
    "batch_timeout", default: 60_000, range: .positiveTime,
    "How long an acknowledgement may take before the batch is sent again.")

  static let declaration = RecordDeclaration(
    "concentrator", "A device that collects from meters and hands on to the head-end.", id, bus,
    meterClass, uplinkClass, pollPeriod, pollOffset, capacity, rowsPerRequest, answerTimeout,
    attempts, batchPeriod, batchOffset, batchTimeout)

  static func meterLinkClass(_ record: DecodedRecord) -> String {
    record[optional: meterClass] ?? LinkClass.primePLC.name
  }

  static func uplinkLinkClass(_ record: DecodedRecord) -> String {
    record[optional: uplinkClass] ?? LinkClass.gprs.name
  }

  static func plan(
    _ record: DecodedRecord, index: Int, meters: [Index<SmartMeter>], interval: Interval
  ) -> ConcentratorPlan {
    func span(_ field: Field<Int64>) -> Interval { Interval(milliseconds: record[field]) }
    return ConcentratorPlan(
      index: Index(index), meters: meters, rowInterval: interval,
      poll: PollSchedule(
        period: span(pollPeriod), offset: span(pollOffset), capacity: record[capacity],
        rowsPerRequest: record[rowsPerRequest],
        retry: RetryPolicy(
          firstWait: span(answerTimeout), attemptLimit: record[attempts])),
      uplink: UplinkSchedule(
        period: span(batchPeriod), offset: span(batchOffset),
        retry: RetryPolicy(firstWait: span(batchTimeout))))
  }
}

/// The system operator's head-end (U-4).
enum HeadEndRecord {
  static let id = Field.identifier("id", "The name of the head-end; head-end by default.").optional
  static let meterClass = Field.identifier(
    "meter_class",
    "The class of the links to meters without a concentrator; gprs by default."
  ).optional
  static let checkPeriod = Field.interval(
    "check_period", range: .positiveTime,
    "How often it looks for missing records and asks for them; never by default."
  ).optional
  static let checkDeadline = Field.interval(
    "check_deadline", default: 2 * 3_600_000, range: .time,
    "How long a record may be missing before it is asked for.")
  static let synchronisationPeriod = Field.interval(
    "synchronisation_period", range: .positiveTime,
    "How often it sets the clocks of the meters; never by default."
  ).optional
  static let lateAfter = Field.interval(
    "late_after", default: MeterMemory.retention.milliseconds, range: .positiveTime,
    "How long after its interval a record is late; 90 days by default.")

  static let declaration = RecordDeclaration(
    "head-end", "The central system that meters report to.", id, meterClass, checkPeriod,
    checkDeadline, synchronisationPeriod, lateAfter)

  static func name(_ record: DecodedRecord) -> String { record[optional: id] ?? "head-end" }

  static func plan(_ record: DecodedRecord, meters: Int, interval: Interval) -> HeadEndPlan {
    var plan = HeadEndPlan(meterCount: meters, rowInterval: interval)
    plan.check = record[optional: checkPeriod].map {
      CheckSchedule(
        period: Interval(milliseconds: $0), offset: Interval(milliseconds: $0),
        deadline: Interval(milliseconds: record[checkDeadline]))
    }
    plan.synchronisation = record[optional: synchronisationPeriod].map {
      SynchronisationSchedule(
        period: Interval(milliseconds: $0), offset: Interval(milliseconds: $0))
    }
    plan.lateAfter = Interval(milliseconds: record[lateAfter])
    return plan
  }
}
