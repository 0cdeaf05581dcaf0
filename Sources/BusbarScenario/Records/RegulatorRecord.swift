internal import BusbarDevices
internal import BusbarEvents
internal import BusbarUnits

/// A tap-changer regulator.
enum RegulatorRecord {
  private static let relayRange = FieldRange(from: .open(0), to: .closed(1e6))
  private static let dropRange = FieldRange.closed(-1e4...1e4)
  private static let ratioRange = FieldRange(from: .open(0), to: .closed(1e6))
  private static let delayRange = FieldRange.closed(0...86_400_000)

  static let id = Field.identifier("id", "The name of the regulator.")
  static let transformer = Field.identifier(
    "transformer", "The transformer or the transformer unit whose taps it moves.")
  static let winding = Field.integer(
    "winding", default: 2, range: .closed(1...3), "The winding whose voltage it measures.")
  static let tapWinding = Field.integer(
    "tap_winding", range: .closed(1...3), "The winding with the taps; the measured one by default."
  ).optional
  static let phase = Field.text(
    "phase", default: "1", "The coil that it measures: its number, 'highest' or 'lowest'.")
  static let target = Field.quantity(
    "target", .voltage, range: relayRange, "The voltage at the relay that it holds.")
  static let band = Field.quantity(
    "band", .voltage, range: relayRange,
    "The full width of the band at the relay in which it rests.")
  static let voltageRatio = Field.number(
    "pt_ratio", range: ratioRange, "Volts across the coil for each volt at the relay.")
  static let currentRating = Field.quantity(
    "ct_rating", .current, default: 300, range: FieldRange(from: .open(0), to: .closed(1e6)),
    "The current at which the line-drop compensation has the given volts.")
  static let r = Field.quantity(
    "r", .voltage, default: 0, range: dropRange, "Resistive volts of the compensation.")
  static let x = Field.quantity(
    "x", .voltage, default: 0, range: dropRange, "Reactive volts of the compensation.")
  static let z = Field.quantity(
    "z", .voltage, default: 0, range: .closed(0...1e4),
    "Volts of a compensation by magnitudes, instead of r and x.")
  static let limit = Field.quantity(
    "limit", .voltage, range: relayRange,
    "The voltage at the relay above which it taps down whatever the target."
  ).optional
  static let delay = Field.interval(
    "delay", default: 15_000, range: delayRange, "The time out of the band before the first tap.")
  static let tapDelay = Field.interval(
    "tap_delay", default: 2_000, range: delayRange, "The time between the taps of one sequence.")
  static let maximumTaps = Field.integer(
    "max_taps", default: 16, range: .closed(0...200),
    "The most taps in one go where time stands still; 0 blocks the regulator.")
  static let delayLaw = Field.choice(
    "delay_law", RegulatorSettings.DelayLaw.allCases.map(\.rawValue), default: "fixed",
    "Whether the delay is shorter for a larger deviation.")
  static let bus = Field.reference(
    "bus", to: "buses", "A remote bus whose voltage it measures instead of its own."
  ).optional
  static let leg = Field.legs(
    "leg", "The conductors of the remote bus between which it measures, such as 'a-e'."
  ).optional
  static let remoteRatio = Field.number(
    "bus_pt_ratio", range: ratioRange,
    "Volts at the remote bus for each volt at the relay; pt_ratio by default."
  ).optional

  static let reverse = Field.choice(
    "reverse", RegulatorSettings.ReverseMode.allCases.map(\.rawValue), default: "ignore",
    "What it does when power flows backwards: nothing else, regulate the other side, go to "
      + "neutral, or regulate its own side to the reverse target.")
  static let reverseTarget = Field.quantity(
    "reverse_target", .voltage, default: 120, range: relayRange, "The target in reverse.")
  static let reverseBand = Field.quantity(
    "reverse_band", .voltage, default: 3, range: relayRange, "The band in reverse.")
  static let reverseR = Field.quantity(
    "reverse_r", .voltage, default: 0, range: dropRange, "Resistive volts in reverse.")
  static let reverseX = Field.quantity(
    "reverse_x", .voltage, default: 0, range: dropRange, "Reactive volts in reverse.")
  static let reverseZ = Field.quantity(
    "reverse_z", .voltage, default: 0, range: .closed(0...1e4),
    "Volts of the compensation by magnitudes in reverse.")
  static let reverseThreshold = Field.quantity(
    "reverse_threshold", .activePower, default: 100e3, range: .closed(0...1e12),
    "The reverse power that turns the regulator.")
  static let reverseDelay = Field.interval(
    "reverse_delay", default: 60_000, range: delayRange,
    "How long the power must be reversed.")

  static let declaration = RecordDeclaration(
    "regulator", "A tap-changer regulator with line-drop compensation.",
    id, transformer, winding, tapWinding, phase, target, band, voltageRatio, currentRating, r, x, z,
    limit, delay, tapDelay, maximumTaps, delayLaw, bus, leg, remoteRatio, reverse, reverseTarget,
    reverseBand, reverseR, reverseX, reverseZ, reverseThreshold, reverseDelay)

  /// The settings of the relay, or nil after a fault was reported.
  static func settings(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> RegulatorSettings? {
    guard let phase = MeasuredPhase.read(record, phase, &diagnostics),
      let law = RegulatorSettings.DelayLaw(rawValue: record[delayLaw]),
      let mode = RegulatorSettings.ReverseMode(rawValue: record[reverse])
    else { return nil }
    guard phase != .average else {
      diagnostics.error(
        "a regulator measures one coil, not an average", at: record.location(of: Self.phase),
        remedy: "write a number, 'highest' or 'lowest'")
      return nil
    }
    var forward = RegulatorSettings.Target(volts: record[target], bandVolts: record[band])
    forward.resistiveVolts = record[r]
    forward.reactiveVolts = record[x]
    forward.magnitudeVolts = record[z]
    var settings = RegulatorSettings(forward: forward, voltageRatio: record[voltageRatio])
    settings.reverse = .init(volts: record[reverseTarget], bandVolts: record[reverseBand])
    settings.reverse.resistiveVolts = record[reverseR]
    settings.reverse.reactiveVolts = record[reverseX]
    settings.reverse.magnitudeVolts = record[reverseZ]
    settings.reverseMode = mode
    settings.reverseThresholdWatts = record[reverseThreshold]
    settings.reverseDelay = Interval(milliseconds: record[reverseDelay])
    settings.remoteVoltageRatio = record[optional: remoteRatio]
    settings.currentRatingAmperes = record[currentRating]
    settings.limitVolts = record[optional: limit]
    settings.phase = phase
    settings.delay = Interval(milliseconds: record[delay])
    settings.tapDelay = Interval(milliseconds: record[tapDelay])
    settings.tapLimit = record[maximumTaps]
    settings.delayLaw = law
    return settings
  }
}

extension MeasuredPhase {
  /// Reads a number from 1, or one of the words; appends what is wrong with it.
  static func read(
    _ record: DecodedRecord, _ field: Field<String>, _ diagnostics: inout Diagnostics
  ) -> MeasuredPhase? {
    switch record[field] {
    case "highest": return .highest
    case "lowest": return .lowest
    case "average": return .average
    case let text:
      if let number = Int(text), (1...100).contains(number) { return .number(number) }
      diagnostics.error(
        "'\(text)' is no phase to measure", at: record.location(of: field),
        remedy: "write the number of the phase from 1, or 'highest', 'lowest' or 'average'")
      return nil
    }
  }
}
