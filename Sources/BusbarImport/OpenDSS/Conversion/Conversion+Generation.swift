internal import BusbarScenario

extension Conversion {
  private static let asLoad = "it became a load of negative power, without a model of its own"

  /// Writes something that gives power as a load of negative power.
  private mutating func writeGeneration(
    _ output: (kilowatts: Double, kilovars: Double), _ model: Int, _ terminals: DeviceTerminals,
    _ element: DSSElement, profile: String? = nil
  ) {
    guard checkTerminal(terminals, element) else { return }
    var row = DeviceRow(kilowatts: -output.kilowatts, kilovars: -output.kilovars)
    row.profile = profile
    // OpenDSS takes the impedance of any delta for that of a closed one.
    let share = terminals.isDelta && terminals.phases == 1 ? 1.0 / 3 : 1
    switch model {
    case 2:
      (row.response, row.hasWindow) = ("constant_impedance", false)
      row.kilowatts *= share
      row.kilovars *= share
    case 4: row.response = "fixed_reactive"
    case 5:
      row.response = "fixed_reactive_impedance"
      row.kilovars *= share
    default: break
    }
    writeDevice(row, terminals, element)
    notes.add(.approximated, element.id, Self.asLoad)
  }

  mutating func convertGenerator(_ element: DSSElement) {
    var state = GeneratorState()
    replay(element, into: &state)
    let factor = state.isFixed ? 1 : options.generationFactor
    var profile: String?
    if !state.isFixed, let shape = state.shapes.shape(in: options.mode) {
      profile = shapes.use(shape, &diagnostics)?.active
    }
    if state.model == 7 {
      notes.add(.approximated, element.id, "its current is not limited below vminpu")
    }
    writeGeneration(
      (state.kilowatts * factor, state.kilovars * factor), state.model, state.terminals, element,
      profile: profile)
  }

  mutating func convertPV(_ element: DSSElement) {
    var state = PVState()
    replay(element, into: &state)
    let efficiency = state.efficiencyCurve.flatMap { shapes.curve($0, &diagnostics) }
    let derating = state.temperatureCurve.flatMap { shapes.curve($0, &diagnostics) }
    func output(_ light: Double, _ temperature: Double) -> (kilowatts: Double, kilovars: Double) {
      let panel =
        state.irradiance * light * state.peakPower * (derating?.value(at: temperature) ?? 1)
      return state.output(panel: panel) { efficiency?.value(at: $0) ?? 1 }
    }
    let nominal = output(1, state.temperature)
    var profile: String?
    if let shape = state.shapes.shape(in: options.mode) {
      let temperatures = state.temperatureShapes.shape(in: options.mode)
      profile = shapes.derive(
        "pvsystem-\(element.name)", from: shape, temperatures, &diagnostics
      ) { light, temperature in
        let kilowatts = output(light, temperature ?? state.temperature).kilowatts
        return nominal.kilowatts == 0 ? 0 : kilowatts / nominal.kilowatts
      }
      if nominal.kilovars != 0 {
        notes.add(
          .approximated, element.id, "over time its reactive power follows the active one")
      }
    }
    writeGeneration(nominal, state.model, state.terminals, element, profile: profile)
  }

  mutating func convertStorage(_ element: DSSElement) {
    var state = StorageState()
    replay(element, into: &state)
    var output = state.output
    let run = options.run
    let isRun =
      options.mode != .snapshot && circuit.actions.contains { $0.kind == .solve }
    if isRun, output.kilowatts > 0,
      state.hours(giving: output.kilowatts) <= run.stepSeconds * Double(run.count) / 3_600
    {
      output = state.idlingOutput
      notes.add(
        .approximated, element.id, "it is empty after the run that the file asks for, so it idles")
    }
    if state.shapes.shape(in: options.mode) != nil {
      notes.add(.approximated, element.id, "it does not follow its shape, but keeps its power")
    }
    writeGeneration(output, state.model, state.terminals, element)
  }
}
