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

  static let declaration = RecordDeclaration(
    "customer", "A contracting party at a point of connection.", id, bus, phases, meter)
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
    "step", range: .positive, "How long each row holds; the first one from the start of the run.")

  static let declaration = RecordDeclaration(
    "profile table", "Factors over time, for devices to follow.", file, step)
}

enum MeteringRecord {
  static let interval = Field.interval(
    "interval", default: 30 * 60_000, range: .positive,
    "The time over which meters average, and after which they are read.")

  static let declaration = RecordDeclaration(
    "metering", "How the smart meters work.", interval)
}
