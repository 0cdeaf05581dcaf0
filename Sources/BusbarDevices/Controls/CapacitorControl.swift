public import BusbarEvents
public import BusbarUnits
public import ComplexModule

/// What a capacitor control measures at one instant.
public struct CapacitorSample: Sendable {
  /// The instant.
  public var time: SimulationTime
  /// The hour of the day there, from 0 to below 24.
  public var hourOfDay: Double
  /// How long the clocks run on before they may be changed; nil when they never are.
  public var steadyClock: Interval?
  /// The voltage of each phase of the monitored end against earth, in V.
  public var voltages: [Phasor]
  /// The current into the monitored element at each phase of that end, in A.
  public var currents: [Phasor]
  /// The power into the monitored element through that end, in W and var.
  public var power: Phasor
  /// The voltages for the override, in V against earth; those of the monitored end unless given.
  public var overrideVoltages: [Phasor]
  /// The number of steps that are switched on.
  public var closedSteps: Int

  /// Makes a sample without a current.
  public init(
    time: SimulationTime, hourOfDay: Double, voltages: [Phasor], closedSteps: Int
  ) {
    self.time = time
    self.hourOfDay = hourOfDay
    self.voltages = voltages
    self.closedSteps = closedSteps
    currents = Array(repeating: .zero, count: voltages.count)
    power = .zero
    overrideVoltages = voltages
  }
}

/// A control that switches the steps of a capacitor: its settings, and what it remembers.
///
/// It follows OpenDSS's CapControl: when a measured value leaves its limits, a timer runs; when it
/// expires, one step is switched. Two rules differ, because OpenDSS's are slips there: a control in
/// time that is on over midnight switches on after midnight too, and a bank of several steps drops a
/// pending change when the value has returned within its limits.
public struct CapacitorControl: Hashable, Sendable {
  /// The settings.
  public let settings: CapacitorSettings
  /// The number of steps of the capacitor.
  public let stepCount: Int
  /// What the control remembers.
  public private(set) var memory = Memory()

  /// The running timers.
  public var timers: ControlTimers { memory.timers }

  /// What a capacitor control remembers from one look at its values to the next.
  public struct Memory: Hashable, Codable, Sendable {
    /// The running timers.
    public internal(set) var timers = ControlTimers()

    var wanted: Switching?
    var pending: Int?
    var nextLook: Int?
    var lastOpened: SimulationTime?

    enum Switching: String, Hashable, Codable, Sendable {
      case on
      case off
    }

    /// Makes the memory of a control at rest.
    public init() {}
  }

  private typealias Switching = Memory.Switching

  /// Makes a control that remembers something, or one at rest.
  public init(
    _ settings: CapacitorSettings, stepCount: Int, remembering memory: Memory = Memory()
  ) {
    self.settings = settings
    self.stepCount = stepCount
    self.memory = memory
  }

  /// Looks at the measured values, and starts and calls off timers.
  public mutating func observe(_ sample: CapacitorSample) {
    lookAgain(sample)
    memory.wanted = byOverride(sample) ?? byTrigger(sample)
    if let wanted = memory.wanted, memory.pending == nil {
      memory.pending = memory.timers.start(
        .action, due: sample.time + delay(wanted, at: sample.time))
    } else if memory.wanted == nil, let timer = memory.pending {
      memory.timers.callOff(timer)
      memory.pending = nil
    }
  }

  /// Does what a timer has waited for; returns the steps to switch on, negative off.
  public mutating func expire(_ ordinal: Int, at time: SimulationTime, closedSteps: Int) -> Int {
    guard let timer = memory.timers.expire(ordinal), timer.purpose == .action else { return 0 }
    memory.pending = nil
    switch memory.wanted {
    case .on: return closedSteps < stepCount ? 1 : 0
    case .off:
      if closedSteps == 1 { memory.lastOpened = time }
      return closedSteps > 0 ? -1 : 0
    case nil: return 0
    }
  }

  /// A capacitor is not switched on before it is discharged.
  private func delay(_ switching: Switching, at time: SimulationTime) -> Interval {
    guard switching == .on else { return settings.offDelay }
    guard let lastOpened = memory.lastOpened, time - lastOpened < settings.deadTime else {
      return settings.onDelay
    }
    return settings.deadTime + settings.onDelay - (time - lastOpened)
  }

  // MARK: Deciding

  private func byOverride(_ sample: CapacitorSample) -> Switching? {
    guard let limits = settings.voltageOverride, !settings.trigger.isVoltage else { return nil }
    let volts = relayVolts(sample.overrideVoltages)
    if sample.closedSteps == 0, volts < limits.lowerBound { return .on }
    if sample.closedSteps > 0, volts > limits.upperBound { return .off }
    return nil
  }

  private func byTrigger(_ sample: CapacitorSample) -> Switching? {
    switch settings.trigger {
    case .voltage(let on, let off):
      let volts = relayVolts(sample.voltages)
      return decide(on: volts < on, off: volts > off, sample)
    case .current(let on, let off):
      let amperes =
        magnitude(sample.currents.map(\.length), settings.currentPhase) / settings.currentRatio
      return decide(on: amperes > on, off: amperes < off, sample)
    case .reactivePower(let on, let off):
      let vars = sample.power.imaginary
      return decide(on: vars > on, off: vars < off, sample)
    case .powerFactor(let on, let off, let leastVars):
      let factor = Self.unfolded(sample.power)
      return decide(
        on: factor < on && sample.power.imaginary > leastVars, off: factor > off, sample)
    case .timeOfDay(let hours):
      let isOn = hours.contains(sample.hourOfDay)
      return decide(on: isOn, off: !isOn, sample)
    case .profile(let profile):
      let isOn = profile.value(at: sample.time - .start) != 0
      return decide(on: isOn, off: !isOn, sample)
    }
  }

  private func decide(on: Bool, off: Bool, _ sample: CapacitorSample) -> Switching? {
    if sample.closedSteps > 0, off { return .off }
    return sample.closedSteps < stepCount && on ? .on : nil
  }

  /// The power factor on one scale: 0 to 1 lagging, 1 to 2 leading.
  private static func unfolded(_ power: Phasor) -> Double {
    let apparent = power.length
    let factor = apparent == 0 ? 1 : abs(power.real) / apparent
    return power.imaginary < 0 ? 2 - factor : factor
  }

  private func relayVolts(_ voltages: [Phasor]) -> Double {
    if settings.connection == .betweenPhases, case .number(let number) = settings.voltagePhase {
      let first = min(number, voltages.count) - 1
      let across = voltages[first] - voltages[(first + 1) % voltages.count]
      return across.length / settings.voltageRatio
    }
    return magnitude(voltages.map(\.length), settings.voltagePhase) / settings.voltageRatio
  }

  private func magnitude(_ magnitudes: [Double], _ phase: MeasuredPhase) -> Double {
    switch phase {
    case .number(let number): magnitudes[min(number, magnitudes.count) - 1]
    case .highest: magnitudes.max() ?? 0
    case .lowest: magnitudes.min() ?? 0
    case .average: magnitudes.reduce(0, +) / Double(magnitudes.count)
    }
  }

  // MARK: Clock and profile

  /// Starts the timer for the next change that no power flow announces.
  private mutating func lookAgain(_ sample: CapacitorSample) {
    if let look = memory.nextLook, memory.timers.running.contains(where: { $0.ordinal == look }) {
      return
    }
    let wait: Interval? =
      switch settings.trigger {
      case .timeOfDay(let hours):
        [hours.timeUntilNextChange(after: sample.hourOfDay), sample.steadyClock]
          .compactMap { $0 }.min()
      case .profile(let profile): profile.timeUntilNextStep(after: sample.time - .start)
      default: nil
      }
    memory.nextLook = wait.map { memory.timers.start(.look, due: sample.time + $0) }
  }
}
