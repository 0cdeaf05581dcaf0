public import BusbarEvents

/// Something that a control will do at an instant, unless it is called off before.
public struct ControlTimer: Hashable, Codable, Sendable {
  /// What happens when the time has come.
  public enum Purpose: String, Hashable, Codable, Sendable {
    /// The control moves what it controls.
    case action
    /// A regulator turns to the other direction of power.
    case reversal
    /// The control looks at its clock or its profile.
    case look
  }

  /// The control's own counter of timers.
  public let ordinal: Int
  /// The instant.
  public let due: SimulationTime
  /// What happens then.
  public let purpose: Purpose
}

/// The timers of one control that have been started and neither expired nor called off.
public struct ControlTimers: Hashable, Codable, Sendable {
  /// The running timers in the order in which they were started.
  public private(set) var running: [ControlTimer] = []
  /// The number of timers started so far.
  public private(set) var startedCount = 0

  init() {}

  /// Starts a timer and returns its ordinal.
  @discardableResult
  mutating func start(_ purpose: ControlTimer.Purpose, due: SimulationTime) -> Int {
    running.append(ControlTimer(ordinal: startedCount, due: due, purpose: purpose))
    startedCount += 1
    return startedCount - 1
  }

  /// Calls a timer off; nothing happens when it runs no more.
  mutating func callOff(_ ordinal: Int) { running.removeAll { $0.ordinal == ordinal } }

  /// Removes a timer whose time has come; nil when it was called off.
  mutating func expire(_ ordinal: Int) -> ControlTimer? {
    guard let place = running.firstIndex(where: { $0.ordinal == ordinal }) else { return nil }
    return running.remove(at: place)
  }
}

/// Whether controls act one after the other in time, or go to their final positions at one instant.
public enum ControlPace: Hashable, Sendable {
  /// Each operation takes its time: one tap after the other.
  case timed
  /// Time stands still; a regulator goes most of the way at once, as in a steady-state study.
  case steady
}

/// Which of several phases a control measures.
public enum MeasuredPhase: Hashable, Sendable {
  /// The phase of this number, from 1.
  case number(Int)
  /// The phase with the largest magnitude.
  case highest
  /// The phase with the smallest magnitude.
  case lowest
  /// The mean of the magnitudes.
  case average
}
