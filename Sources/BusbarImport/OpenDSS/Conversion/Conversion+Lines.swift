internal import BusbarGrid
internal import BusbarScenario

extension Conversion {
  mutating func convertLine(_ element: DSSElement, _ library: ConductorLibrary) {
    var state = LineState(
      baseFrequency: baseFrequency(of: element), codes: lineCodes, spacings: library.sizes)
    replay(element, into: &state)
    guard let from = state.from, let to = state.to else {
      return diagnostics.error(
        "the line has no \(state.from == nil ? "bus1" : "bus2")", at: element.location,
        remedy: "write both buses; 'like' does not copy them")
    }
    guard let code = lineCode(of: state, element, library) else { return }
    let id = names.name(element.name, of: "line", in: .branches)
    noteName(id, element)
    let ends = [from, to].map { $0.conductors(phases: code.phases, count: code.phases) }
    let buses = [buses.use(from, ends[0]), buses.use(to, ends[1])]
    self.buses.join(from, to)
    let texts = ends.map { Connection.text($0) }
    tables.lines.append(
      [
        .text(id), .text(buses[0]), .text(buses[1]), .text(texts[0]),
        texts[0] == texts[1] ? .empty : .text(texts[1]), .text(code.id), .number(code.length),
        .optional(ratedCurrent(of: state, element)), .empty,
      ], from: element.location)
    written[element.id] = WrittenElement(id: id, phases: code.phases)
    notes.add(.translated, element.id, "line")
    if state.isSwitch { notes.add(.translated, element.id, "the switch became a short line") }
  }

  /// The rated current in A as a scenario can have it; one that is not above zero rates nothing.
  private mutating func ratedCurrent(of state: LineState, _ element: DSSElement) -> Double? {
    guard let current = state.ratedCurrent else { return nil }
    if current > 0, current <= Self.largestRatedCurrent { return current }
    notes.add(
      .ignored, element.id, "NormAmps: \(ScenarioTable.decimal(current)) A is no rated current")
    return nil
  }

  /// What the field `rated_current` of a line accepts, in A.
  private static let largestRatedCurrent = 1e6

  /// A code in the tables, with what a line needs of it.
  struct LineCodeUse {
    let id: String
    let phases: Int
    /// The line's length in metres.
    let length: Double
  }

  private mutating func lineCode(
    of state: LineState, _ element: DSSElement, _ library: ConductorLibrary
  ) -> LineCodeUse? {
    if case .geometry(let name) = state.origin {
      guard let geometry = library.geometry(name, &diagnostics) else { return nil }
      return computed(geometry, "geometry-\(name.text)", state, element)
    }
    if let spacing = state.spacing, state.isSpaced {
      guard let geometry = library.geometry(spacing, state.conductors, &diagnostics) else {
        return nil
      }
      return computed(geometry, "line-\(element.name)", state, element)
    }
    var values = state.finalValues.at(frequency: frequency)
    if values.baseFrequency != state.finalValues.baseFrequency {
      notes.add(
        .translated, element.id, "the impedance was converted to \(frequency) Hz as OpenDSS does")
    }
    // What is left out of the comparison has no more effect.
    values.earth = LineValues.EarthReturn()
    let (unit, length) = state.metres
    let origin: String? =
      if case .code(let name) = state.origin, state.followsCode { name } else { nil }
    if state.hasNoUnit {
      notes.add(
        .translated, element.id,
        "a length without a unit is taken as \(unit == 1 ? "metres" : "kilometres")")
    }
    // A zero length has no impedance, which OpenDSS refuses to invert.
    guard length > 0 else {
      diagnostics.error(
        "the line has no length", at: element.location, remedy: "write a length above zero")
      return nil
    }
    let wanted = origin ?? "line-\(element.name)"
    return LineCodeUse(
      id: write(values, unit: unit, origin: origin, named: wanted, element),
      phases: values.phases, length: length)
  }

  private mutating func computed(
    _ geometry: LineGeometry, _ name: String, _ state: LineState, _ element: DSSElement
  ) -> LineCodeUse? {
    do {
      let earth = try earth(of: state, element)
      let constants = try geometry.constants(at: .hertz(frequency), over: earth)
      let values = LineValues(
        series: constants.seriesImpedance, shunt: constants.shuntAdmittance, frequency: frequency)
      notes.add(.translated, element.id, "its matrices were computed from its geometry")
      let unit = state.units.metres ?? 1
      return LineCodeUse(
        id: write(values, unit: 1, origin: name, named: name, element), phases: values.phases,
        length: state.length * unit)
    } catch let fault as DSSValueFault {
      diagnostics.error(fault.problem, at: fault.location, remedy: fault.remedy)
    } catch {
      diagnostics.error(
        "the geometry is not possible: \(error)", at: element.location,
        remedy: "check the positions and radii of its conductors")
    }
    return nil
  }

  private func earth(of state: LineState, _ element: DSSElement) throws(DSSValueFault) -> Earth {
    var model = state.earthModel
    if model == nil {
      for action in circuit.actions.prefix(element.precedingActions) {
        if case .set("earthmodel", let value) = action.kind { model = value }
      }
    }
    let names = ["carson", "fullcarson", "deri"]
    let models: [EarthModel] = [.carson, .fullCarson, .deri]
    let word = try model?.choice(names) ?? "deri"
    return Earth(
      model: names.firstIndex(of: word).map { models[$0] } ?? .deri,
      resistivity: state.givenRho ?? 100)
  }

  /// Writes a code unless there is one with the same values, and returns its id.
  mutating func write(
    _ values: LineValues, unit: Double, origin: String?, named wanted: String,
    _ element: DSSElement
  ) -> String {
    if let id = codeWriter.id(values, unit: unit, from: origin) { return id }
    let id = names.name(wanted, of: "code", in: .lineCodes)
    codeWriter.set(id, values, unit: unit, from: origin)
    let sequence = values.sequence
    let all = [sequence.r1, sequence.x1, sequence.r0, sequence.x0, sequence.c1, sequence.c0]
    let scale = 1_000 / unit
    if values.isSymmetrical && values.phases == 3 && all.allSatisfy({ $0 >= 0 }) {
      tables.lineCodes.append(
        [.text(id)] + all.map { .number($0 * scale) }, from: element.location)
      return id
    }
    for row in 0..<values.phases {
      for column in 0...row {
        let numbers = [
          values.resistance[row][column], values.reactance[row][column],
          values.capacitance[row][column],
        ]
        if row != column && numbers.allSatisfy({ $0 == 0 }) { continue }
        tables.lineMatrices.append(
          [.text(id), .whole(row + 1), .whole(column + 1)]
            + numbers.map { .number($0 * scale) }, from: element.location)
      }
    }
    return id
  }

  /// Notes a name that is not the element's own.
  mutating func noteName(_ id: String, _ element: DSSElement) {
    if id != element.name {
      notes.add(.translated, element.id, "named '\(id)', as another element has its name")
    }
  }
}
