internal import BusbarGrid
internal import BusbarScenario
internal import BusbarUnits
internal import ComplexModule

extension Conversion {
  /// The ends of a capacitor or reactor, conductor by conductor.
  private struct Ends {
    let from: BusTerminal
    let to: BusTerminal
    let first: [Conductor?]
    let second: [Conductor?]

    /// A second bus that is the first, or of which only earth is used, makes a shunt.
    var isShunt: Bool { to.key == from.key || second.allSatisfy { $0 == nil } }

    init(_ from: BusTerminal, _ to: BusTerminal?, phases: Int) {
      self.from = from
      self.to = to ?? BusTerminal(name: from.name, nodes: Array(repeating: 0, count: phases))
      first = from.conductors(phases: phases, count: phases)
      second = self.to.conductors(phases: phases, count: phases)
    }

    /// The legs of a shunt; those that have both ends in one place have no effect.
    func legs(isDelta: Bool) -> [ConductorPair] {
      guard isDelta else {
        return zip(first, second).map { ConductorPair($0, $1) }.filter { $0.plus != $0.minus }
      }
      let phases = first.count
      let ends = from.conductors(phases: phases, count: phases > 2 ? phases : phases + 1)
      return (0..<phases).map { ConductorPair(ends[$0], ends[($0 + 1) % ends.count]) }
        .filter { $0.plus != $0.minus }
    }
  }

  private mutating func ends(
    _ from: BusTerminal?, _ to: BusTerminal?, phases: Int, _ element: DSSElement
  ) -> Ends? {
    guard let from else {
      diagnostics.error(
        "the \(element.type.name) has no bus1", at: element.location,
        remedy: "write bus1; 'like' does not copy it")
      return nil
    }
    return Ends(from, to, phases: phases)
  }

  mutating func convertCapacitor(_ element: DSSElement) {
    var state = CapacitorState()
    replay(element, into: &state)
    guard let ends = ends(state.from, state.to, phases: state.phases, element) else { return }
    let susceptance = state.susceptance(base: baseFrequency(of: element), frequency: frequency)
    let ratio = frequency / baseFrequency(of: element)
    let series = Phasor(state.resistance, state.reactance * ratio)
    guard susceptance != 0 else {
      return notes.add(.ignored, element.id, "it has no capacitance")
    }
    if !state.isDelta && !ends.isShunt {
      let impedance = (series + Phasor(0, -1 / susceptance))
        .divided(by: Double(max(state.closedSteps, 1)))
      return writeSeries(impedance, ends, state.phases, element)
    }
    let legs = ends.legs(isDelta: state.isDelta)
    guard !legs.isEmpty else {
      return notes.add(.ignored, element.id, "both of its ends are in one place")
    }
    let id = names.name(element.name, of: element.type.name, in: .shunts)
    noteName(id, element)
    let bus = buses.use(ends.from, ends.first)
    let text = legs.map(\.text).joined(separator: " ")
    if series == .zero {
      let volts = state.phaseVolts
      let steps = Double(state.steps)
      let isClosed = state.closedSteps == state.steps
      let kilovars = susceptance * volts * volts / 1e3 * Double(legs.count) * steps
      tables.capacitors.append(
        [
          .text(id), .text(bus), .text(text), .number(volts), .number(kilovars),
          state.steps == 1 && isClosed ? .empty : .whole(state.steps),
          isClosed ? .empty : .whole(state.closedSteps),
        ], from: element.location)
      notes.add(.translated, element.id, "capacitor")
    } else {
      writeFilter(id, bus, text, (state, series, susceptance), element)
    }
    written[element.id] = WrittenElement(id: id, phases: state.phases)
  }

  /// Writes a capacitor with a resistor or coil in series as a shunt.
  private mutating func writeFilter(
    _ id: String, _ bus: String, _ legs: String,
    _ capacitor: (state: CapacitorState, series: Phasor, susceptance: Double),
    _ element: DSSElement
  ) {
    let state = capacitor.state
    guard !state.isDelta else {
      return diagnostics.error(
        "a delta of capacitors with resistance or reactance in series cannot be translated",
        at: element.location, remedy: "remove r and xl, or connect it in wye")
    }
    guard state.closedSteps > 0 else { return notes.add(.ignored, element.id, "all steps are off") }
    let impedance = (capacitor.series + Phasor(0, -1 / capacitor.susceptance))
      .divided(by: Double(state.closedSteps))
    tables.shunts.append(
      [
        .text(id), .text(bus), .text(legs), .number(impedance.real), .number(impedance.imaginary),
        .empty, .empty,
      ], from: element.location)
    notes.add(.translated, element.id, "the filter became a shunt, whose steps are not switched")
  }

  /// The least impedance of a reactor in ohm; below it the solution loses its digits.
  private static let leastImpedance = 1e-9

  mutating func convertReactor(_ element: DSSElement) {
    let base = baseFrequency(of: element)
    var state = ReactorState(baseFrequency: base)
    replay(element, into: &state)
    guard let ends = ends(state.from, state.to, phases: state.phases, element) else { return }
    if state.form == .matrices || state.form == .sequence {
      return convertMatrixReactor(state, ends, base, element)
    }
    var impedance = Phasor(state.resistance, state.phaseReactance * frequency / base)
    if let parallel = state.parallelResistance, parallel != 0 {
      impedance = (Phasor(1) / impedance + Phasor(1 / parallel)).reciprocal ?? .zero
    }
    guard impedance != .zero else {
      return diagnostics.error(
        "the reactor has no impedance", at: element.location, remedy: "write r or x above zero")
    }
    if impedance.length < Self.leastImpedance {
      impedance = impedance.multiplied(by: Self.leastImpedance / impedance.length)
      notes.add(
        .approximated, element.id, "its impedance is raised to \(Self.leastImpedance) ohm")
    }
    if !state.isDelta && !ends.isShunt {
      return writeSeries(impedance, ends, state.phases, element)
    }
    let legs = ends.legs(isDelta: state.isDelta)
    guard !legs.isEmpty else {
      return notes.add(.ignored, element.id, "both of its ends are in one place")
    }
    let id = names.name(element.name, of: element.type.name, in: .shunts)
    noteName(id, element)
    let bus = buses.use(ends.from, ends.first)
    tables.shunts.append(
      [
        .text(id), .text(bus), .text(legs.map(\.text).joined(separator: " ")),
        .number(impedance.real), .number(impedance.imaginary), .empty, .empty,
      ], from: element.location)
    written[element.id] = WrittenElement(id: id, phases: state.phases)
    notes.add(.translated, element.id, "reactor")
  }

  private mutating func convertMatrixReactor(
    _ state: ReactorState, _ ends: Ends, _ base: Double, _ element: DSSElement
  ) {
    guard !ends.isShunt, !state.isDelta else {
      return diagnostics.error(
        "a reactor with matrices from a bus to earth cannot be translated", at: element.location,
        remedy: "give r and x, or a second bus")
    }
    var values = LineValues(baseFrequency: base)
    values.setPhases(state.phases)
    var matrix = ComplexMatrix(zero: state.phases)
    let zero = state.z0 ?? state.z1
    let own = Phasor(zero.real + 2 * state.z1.real, zero.imaginary + 2 * state.z1.imaginary)
      .divided(by: 3)
    let mutual = Phasor(zero.real - state.z1.real, zero.imaginary - state.z1.imaginary)
      .divided(by: 3)
    for row in 0..<state.phases {
      for column in 0..<state.phases {
        if state.form == .sequence {
          matrix[row, column] = row == column ? own : state.phases == 3 ? mutual : .zero
        } else {
          matrix[row, column] = Phasor(
            state.resistanceMatrix.isEmpty ? 0 : state.resistanceMatrix[row][column],
            (state.reactanceMatrix.isEmpty ? 0 : state.reactanceMatrix[row][column]))
        }
        matrix[row, column].imaginary *= frequency / base
      }
    }
    writeSeries(matrix, ends, element)
  }

  private mutating func writeSeries(
    _ impedance: Phasor, _ ends: Ends, _ phases: Int, _ element: DSSElement
  ) {
    var matrix = ComplexMatrix(zero: phases)
    for phase in 0..<phases { matrix[phase, phase] = impedance }
    writeSeries(matrix, ends, element)
  }

  /// Writes something between two buses as a line of 1 m.
  private mutating func writeSeries(
    _ impedance: ComplexMatrix, _ ends: Ends, _ element: DSSElement
  ) {
    let values = LineValues(
      series: impedance, shunt: ComplexMatrix(zero: impedance.order), frequency: frequency)
    let id = names.name(element.name, of: element.type.name, in: .branches)
    noteName(id, element)
    let code = write(
      values, unit: 1, origin: nil, named: "\(element.type.name)-\(element.name)", element)
    let bus = [buses.use(ends.from, ends.first), buses.use(ends.to, ends.second)]
    buses.join(ends.from, ends.to)
    let texts = [Connection.text(ends.first), Connection.text(ends.second)]
    tables.lines.append(
      [
        .text(id), .text(bus[0]), .text(bus[1]), .text(texts[0]),
        texts[0] == texts[1] ? .empty : .text(texts[1]), .text(code), .number(1), .empty,
        .empty,
      ], from: element.location)
    written[element.id] = WrittenElement(id: id, phases: impedance.order)
    notes.add(
      .translated, element.id, "the \(element.type.name) between two buses became a line of 1 m")
  }
}
