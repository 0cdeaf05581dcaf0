public import BusbarEvents
public import BusbarUnits
public import ComplexModule

/// What a regulator measures at one instant.
public struct RegulatorSample: Sendable {
  /// The instant.
  public var time: SimulationTime
  /// The voltage across each coil of the measured winding, in V.
  public var coilVoltages: [Phasor]
  /// The current into the winding at the first end of each coil, in A.
  public var currents: [Phasor]
  /// The active power that leaves the transformer through the measured winding, in W.
  public var forwardWatts: Double
  /// The voltage at the remote bus, in V; nil when the relay measures its own winding.
  public var remoteVoltage: Phasor?
  /// The tap position.
  public var position: Int
  /// The turns of the winding with the taps, relative to the rated ones.
  public var turns: Double

  /// Makes a sample of a regulator that measures its own winding.
  public init(
    time: SimulationTime, coilVoltages: [Phasor], currents: [Phasor], position: Int
  ) {
    self.time = time
    self.coilVoltages = coilVoltages
    self.currents = currents
    self.position = position
    forwardWatts = 0
    remoteVoltage = nil
    turns = 1
  }
}

/// A tap-changer regulator: its settings, and what its relay remembers.
///
/// It follows OpenDSS's RegControl operation by operation, so that the sequence of taps is the same:
/// the number of missing taps is measured anew with each sample; when it is not zero a timer runs;
/// when the timer expires the tap moves by one, and by one more after each tap delay. Back in its
/// band the relay calls its first timer off. The timer between two taps of a sequence is not called
/// off: the motor asks again, and finds nothing to do unless the voltage has left the band anew.
/// A motor that strains at the end of its range by two taps or more has its delay behind it, and so
/// turns round within one tap delay.
public struct RegulatorControl: Hashable, Sendable {
  /// The settings of the relay.
  public let settings: RegulatorSettings
  /// What it moves.
  public let winding: RegulatedWinding
  /// What the relay remembers.
  public private(set) var memory = Memory()

  /// The running timers.
  public var timers: ControlTimers { memory.timers }
  /// The taps that the last sample found missing; positive is up.
  public var missingTaps: Int { memory.missingTaps }
  /// Which way the regulator looks.
  public var direction: Direction { memory.direction }

  /// What the relay of a regulator remembers from one look at the voltage to the next.
  public struct Memory: Hashable, Codable, Sendable {
    /// The running timers.
    public internal(set) var timers = ControlTimers()
    /// The taps that the last sample found missing; positive is up.
    public internal(set) var missingTaps = 0
    /// Which way the regulator looks.
    public internal(set) var direction = Direction.forward

    var isArmed = false
    /// Since when the motor has turned against the end of its range.
    var strainingSince: SimulationTime?
    var firstTap: Int?
    var reversal: Int?

    /// Makes the memory of a control at rest.
    public init() {}
  }

  /// Which way a regulator looks.
  public enum Direction: String, Hashable, Codable, Sendable {
    case forward
    case reverse
  }

  /// Makes a regulator that remembers something, or one at rest.
  public init(
    _ settings: RegulatorSettings, moving winding: RegulatedWinding,
    remembering memory: Memory = Memory()
  ) {
    self.settings = settings
    self.winding = winding
    self.memory = memory
  }

  /// Looks at the voltage, and starts and calls off timers.
  public mutating func observe(_ sample: RegulatorSample) {
    guard settings.tapLimit > 0 else { return }
    if sample.remoteVoltage == nil, settings.reverseMode != .ignore {
      watchDirection(sample)
      if memory.direction == .reverse, settings.reverseMode == .neutral {
        seekNeutral(sample)
        return
      }
    }
    let relay = relayVoltage(sample)
    let boost = change(relay, sample)
    memory.missingTaps = boost.map(taps) ?? 0
    relax(sample)
    guard boost != nil else {
      rest()
      return
    }
    guard memory.missingTaps != 0, !memory.isArmed, !isAtEnd(sample.position) else { return }
    memory.firstTap = memory.timers.start(
      .action, due: sample.time + delay(at: relay.compensatedVolts))
    memory.isArmed = true
  }

  /// Does what a timer has waited for; returns the taps to move, positive up.
  public mutating func expire(
    _ ordinal: Int, at time: SimulationTime, position: Int, pace: ControlPace
  ) -> Int {
    guard let timer = memory.timers.expire(ordinal) else { return 0 }
    switch timer.purpose {
    case .action: return pace == .steady ? leap() : step(at: time, from: position)
    case .reversal:
      memory.reversal = nil
      memory.direction = memory.direction == .forward ? .reverse : .forward
      return 0
    case .look: return 0
    }
  }

  /// Seven tenths of the way, because the taps of one regulator move the voltage of the others.
  private mutating func leap() -> Int {
    memory.isArmed = false
    guard memory.missingTaps != 0 else { return 0 }
    defer { memory.missingTaps = 0 }
    let most = Int(0.7 * Double(abs(memory.missingTaps)))
    return memory.missingTaps.signum() * min(max(most, 1), settings.tapLimit)
  }

  private mutating func step(at time: SimulationTime, from position: Int) -> Int {
    let direction = memory.missingTaps.signum()
    guard abs(memory.missingTaps) > 1 else {
      memory.missingTaps = 0
      memory.isArmed = false
      return direction
    }
    if isAtEnd(position) {
      memory.strainingSince = time
      return 0
    }
    memory.missingTaps -= direction
    memory.timers.start(.action, due: time + settings.tapDelay)
    return direction
  }

  /// Whether the tap changer can go no further in the direction of the missing taps.
  private func isAtEnd(_ position: Int) -> Bool {
    memory.missingTaps > 0
      ? position >= winding.range.upperBound : position <= winding.range.lowerBound
  }

  /// Lets a straining motor ask again after its tap delay, when less than two taps hold it there.
  private mutating func relax(_ sample: RegulatorSample) {
    guard let since = memory.strainingSince else { return }
    if abs(memory.missingTaps) > 1, isAtEnd(sample.position) { return }
    let period = max(settings.tapDelay.milliseconds, 1)
    let waited = (sample.time - since).milliseconds
    let periods = max(1, (waited + period - 1) / period)
    memory.timers.start(.action, due: since + Interval(milliseconds: periods * period))
    memory.strainingSince = nil
  }

  private mutating func rest() {
    memory.missingTaps = 0
    guard memory.isArmed else { return }
    if let timer = memory.firstTap { memory.timers.callOff(timer) }
    memory.firstTap = nil
    memory.isArmed = false
  }

  // MARK: Measuring

  private struct RelayVoltage {
    /// At the winding itself.
    var localVolts: Double
    /// With the drop of the line that the relay imitates.
    var compensatedVolts: Double
  }

  private var target: RegulatorSettings.Target {
    memory.direction == .reverse ? settings.reverse : settings.forward
  }

  /// Looking backwards over its own taps, the regulator moves them the other way.
  private var looksBackwards: Bool {
    memory.direction == .reverse && settings.reverseMode == .regulate
  }

  private var sense: Int { winding.sense == .lowers || looksBackwards ? -1 : 1 }

  private func relayVoltage(_ sample: RegulatorSample) -> RelayVoltage {
    let coil = coil(of: sample)
    let local = sample.coilVoltages[coil].length / settings.voltageRatio
    if let remote = sample.remoteVoltage {
      let first = sample.coilVoltages[0].length / settings.voltageRatio
      return RelayVoltage(
        localVolts: first,
        compensatedVolts: remote.length / (settings.remoteVoltageRatio ?? settings.voltageRatio))
    }
    var volts = local
    if settings.forward.compensates {
      let current = sample.currents[coil].divided(by: settings.currentRatingAmperes)
      if settings.forward.magnitudeVolts > 0 {
        volts -= current.length * target.magnitudeVolts
      } else {
        // The current counts into the winding, so adding the product takes the drop away.
        let drop = Phasor(target.resistiveVolts, target.reactiveVolts) * current
        volts = (sample.coilVoltages[coil].divided(by: settings.voltageRatio) + drop).length
      }
    }
    if looksBackwards { volts /= sample.turns }
    return RelayVoltage(localVolts: local, compensatedVolts: abs(volts))
  }

  private func coil(of sample: RegulatorSample) -> Int {
    let magnitudes = sample.coilVoltages.map(\.length)
    switch settings.phase {
    case .number(let number): return min(number, magnitudes.count) - 1
    case .highest: return magnitudes.indices.reduce(0) { magnitudes[$1] > magnitudes[$0] ? $1 : $0 }
    case .lowest: return magnitudes.indices.reduce(0) { magnitudes[$1] < magnitudes[$0] ? $1 : $0 }
    case .average: preconditionFailure("A regulator measures one coil.")
    }
  }

  /// The taps that change the relay's voltage by an amount in V.
  private func taps(_ boost: Double) -> Int {
    let perUnit = boost * settings.voltageRatio / winding.coilVolts
    let taps = (perUnit / winding.tapStep).rounded(.toNearestOrEven)
    return Int(max(-1_000, min(1_000, taps))) * sense
  }

  /// The change of the relay's voltage that is wanted, in V; nil within the band.
  private func change(_ relay: RelayVoltage, _ sample: RegulatorSample) -> Double? {
    if let limit = settings.limitVolts, relay.localVolts > limit { return limit - relay.localVolts }
    let deviation = target.volts - relay.compensatedVolts
    return abs(deviation) > target.bandVolts / 2 ? deviation : nil
  }

  private func delay(at relayVolts: Double) -> Interval {
    switch settings.delayLaw {
    case .fixed: return settings.delay
    case .inverse:
      let ratio = 2 * abs(settings.forward.volts - relayVolts) / settings.forward.bandVolts
      let milliseconds = Double(settings.delay.milliseconds) / min(10, max(ratio, 1e-3))
      return Interval(milliseconds: Int64(milliseconds.rounded()))
    }
  }

  // MARK: Reversed power

  private mutating func watchDirection(_ sample: RegulatorSample) {
    let threshold = settings.reverseThresholdWatts
    let wantsToTurn =
      memory.direction == .forward
      ? sample.forwardWatts < -threshold : sample.forwardWatts > threshold
    if wantsToTurn, memory.reversal == nil {
      memory.reversal = memory.timers.start(.reversal, due: sample.time + settings.reverseDelay)
    } else if !wantsToTurn, let pending = memory.reversal {
      memory.timers.callOff(pending)
      memory.reversal = nil
    }
  }

  private mutating func seekNeutral(_ sample: RegulatorSample) {
    guard !memory.isArmed else { return }
    memory.missingTaps = -sample.position
    guard memory.missingTaps != 0 else { return }
    memory.timers.start(.action, due: sample.time + settings.tapDelay)
    memory.isArmed = true
  }
}
