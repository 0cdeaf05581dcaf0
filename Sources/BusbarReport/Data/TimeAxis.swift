internal import BusbarEvents
internal import BusbarTrajectory

/// An axis of simulated time whose marks are round times of the local clocks.
///
/// Values are seconds of simulated time, so that a day of 23 or 25 hours has its true length and a
/// repeated hour is shown twice.
enum TimeAxis {
  /// The distances of marks.
  private enum Step {
    case milliseconds(Int64)
    case days(Int)
    case months(Int)

    var seconds: Double {
      switch self {
      case .milliseconds(let count): Double(count) / 1_000
      case .days(let count): Double(count) * 86_400
      case .months(let count): Double(count) * 30 * 86_400
      }
    }
  }

  private static let steps: [Step] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500].map { .milliseconds($0) }
    + [1, 2, 5, 10, 15, 30].map { .milliseconds($0 * 1_000) }
    + [1, 2, 5, 10, 15, 30].map { .milliseconds($0 * 60_000) }
    + [1, 2, 3, 4, 6, 12].map { .milliseconds($0 * 3_600_000) }
    + [.days(1), .days(2), .days(7), .days(14), .months(1), .months(3), .months(6), .months(12)]

  /// The shortest round length in seconds that is not shorter than another.
  static func roundLength(atLeast seconds: Double) -> Double {
    steps.map(\.seconds).first { $0 >= seconds } ?? seconds
  }

  /// A place on the axis.
  static func value(_ instant: SimulationTime) -> Double { Double(instant.milliseconds) / 1_000 }

  /// The axis of a span of time with at most so many marks.
  static func axis(
    _ span: Range<SimulationTime>, of result: ResultView, atMost count: Int = 9
  ) -> Axis {
    let from = value(span.lowerBound)
    // A single instant still has a place.
    let to = max(value(span.upperBound), from + 1)
    let step = steps.first { (to - from) / $0.seconds <= Double(count) } ?? .months(12)
    return Axis(
      "local time (\(result.clock.epoch.zone))", range: from...to,
      ticks: .at(ticks(span, step, result.calendar)))
  }

  private static func ticks(
    _ span: Range<SimulationTime>, _ step: Step, _ calendar: LocalCalendar
  ) -> [Axis.Tick] {
    switch step {
    case .milliseconds(let distance) where distance < 3_600_000:
      return shortTicks(span, distance, calendar)
    case .milliseconds(let distance):
      return dates(span, calendar).flatMap { date in
        stride(from: 0, to: 24, by: Int(distance / 3_600_000)).flatMap { hour in
          let time = ClockTime(hour: hour)
          return calendar.instants(showing: time, on: date).filter { span.includes($0) }
            .map { Axis.Tick(value($0), label(time, date, distance)) }
        }
      }
    case .days(let distance):
      return dates(span, calendar).filter { $0.daysSince1970.isMultiple(of: distance) }
        .compactMap { date in
          let instant = calendar.instant(of: .midnight, on: date)
          guard span.includes(instant) else { return nil }
          return Axis.Tick(value(instant), "\(date.day) \(month(date))")
        }
    case .months(let distance):
      return dates(span, calendar)
        .filter { $0.day == 1 && ($0.month - 1).isMultiple(of: distance) }
        .compactMap { date in
          let instant = calendar.instant(of: .midnight, on: date)
          guard span.includes(instant) else { return nil }
          return Axis.Tick(value(instant), date.month == 1 ? "\(date.year)" : month(date))
        }
    }
  }

  /// Marks that lie closer than an hour, aligned to what clocks show.
  private static func shortTicks(
    _ span: Range<SimulationTime>, _ distance: Int64, _ calendar: LocalCalendar
  ) -> [Axis.Tick] {
    var ticks: [Axis.Tick] = []
    let past = calendar.clockTime(at: span.lowerBound).milliseconds % distance
    var instant = span.lowerBound + Interval(milliseconds: past == 0 ? 0 : distance - past)
    while span.includes(instant) {
      let time = calendar.clockTime(at: instant)
      ticks.append(Axis.Tick(value(instant), label(time, calendar.date(at: instant), distance)))
      instant = instant + Interval(milliseconds: distance)
    }
    return ticks
  }

  private static func dates(
    _ span: Range<SimulationTime>, _ calendar: LocalCalendar
  ) -> [LocalDate] {
    let first = calendar.date(at: span.lowerBound).daysSince1970
    let last = calendar.date(at: span.upperBound).daysSince1970
    return (first...last).map { LocalDate(daysSince1970: $0) }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func month(_ date: LocalDate) -> String { months[date.month - 1] }

  private static func label(_ time: ClockTime, _ date: LocalDate, _ distance: Int64) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var text = "\(two(time.hour)):\(two(time.minute))"
    if distance < 60_000 {
      text += ":" + two(Int(time.milliseconds / 1_000 % 60))
      if distance < 1_000 {
        text += "." + String(String(1_000 + time.milliseconds % 1_000).dropFirst())
      }
    }
    return time == .midnight ? text + "\n\(date.day) \(month(date))" : text
  }
}

extension Range<SimulationTime> {
  /// Whether an instant lies within the span or at one of its ends.
  fileprivate func includes(_ instant: SimulationTime) -> Bool {
    instant >= lowerBound && instant <= upperBound
  }
}
