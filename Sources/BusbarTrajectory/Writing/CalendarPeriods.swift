internal import BusbarEvents
internal import BusbarSimulation

/// The hours or the days of a scenario's zone, as spans of simulated time.
struct CalendarPeriods {
  /// The length of a period.
  enum Length: String, CaseIterable {
    case hour
    case day
  }

  private let length: Length
  private let calendar: LocalCalendar

  init(_ length: Length, of plan: SimulationPlan) {
    self.length = length
    calendar = plan.calendar
  }

  /// The period that contains an instant; it may begin before the run does.
  func period(containing instant: SimulationTime) -> Range<SimulationTime> {
    switch length {
    case .hour: calendar.hour(containing: instant)
    case .day: calendar.day(containing: instant).range
    }
  }
}
