internal import BusbarGrid
internal import BusbarUnits

/// The pairs of conductors among which a device's power is shared.
enum DeviceLegs {
  /// How a device lies between its phases.
  enum Shape: String, CaseIterable {
    /// From each phase to the neutral, or to earth where no neutral is among the conductors.
    case wye
    /// From each phase to the next.
    case delta
  }

  /// Why a device cannot be connected as it is written.
  struct Fault: Error {
    let field: Field<String>
    let problem: String
    let remedy: String
  }

  /// The legs of a device, all of them between conductors that reach its customer.
  static func legs(
    of record: DecodedRecord, within reached: ConductorSet
  ) -> Result<[ConductorPair], Fault> {
    if let text = record[optional: DeviceRecord.legs] {
      let legs = ConductorPair.legs(text)
      if let stray = legs.first(where: { !$0.conductors.isSubset(of: reached) }) {
        return .failure(
          Fault(
            field: DeviceRecord.legs,
            problem: "has the leg '\(stray.text)', but its customer has '\(reached.text)'",
            remedy: "choose from the customer's conductors, or give the customer more"))
      }
      return .success(legs)
    }
    let text = record[optional: DeviceRecord.phases] ?? reached.text
    guard let conductors = ConductorSet(text), conductors.isSubset(of: reached) else {
      return .failure(
        Fault(
          field: DeviceRecord.phases,
          problem: "has phases '\(text)', but its customer has '\(reached.text)'",
          remedy: "choose from the customer's phases"))
    }
    let isDelta = record[optional: DeviceRecord.connection] == Shape.delta.rawValue
    return legs(between: conductors, isDelta ? .delta : .wye)
  }

  /// The legs of a shape; the neutral is only ever an end, not a phase.
  static func legs(
    between conductors: ConductorSet, _ shape: Shape
  ) -> Result<[ConductorPair], Fault> {
    let phases = conductors.subtracting(.n).members
    switch (shape, phases.count) {
    case (.wye, 0):
      return .failure(
        Fault(
          field: DeviceRecord.phases, problem: "has the neutral alone",
          remedy: "add a phase, or give 'legs'"))
    case (.wye, _):
      let end: Conductor? = conductors.contains(Conductor.n) ? .n : nil
      return .success(phases.map { ConductorPair($0, end) })
    case (.delta, 2):
      return .success([ConductorPair(phases[0], phases[1])])
    case (.delta, 3):
      return .success((0..<3).map { ConductorPair(phases[$0], phases[($0 + 1) % 3]) })
    case (.delta, let count):
      return .failure(
        Fault(
          field: DeviceRecord.connection,
          problem: "is a delta of \(count == 1 ? "1 phase" : "\(count) phases")",
          remedy: "give it two or three phases, or give 'legs'"))
    }
  }
}
