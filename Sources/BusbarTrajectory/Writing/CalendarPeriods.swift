internal import BusbarEvents
internal import Foundation

/// The hours or the days of a scenario's zone, as spans of simulated time.
///
/// A local day has 23, 24 or 25 hours where clocks change.
struct CalendarPeriods {
  /// The length of a period.
  enum Length: String, CaseIterable {
    case hour
    case day

    fileprivate var component: Calendar.Component { self == .hour ? .hour : .day }
  }

  private let epoch: Epoch
  private let length: Length
  private let calendar: Calendar

  init(_ length: Length, of epoch: Epoch) {
    self.length = length
    self.epoch = epoch
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone =
      TimeZone(identifier: epoch.zone) ?? TimeZone(secondsFromGMT: epoch.offsetSeconds) ?? .gmt
    self.calendar = calendar
  }

  /// The period that contains an instant; it may begin before the run does.
  func period(containing instant: SimulationTime) -> Range<SimulationTime> {
    let date = Date(
      timeIntervalSince1970: Double(epoch.unixMilliseconds + instant.milliseconds) / 1_000)
    guard let interval = calendar.dateInterval(of: length.component, for: date) else {
      preconditionFailure("Every instant lies in an hour and in a day.")
    }
    func time(_ date: Date) -> SimulationTime {
      SimulationTime(
        milliseconds: Int64((date.timeIntervalSince1970 * 1_000).rounded())
          - epoch.unixMilliseconds)
    }
    return time(interval.start)..<time(interval.end)
  }
}
