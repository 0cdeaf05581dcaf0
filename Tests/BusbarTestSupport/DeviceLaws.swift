public import BusbarDevices
internal import BusbarEvents
public import BusbarUnits

/// The laws that every model of devices obeys, as the sentences that were broken.
public enum DeviceLaws {
  /// Checks a model with parameters; returns the broken laws.
  ///
  /// Zero time is identity; advancing twice equals advancing once over both times, where the device
  /// does not change in between; the next change lies ahead; demand and channels are finite.
  public static func violations<Model: DeviceModel>(
    of model: Model.Type, _ parameters: Model.Parameters, seed: UInt64
  ) -> [String] {
    var numbers = SeededNumbers(seed: seed)
    var broken: [String] = []
    var state = model.initialState(parameters)
    for step in 0..<50 {
      let voltage = Voltage.volts(Double.random(in: 0...300, using: &numbers))
      let power = model.demand(state, at: voltage, parameters)
      if !power.activeWatts.isFinite || !power.reactiveVars.isFinite {
        broken.append("step \(step): the demand is not finite")
      }
      if model.advance(state, by: .zero, drawing: power, parameters) != state {
        broken.append("step \(step): zero time changes the state")
      }
      let wait = model.timeUntilNextChange(state, parameters)
      if let wait, wait <= .zero {
        broken.append("step \(step): the next change does not lie ahead")
        break
      }
      let whole = wait ?? Interval.minutes(7)
      let part = Interval(milliseconds: Int64.random(in: 0...whole.milliseconds, using: &numbers))
      let rest = Interval(milliseconds: whole.milliseconds - part.milliseconds)
      let once = model.advance(state, by: whole, drawing: power, parameters)
      let twice = model.advance(
        model.advance(state, by: part, drawing: power, parameters), by: rest, drawing: power,
        parameters)
      if once != twice { broken.append("step \(step): two times are not one") }
      for channel in model.channels where !channel.value(once, parameters, power).isFinite {
        broken.append("step \(step): channel \(channel.name) is not finite")
      }
      state = once
    }
    return broken
  }

  /// Values for a device of a model that do not contradict one another; references name `profile`.
  ///
  /// Optional fields are left out at random.
  public static func soundValues<Model: DeviceModel>(
    of model: Model.Type, _ declaration: RecordDeclaration, profile: String,
    _ numbers: inout SeededNumbers
  ) -> FieldValues {
    while true {
      let values = sampleValues(of: declaration, profile: profile, &numbers)
      if model.contradictions(in: values).isEmpty { return values }
    }
  }

  /// Values for the fields of a declaration, within their ranges; references name `profile`.
  static func sampleValues(
    of declaration: RecordDeclaration, profile: String, _ numbers: inout SeededNumbers
  ) -> FieldValues {
    FieldValues(
      of: declaration,
      inOrder: declaration.fields.map { field -> FieldValue? in
        if field.presence == .optional, Bool.random(using: &numbers) { return nil }
        return switch field.kind {
        case .quantity, .number: .number(sample(field.range, &numbers))
        case .integer: .integer(Int(sample(field.range, &numbers).rounded()))
        case .interval: .milliseconds(Int64(sample(field.range, &numbers)) * 1_000)
        case .text, .identifier: .text("name")
        case .boolean: .boolean(Bool.random(using: &numbers))
        case .choice(let words): .text(words.randomElement(using: &numbers) ?? "")
        case .conductors, .connection: .text("abc")
        case .legs: .text("a-b b-e")
        case .reference: .text(profile)
        }
      })
  }

  private static func sample(_ range: FieldRange, _ numbers: inout SeededNumbers) -> Double {
    let candidates = [0.95, 0.1, 1, 0.5, 10, 1_000, -1]
    return candidates.filter(range.contains).randomElement(using: &numbers) ?? 1
  }
}
