import BusbarEvents

/// Devices whose periodic work is one event for each cohort, which sweeps the cohort's state.
///
/// A device is a first-order thermal store with a thermostat: enough work to be real, so that the
/// figure is not that of an empty loop.
final class PeriodicFleet {
  static let cohortCount = 10
  static let devicesPerCohort = 5_000
  static let period = Interval.minutes(1)

  private struct Cohort {
    var temperature: [Double]
    var isHeating: [Bool]

    init(count: Int, _ stream: inout RandomStream) {
      let range = Distribution.uniform(from: 50, to: 60)
      temperature = (0..<count).map { _ in stream.draw(range) }
      isHeating = Array(repeating: false, count: count)
    }

    /// Lets a minute pass for every device; returns how many heat afterwards.
    mutating func tick() -> Int {
      var heating = 0
      for device in temperature.indices {
        if temperature[device] < 52 { isHeating[device] = true }
        if temperature[device] > 58 { isHeating[device] = false }
        let target = isHeating[device] ? 90.0 : 20.0
        temperature[device] += (target - temperature[device]) * (1 / 300.0)
        if isHeating[device] { heating += 1 }
      }
      return heating
    }
  }

  private var cohorts: [Cohort] = []
  private var queue = EventQueue<Int>()
  private(set) var hash = EventLogHash()

  init() {
    var stream = RandomStream(seed: 1, entity: "fleet", purpose: "temperature")
    for cohort in 0..<Self.cohortCount {
      cohorts.append(Cohort(count: Self.devicesPerCohort, &stream))
      queue.schedule(
        cohort, at: EventKey(time: .start, phase: .exogenous, target: cohort, ordinal: 0))
    }
  }

  /// Lets each cohort tick as often as given.
  func run(ticks: Int) {
    for _ in 0..<ticks * Self.cohortCount {
      guard let (key, cohort) = queue.next() else {
        preconditionFailure("Each tick has a successor.")
      }
      hash.absorb(key, kind: 0, payload: UInt64(cohorts[cohort].tick()))
      queue.schedule(
        cohort,
        at: EventKey(
          time: key.time + Self.period, phase: key.phase, target: cohort,
          ordinal: key.ordinal + 1))
    }
  }
}
