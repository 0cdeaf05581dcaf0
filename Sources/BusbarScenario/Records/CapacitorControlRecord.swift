internal import BusbarDevices
internal import BusbarEvents
internal import BusbarUnits

/// A control that switches a capacitor.
enum CapacitorControlRecord {
  private static let ratioRange = FieldRange(from: .open(0), to: .closed(1e6))
  private static let delayRange = FieldRange.closed(0...86_400_000)
  private static let relayRange = FieldRange(from: .open(0), to: .closed(1e6))

  /// What makes a control switch.
  enum Kind: String, CaseIterable {
    case current, voltage, kvar, time
    case powerFactor = "power_factor"
    case follow
  }

  static let id = Field.identifier("id", "The name of the control.")
  static let capacitor = Field.reference(
    "capacitor", to: "capacitors", "The capacitor that it switches.")
  static let kind = Field.choice(
    "type", Kind.allCases.map(\.rawValue), "The value that makes it switch.")
  static let branch = Field.identifier(
    "branch", "The line or the transformer that it monitors; the capacitor itself by default."
  ).optional
  static let end = Field.integer(
    "end", default: 1, range: .closed(1...3),
    "The end of the line, 1 or 2, or the winding of the transformer that it monitors.")
  static let on = Field.number(
    "on", range: .closed(-1e9...1e9),
    "Where it switches on: A or V behind the measuring transformer, kvar, the hour of the day, or a "
      + "power factor (negative when leading)."
  ).optional
  static let off = Field.number(
    "off", range: .closed(-1e9...1e9), "Where it switches off, in the unit of on."
  ).optional
  static let profile = Field.reference(
    "profile", to: "profiles", "The profile that it follows: on while it is not zero."
  ).optional
  static let delay = Field.interval(
    "delay", default: 15_000, range: delayRange, "The time before a step is switched on.")
  static let offDelay = Field.interval(
    "delay_off", default: 15_000, range: delayRange, "The time before a step is switched off.")
  static let deadTime = Field.interval(
    "dead_time", default: 300_000, range: delayRange,
    "The time after switching off in which the capacitor discharges and stays off.")
  static let voltageRatio = Field.number(
    "pt_ratio", default: 60, range: ratioRange, "Volts in the grid for each volt at the relay.")
  static let currentRatio = Field.number(
    "ct_ratio", default: 60, range: ratioRange,
    "Amperes in the grid for each ampere at the relay.")
  static let voltagePhase = Field.text(
    "pt_phase", default: "1",
    "The phase whose voltage counts: its number, 'average', 'highest' or 'lowest'.")
  static let currentPhase = Field.text(
    "ct_phase", default: "1",
    "The phase whose current counts: its number, 'average', 'highest' or 'lowest'.")
  static let overrideMinimum = Field.quantity(
    "override_minimum", .voltage, range: relayRange,
    "The voltage at the relay below which it switches on whatever else it monitors."
  ).optional
  static let overrideMaximum = Field.quantity(
    "override_maximum", .voltage, range: relayRange,
    "The voltage at the relay above which it switches off whatever else it monitors."
  ).optional
  static let overrideBus = Field.reference(
    "override_bus", to: "buses", "The bus of that voltage; the monitored one by default."
  ).optional
  static let minimumShare = Field.quantity(
    "minimum_share", .ratio, default: 0.5, range: .closed(0...10),
    "With a power factor: the reactive power that must be drawn before it switches on, relative to "
      + "the capacitor's.")

  static let declaration = RecordDeclaration(
    "capacitor control", "A control that switches the steps of a capacitor.",
    id, capacitor, kind, branch, end, on, off, profile, delay, offDelay, deadTime, voltageRatio,
    currentRatio, voltagePhase, currentPhase, overrideMinimum, overrideMaximum, overrideBus,
    minimumShare)

  /// The settings, or nil after a fault was reported.
  static func settings(
    _ record: DecodedRecord, capacitorVars: Double, _ diagnostics: inout Diagnostics
  ) -> CapacitorSettings? {
    let voltagePhase = MeasuredPhase.read(record, voltagePhase, &diagnostics)
    let currentPhase = MeasuredPhase.read(record, currentPhase, &diagnostics)
    let limits = voltageOverride(record, &diagnostics)
    let trigger = trigger(record, capacitorVars, &diagnostics)
    guard let voltagePhase, let currentPhase, let trigger, let limits else { return nil }
    var settings = CapacitorSettings(trigger)
    settings.voltagePhase = voltagePhase
    settings.currentPhase = currentPhase
    settings.voltageOverride = limits.first
    settings.onDelay = Interval(milliseconds: record[delay])
    settings.offDelay = Interval(milliseconds: record[offDelay])
    settings.deadTime = Interval(milliseconds: record[deadTime])
    settings.voltageRatio = record[voltageRatio]
    settings.currentRatio = record[currentRatio]
    return settings
  }

  /// The trigger; one that follows a profile is given it later, and has none yet.
  private static func trigger(
    _ record: DecodedRecord, _ vars: Double, _ diagnostics: inout Diagnostics
  ) -> CapacitorSettings.Trigger? {
    guard let kind = Kind(rawValue: record[kind]) else { return nil }
    if kind == .follow {
      if record[optional: profile] != nil { return .timeOfDay(DailyHours(from: 0, to: 24)) }
      diagnostics.error(
        "capacitor control '\(record[id])' has no profile to follow", at: record.location,
        remedy: "add 'profile'")
      return nil
    }
    guard let on = record[optional: on], let off = record[optional: off] else {
      let name = record[optional: on] == nil ? "on" : "off"
      diagnostics.error(
        "capacitor control '\(record[id])' has no '\(name)'", at: record.location,
        remedy: "add 'on' and 'off'")
      return nil
    }
    switch kind {
    case .current: return .current(on: on, off: off)
    case .voltage: return .voltage(on: on, off: off)
    case .kvar: return .reactivePower(on: on * 1e3, off: off * 1e3)
    case .powerFactor:
      guard check(record, on, off, within: -1...1, "a power factor", &diagnostics) else {
        return nil
      }
      return .powerFactor(
        on: on < 0 ? 2 + on : on, off: off < 0 ? 2 + off : off,
        leastVars: vars * record[minimumShare])
    case .time:
      guard check(record, on, off, within: 0...24, "an hour of the day", &diagnostics) else {
        return nil
      }
      return .timeOfDay(DailyHours(from: on, to: off))
    case .follow: return nil
    }
  }

  private static func check(
    _ record: DecodedRecord, _ on: Double, _ off: Double, within range: ClosedRange<Double>,
    _ meaning: String, _ diagnostics: inout Diagnostics
  ) -> Bool {
    for (value, field) in [(on, Self.on), (off, Self.off)] where !range.contains(value) {
      diagnostics.error(
        "\(plainDecimal(value)) is not \(meaning)", at: record.location(of: field),
        remedy: "write \(Int(range.lowerBound)) to \(Int(range.upperBound))")
      return false
    }
    return true
  }

  /// The limits of the override in a list of one, an empty list without; nil after a fault.
  private static func voltageOverride(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> [ClosedRange<Double>]? {
    switch (record[optional: overrideMinimum], record[optional: overrideMaximum]) {
    case (nil, nil): return []
    case (let low?, let high?) where low <= high: return [low...high]
    case (nil, _), (_, nil):
      diagnostics.error(
        "a voltage override has two limits", at: record.location,
        remedy: "give override_minimum and override_maximum, or neither")
    default:
      diagnostics.error(
        "override_minimum lies above override_maximum",
        at: record.location(of: overrideMinimum), remedy: "swap them")
    }
    return nil
  }
}
