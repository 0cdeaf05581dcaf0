internal import BusbarGrid
internal import BusbarUnits

/// A bank of capacitors with steps that are switched on and off.
enum CapacitorRecord {
  static let id = Field.identifier("id", "The name of the capacitor.")
  static let bus = Field.reference("bus", to: "buses", "The bus of the capacitor.")
  static let legs = Field.legs(
    "legs",
    "The pairs of conductors between which the capacitor lies, such as 'a-e b-e c-e' or "
      + "'a-b b-c c-a'.")
  static let ratedVoltage = Field.quantity(
    "rated_voltage", .voltage, range: FieldRange(from: .open(0), to: .closed(2e6)),
    "The rated voltage across a leg.")
  static let reactivePower = Field.quantity(
    "reactive_power", .reactivePower, range: FieldRange(from: .open(0), to: .closed(1e12)),
    "What all legs of all steps deliver at rated voltage.")
  static let steps = Field.integer(
    "steps", default: 1, range: .closed(1...100), "The number of equal steps.")
  static let closedSteps = Field.integer(
    "closed_steps", range: .closed(0...100),
    "The number of steps that are on at the start; all of them by default."
  ).optional

  static let declaration = RecordDeclaration(
    "capacitor", "A bank of capacitors at a bus, in one or more steps.",
    id, bus, legs, ratedVoltage, reactivePower, steps, closedSteps)

  /// Makes the shunt: each step has Q / (steps · legs · V²) in each leg.
  static func shunt(_ record: DecodedRecord, _ diagnostics: inout Diagnostics) -> Shunt? {
    let legs = ConductorPair.legs(record[legs])
    let count = record[steps]
    let closed = record[optional: closedSteps] ?? count
    guard closed <= count else {
      diagnostics.error(
        "closed_steps \(closed) is more than the \(count) steps that there are",
        at: record.location(of: closedSteps), remedy: "write at most \(count)")
      return nil
    }
    let volts = record[ratedVoltage]
    let susceptance = record[reactivePower] / Double(count * legs.count) / (volts * volts)
    guard ShuntRecord.isReasonable(Phasor(0, susceptance)) else {
      diagnostics.error(
        "a leg would have \(plainDecimal(susceptance)) S", at: record.location(of: reactivePower),
        remedy: "check reactive_power and rated_voltage")
      return nil
    }
    return Shunt(
      id: record[id], bus: record[bus],
      steps: (0..<count).map {
        .init(legs: legs, admittance: Phasor(0, susceptance), isClosed: $0 < closed)
      })
  }
}

/// Something linear at a bus: a reactor, a resistor, an earthing.
enum ShuntRecord {
  /// Far beyond any equipment; keeps the solver's numbers finite.
  private static let largest = 1e9
  private static let either = FieldRange.closed(-largest...largest)
  private static let positive = FieldRange.closed(0...largest)

  static let id = Field.identifier("id", "The name of the shunt.")
  static let bus = Field.reference("bus", to: "buses", "The bus of the shunt.")
  static let legs = Field.legs(
    "legs",
    "The pairs of conductors between which the shunt lies, such as 'n-e' for an earthing.")
  static let resistance = Field.quantity(
    "resistance", .impedance, range: positive, "The resistance of each leg."
  ).optional
  static let reactance = Field.quantity(
    "reactance", .impedance, range: either,
    "The reactance in series with the resistance of each leg; positive for a coil."
  ).optional
  static let conductance = Field.quantity(
    "conductance", .admittance, range: positive, "The conductance of each leg."
  ).optional
  static let susceptance = Field.quantity(
    "susceptance", .admittance, range: either,
    "The susceptance beside the conductance of each leg; positive for a capacitor."
  ).optional

  static let declaration = RecordDeclaration(
    "shunt", "A reactor, a resistor or an earthing at a bus.",
    id, bus, legs, resistance, reactance, conductance, susceptance)

  static func shunt(_ record: DecodedRecord, _ diagnostics: inout Diagnostics) -> Shunt? {
    guard let admittance = admittance(record, &diagnostics) else { return nil }
    return Shunt(
      id: record[id], bus: record[bus],
      steps: [
        .init(legs: ConductorPair.legs(record[legs]), admittance: admittance, isClosed: true)
      ])
  }

  /// The admittance of a leg, from an impedance or from itself.
  private static func admittance(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> Phasor? {
    let series = [resistance, reactance].filter { record[optional: $0] != nil }
    let parallel = [conductance, susceptance].filter { record[optional: $0] != nil }
    let remedy = "give resistance and reactance, or conductance and susceptance"
    if let second = parallel.first, let first = series.first {
      diagnostics.error(
        "'\(second.name)' and '\(first.name)' both give the admittance",
        at: record.location(of: second), remedy: remedy)
      return nil
    }
    guard let given = series.first ?? parallel.first else {
      diagnostics.error(
        "shunt '\(record[id])' has no admittance", at: record.location, remedy: remedy)
      return nil
    }
    func value(_ field: Field<Double>) -> Double { record[optional: field] ?? 0 }
    let impedance = Phasor(value(resistance), value(reactance))
    let square = impedance.lengthSquared
    let admittance =
      series.isEmpty
      ? Phasor(value(conductance), value(susceptance))
      : Phasor(impedance.real / square, -impedance.imaginary / square)
    guard isReasonable(admittance) else {
      diagnostics.error(
        "a leg would have an impedance of \(plainDecimal(impedance.length)) ohm",
        at: record.location(of: given),
        remedy: "write at least 1e-9 ohm, or join the conductors by a line")
      return nil
    }
    return admittance
  }

  static func isReasonable(_ admittance: Phasor) -> Bool {
    admittance.isFinite && admittance.length <= largest
  }
}

extension Shunt {
  /// Makes a shunt whose steps all lie between the same conductors.
  fileprivate init(id: String, bus: String, steps: [LegStep]) {
    let conductors = steps.reduce(ConductorSet()) { set, step in
      step.legs.reduce(set) { $0.union($1.conductors) }
    }
    self.init(
      id: id, connection: Connection(bus: bus, conductors),
      steps: steps.map { $0.step(between: conductors) })
  }

  /// A step that has the same admittance in each of its legs.
  fileprivate struct LegStep {
    let legs: [ConductorPair]
    let admittance: Phasor
    let isClosed: Bool

    /// Adds up the legs in a matrix; what goes to earth has no row.
    func step(between conductors: ConductorSet) -> Shunt.Step {
      var matrix = ComplexMatrix(zero: conductors.count)
      for leg in legs {
        let ends = [(leg.plus, 1.0), (leg.minus, -1.0)].compactMap { end, sign in
          end.flatMap { conductors.rank(of: $0) }.map { (rank: $0, sign: sign) }
        }
        for one in ends {
          for other in ends {
            matrix[one.rank, other.rank] += admittance.multiplied(by: one.sign * other.sign)
          }
        }
      }
      return Shunt.Step(admittance: matrix, isClosed: isClosed)
    }
  }
}
