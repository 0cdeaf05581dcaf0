internal import BusbarEvents

/// What the faults of a link do to one message, taken together.
struct Strike {
  private(set) var isDropped = false
  /// In µs.
  private(set) var delay: Int64 = 0
  /// How long after its own arrival the message is delivered again, in µs; nil when it is not.
  private(set) var replay: Int64?
  private(set) var alteration = Alteration.none

  /// Adds what one more fault does: delays add up, factors multiply, and of several replays the
  /// first one counts.
  mutating func add(_ kind: LinkFault.Kind) {
    switch kind {
    case .drop: isDropped = true
    case .delay(let extra): delay += Microseconds.of(extra)
    case .forge(let factor): alteration.multiply(by: factor)
    case .replay(let after): replay = replay ?? Microseconds.of(after)
    case .flood: break
    }
  }
}

/// A fault as the transport sees it: no names, times in µs.
struct ArmedFault: Sendable {
  /// The position of the fault in the plan.
  let position: Int
  private let begin: Int64
  private let end: Int64
  let probability: Double
  let kind: LinkFault.Kind

  init(_ fault: LinkFault, at position: Int) {
    self.position = position
    begin = Microseconds.of(fault.from)
    end = Microseconds.of(fault.until)
    probability = fault.probability
    kind = fault.kind
  }

  /// Whether the fault acts on a message that leaves at an instant in µs.
  func acts(at instant: Int64) -> Bool { begin <= instant && instant < end }
}

extension LinkCounters {
  /// Counts what faults do to a message that may yet arrive.
  mutating func count(_ strike: Strike) {
    if strike.alteration.isForged { forged += 1 }
    if strike.delay > 0 { delayed += 1 }
    if strike.replay != nil { replayed += 1 }
  }
}
