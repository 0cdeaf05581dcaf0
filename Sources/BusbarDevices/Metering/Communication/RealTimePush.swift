public import BusbarEvents
public import BusbarUnits

/// Which meters report power as it happens, and how often (D-12).
public struct RealTimeSchedule: Sendable, Hashable, Codable {
  /// The time between two STGE messages while the cut-off power is exceeded.
  public var overrunPeriod = Interval.seconds(10)
  /// The time between two SINSTI messages while power is injected.
  public var injectionPeriod = Interval.seconds(30)
  /// The meters that report, ascending.
  public var meters: [Index<SmartMeter>]
  /// Their cut-off powers at the start, in W; nil where there is none.
  public var cutOffWatts: [Double?]

  /// Makes a schedule with the periods of D-12.
  public init(meters: [Index<SmartMeter>], cutOffWatts: [Double?]) {
    precondition(meters.count == cutOffWatts.count, "Each reporting meter has its own limit.")
    precondition(zip(meters, meters.dropFirst()).allSatisfy(<), "Meters ascend.")
    self.meters = meters
    self.cutOffWatts = cutOffWatts
  }
}

/// What the reporting meters see between two power flows.
///
/// A condition is reported at the instant at which a solution begins it, and then at its period
/// while it lasts. There is no hysteresis: the sources ask for none.
struct RealTimePush: Sendable, Hashable, Codable {
  /// A condition that is reported while it lasts.
  struct Condition: Sendable, Hashable, Codable {
    let period: Interval
    var isOn: [Bool]
    var timetable: Timetable

    init(period: Interval, members: Int) {
      precondition(period > .zero, "Reports take time.")
      self.period = period
      isOn = Array(repeating: false, count: members)
      timetable = Timetable(members: members)
    }

    /// Notes the condition; returns whether it has just begun.
    mutating func update(_ member: Int, _ now: Bool, at time: SimulationTime) -> Bool {
      guard now != isOn[member] else { return false }
      isOn[member] = now
      if now { timetable.set(member, at: time + period) } else { timetable.clear(member) }
      return now
    }

    /// Returns the next member whose report is due.
    mutating func nextDue(at time: SimulationTime) -> Int? {
      guard let member = timetable.next(by: time) else { return nil }
      timetable.set(member, at: time + period)
      return member
    }
  }

  let meters: [Index<SmartMeter>]
  var overrun: Condition
  var injection: Condition
  private(set) var cutOffWatts: [Double?]
  private(set) var watts: [Double]

  init(_ schedule: RealTimeSchedule) {
    meters = schedule.meters
    overrun = Condition(period: schedule.overrunPeriod, members: meters.count)
    injection = Condition(period: schedule.injectionPeriod, members: meters.count)
    cutOffWatts = schedule.cutOffWatts
    watts = Array(repeating: 0, count: meters.count)
  }

  /// Returns a meter's place among those that report, or nil; O(log n).
  func member(_ meter: Index<SmartMeter>) -> Int? {
    var (low, high) = (0, meters.count)
    while low < high {
      let middle = (low + high) / 2
      if meters[middle] < meter { low = middle + 1 } else { high = middle }
    }
    return low < meters.count && meters[low] == meter ? low : nil
  }

  /// Takes the power of a member, positive when drawn; returns what has just begun.
  mutating func observe(
    _ member: Int, watts now: Double, at time: SimulationTime
  ) -> (overrun: Bool, injection: Bool) {
    watts[member] = now
    let exceeds = cutOffWatts[member].map { now > $0 } ?? false
    return (
      overrun.update(member, exceeds, at: time),
      injection.update(member, now < 0, at: time)
    )
  }

  /// Changes a cut-off power; returns whether it differs from before.
  mutating func setCutOff(_ member: Int, watts: Double) -> Bool {
    defer { cutOffWatts[member] = watts }
    return cutOffWatts[member] != watts
  }
}
