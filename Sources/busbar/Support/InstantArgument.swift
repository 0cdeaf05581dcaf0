import ArgumentParser
import BusbarEvents
import BusbarScenario
import BusbarTrajectory

/// An instant of a run on the command line: on a calendar, or since the start.
enum InstantArgument: ExpressibleByArgument {
  case elapsed(Interval)
  case calendar(String)

  init?(argument: String) {
    if let time = TimeArgument(argument: argument) {
      self = .elapsed(time.interval)
    } else if argument.contains(/^\d{4}-\d{2}-\d{2}[T ]/) {
      self = .calendar(argument)
    } else {
      return nil
    }
  }

  /// The instant in a run; refuses one before its start, or one that its clocks do not show.
  func instant(
    on clock: ResultClock, option: String = "--at"
  ) throws -> SimulationTime {
    switch self {
    case .elapsed(let interval): return .start + interval
    case .calendar(let text):
      let unix: Int64
      do throws(InstantText.Fault) {
        unix = try InstantText.unixMilliseconds(text, zone: clock.epoch.zone)
      } catch {
        throw ValidationError("\(option): \(error)")
      }
      guard unix >= clock.epoch.unixMilliseconds else {
        throw ValidationError("\(option) lies before the start, which is \(clock.text(.start)).")
      }
      return SimulationTime(milliseconds: unix - clock.epoch.unixMilliseconds)
    }
  }
}
