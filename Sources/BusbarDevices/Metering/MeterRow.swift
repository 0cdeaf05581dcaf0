public import BusbarEvents
public import BusbarUnits

/// What a smart meter noted about one record of its load profile.
public struct MeterRecordFlags: OptionSet, Sendable, Hashable, Codable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The meter's registers covered at least a part of the interval.
  public static let recorded = MeterRecordFlags(rawValue: 1)
  /// The supply was lost for a part of the interval.
  public static let supplyInterrupted = MeterRecordFlags(rawValue: 2)
}

/// The records of all meters of a fleet for one interval; never changed once made.
///
/// Copies share their storage. Values are single precision: 24 significant bits hold 1e-7 of a
/// power, where a revenue meter of class 0.5 measures 5e-3 (IEC 62053-22).
public struct MeterRow: Sendable, Hashable, Codable {
  /// The number of values of one record: four powers and three voltages.
  public static let valuesPerMeter = 7

  /// The number of the interval since the start of the run, counted from zero.
  public let number: Int
  /// The true instant at which the interval ended.
  public let end: SimulationTime
  /// Seven values for each meter: active import and export in W, reactive import and export in
  /// var, voltages of the phases a, b, c in V; zero where nothing was recorded.
  public let values: [Float]
  /// The flags of each meter's record.
  public let flags: [MeterRecordFlags]
  /// The meter's time stamp minus the true end, in ms, for each meter (E-17).
  public let clockErrors: [Int32]

  /// Makes a row from stored columns, as a checkpoint holds them; the lengths must agree.
  public init(
    number: Int, end: SimulationTime, values: [Float], flags: [MeterRecordFlags],
    clockErrors: [Int32]
  ) {
    precondition(
      values.count == Self.valuesPerMeter * flags.count && clockErrors.count == flags.count,
      "A row has the same meters in each of its columns.")
    self.number = number
    self.end = end
    self.values = values
    self.flags = flags
    self.clockErrors = clockErrors
  }

  /// Makes a row from the readings that all meters took at its end.
  ///
  /// Nil is the reading of a meter that registered nothing. `interrupted` tells which meters
  /// lost their supply in the interval.
  public init(
    number: Int, end: SimulationTime, readings: [MeterReading?], clocks: MeterClocks,
    interrupted: [Bool]
  ) {
    precondition(interrupted.count == readings.count, "Each meter has a supply.")
    var values: [Float] = []
    values.reserveCapacity(Self.valuesPerMeter * readings.count)
    var flags: [MeterRecordFlags] = []
    flags.reserveCapacity(readings.count)
    var errors: [Int32] = []
    errors.reserveCapacity(readings.count)
    for (meter, reading) in readings.enumerated() {
      Self.append(reading, to: &values)
      flags.append(reading == nil ? [] : .recorded)
      if interrupted[meter] { flags[meter].insert(.supplyInterrupted) }
      errors.append(Int32(clamping: clocks.error(of: Index(meter), at: end).milliseconds))
    }
    self.init(number: number, end: end, values: values, flags: flags, clockErrors: errors)
  }

  /// The number of meters.
  public var meterCount: Int { flags.count }

  /// Returns what a meter recorded, or nil where it registered nothing.
  public func reading(of meter: Index<SmartMeter>) -> MeterReading? {
    guard flags[meter.position].contains(.recorded) else { return nil }
    let first = meter.position * Self.valuesPerMeter
    func value(_ column: Int) -> Double { Double(values[first + column]) }
    return MeterReading(
      importedActiveWatts: value(0), exportedActiveWatts: value(1),
      importedReactiveVars: value(2), exportedReactiveVars: value(3),
      volts: (value(4), value(5), value(6)))
  }

  /// Returns the end of the interval as the meter's own clock showed it (E-17).
  public func timestamp(of meter: Index<SmartMeter>) -> SimulationTime {
    end + Interval(milliseconds: Int64(clockErrors[meter.position]))
  }

  private static func append(_ reading: MeterReading?, to values: inout [Float]) {
    guard let reading else {
      for _ in 0..<valuesPerMeter { values.append(0) }
      return
    }
    values.append(Float(reading.importedActiveWatts))
    values.append(Float(reading.exportedActiveWatts))
    values.append(Float(reading.importedReactiveVars))
    values.append(Float(reading.exportedReactiveVars))
    values.append(Float(reading.volts.0))
    values.append(Float(reading.volts.1))
    values.append(Float(reading.volts.2))
  }
}
