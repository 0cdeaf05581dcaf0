internal import BusbarDevices
internal import BusbarEvents
internal import BusbarMessaging
internal import BusbarUnits

enum CustomerRecord {
  static let id = Field.identifier("id", "The name of the customer.")
  static let bus = Field.reference("bus", to: "buses", "The bus of the point of connection.")
  static let phases = Field.conductors(
    "phases", default: "abc",
    "The conductors that reach the point of connection, with n where the neutral does.")
  static let meter = Field.identifier(
    "meter", "The name of the smart meter; without it the customer has none."
  ).optional
  static let concentrator = Field.reference(
    "concentrator", to: "concentrators",
    "The concentrator that collects from the meter; the only one by default."
  ).optional
  static let mappedPhases = Field.conductors(
    "mapped_phases",
    "The phases at which the operator believes the meter to be; the true ones by default."
  ).optional
  static let contractedPower = Field.quantity(
    "contracted_power", .activePower, range: .nonNegative,
    "The power above which the meter reports an overrun; none by default."
  ).optional

  static let declaration = RecordDeclaration(
    "customer", "A contracting party at a point of connection.", id, bus, phases, meter,
    concentrator, mappedPhases, contractedPower)
}

/// What every device has, whatever its kind.
enum DeviceRecord {
  static let id = Field.identifier("id", "The name of the device.")
  static let customer = Field.reference(
    "customer", to: "customers", "The customer behind whose meter the device lies.")
  static let phases = Field.conductors(
    "phases", "The conductors that the device uses; those of the customer by default."
  ).optional
  static let connection = Field.choice(
    "connection", DeviceLegs.Shape.allCases.map(\.rawValue),
    "How the power is shared: wye, from each phase to n or else to earth, which is the default; or "
      + "delta, between the phases."
  ).optional
  static let legs = Field.legs(
    "legs",
    "The pairs of conductors that share the power equally, instead of phases and connection."
  ).optional
}

enum ProfileRecord {
  static let file = Field.text(
    "file", "A CSV file with a column for each profile and a row for each step.")
  static let step = Field.interval(
    "step", range: .positiveTime,
    "How long each row holds; the first one from the start of the run.")

  static let declaration = RecordDeclaration(
    "profile table", "Factors over time, for devices to follow.", file, step)
}

enum MeteringRecord {
  static let interval = Field.interval(
    "interval", default: 30 * 60_000, range: .positiveTime,
    "The time over which meters average, and after which they are read.")
  static let clockDrift = Field.number(
    "clock_drift_ppm", default: 0, range: .closed(0...1e6),
    "The standard deviation of the rate error of the meters' clocks, in parts per million.")
  static let clockOffset = Field.interval(
    "clock_offset", default: 0, range: .time,
    "The standard deviation of the clocks' error at the start.")
  static let clockResidual = Field.interval(
    "clock_residual", default: 0, range: .time,
    "The standard deviation of the error that a synchronisation leaves.")
  static let mapErrors = Field.quantity(
    "map_errors", .ratio, default: 0, range: FieldRange(from: .closed(0), to: .closed(1)),
    "The share of single-phase meters that the operator's map has at a wrong phase.")
  static let pushPeriod = Field.interval(
    "push_period", range: .positiveTime,
    "The time between two pushes of a meter's records; without it meters are only asked."
  ).optional
  static let pushWindow = Field.interval(
    "push_window", default: 0, range: .time,
    "The time over which the meters' pushes are spread at random.")
  static let pushTimeout = Field.interval(
    "push_timeout", default: 60_000, range: .positiveTime,
    "How long an acknowledgement may take before a meter pushes again.")
  static let realTime = Field.choice(
    "real_time", RealTime.allCases.map(\.rawValue), default: RealTime.none.rawValue,
    "Whether meters report overruns every 10 s and injection every 30 s: not at all, to where their "
      + "records go, or to the customer's own system.")

  /// Where reports of power go.
  enum RealTime: String, CaseIterable {
    case none, collector, local
  }

  static let declaration = RecordDeclaration(
    "metering", "How the smart meters work.", interval, clockDrift, clockOffset, clockResidual,
    mapErrors, pushPeriod, pushWindow, pushTimeout, realTime)

  static func push(_ record: DecodedRecord) -> PushSchedule? {
    record[optional: pushPeriod].map {
      PushSchedule(
        period: Interval(milliseconds: $0), offset: Interval(milliseconds: $0),
        window: Interval(milliseconds: record[pushWindow]),
        retry: RetryPolicy(firstWait: Interval(milliseconds: record[pushTimeout])))
    }
  }

  static func clocks(_ record: DecodedRecord) -> MeterClockQuality {
    func scatter(_ deviation: Double) -> Distribution {
      deviation == 0 ? .constant(0) : .normal(mean: 0, standardDeviation: deviation)
    }
    return MeterClockQuality(
      initialOffset: scatter(Double(record[clockOffset])),
      drift: scatter(record[clockDrift]), residual: scatter(Double(record[clockResidual])))
  }
}
