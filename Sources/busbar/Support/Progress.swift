import BusbarEvents

/// A line on the terminal that says how far a run has come; silent when nobody watches.
struct Progress {
  private let end: SimulationTime
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let began: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant?

  /// Prepares the line.
  init(until end: SimulationTime, isQuiet: Bool) {
    self.end = end
    isShown = Terminal.isWatched && !isQuiet
    began = clock.now
  }

  /// Shows how far the run has come, at most five times a second.
  mutating func update(_ now: SimulationTime) {
    guard isShown else { return }
    let instant = clock.now
    if let shown, instant - shown < .milliseconds(200) { return }
    if shown == nil, instant - began < .milliseconds(500) { return }
    shown = instant
    let share = Double(now.milliseconds) / Double(end.milliseconds)
    let elapsed = (instant - began) / .seconds(1)
    let left = share > 0 ? elapsed / share - elapsed : 0
    let speed = elapsed > 0 ? Double(now.milliseconds) / 1_000 / elapsed : 0
    Terminal.overwriteLine(
      "\(Figures.fixed(share * 100, 1)) %, \(Figures.fixed(left, 0)) s left, "
        + "\(Figures.fixed(speed, 0)) times real time")
  }

  /// Takes the line away.
  func finish() {
    if shown != nil { Terminal.overwriteLine("") }
  }
}
