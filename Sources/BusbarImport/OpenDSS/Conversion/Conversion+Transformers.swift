internal import BusbarGrid
internal import BusbarScenario

extension Conversion {
  mutating func convertTransformer(_ element: DSSElement) {
    var state = TransformerState(codes: transformerCodes)
    replay(element, into: &state)
    for place in state.windings.indices where state.terminals[place] == nil {
      let bus = "\(element.name)_\(place + 1)"
      state.nameBus(ofWinding: place, bus)
      notes.add(
        .approximated, element.id,
        "winding \(place + 1) has no bus, or one written before windings=; it has bus '\(bus)', as "
          + "in OpenDSS")
    }
    let id = names.name(element.name, of: "transformer", in: .branches)
    noteName(id, element)
    let ratio = frequency / baseFrequency(of: element)
    func leakage(_ place: Int) -> ScenarioTable.Cell {
      place == 0 || state.windings.count > 2 ? .number(state.leakage[place] * ratio) : .empty
    }
    tables.transformerUnits.append(
      [
        .text(id), .number(state.windings[0].kilovoltamperes), leakage(0), leakage(1), leakage(2),
        .number(state.noLoadLoss), .number(state.magnetisingCurrent / ratio),
        .number(state.antifloatPPM),
      ], from: element.location)
    for place in state.windings.indices { writeWinding(place, of: state, id, element) }
    relateWindings(state)
    written[element.id] = WrittenElement(id: id, phases: state.phases)
    notes.add(.translated, element.id, "transformer")
  }

  private mutating func writeWinding(
    _ place: Int, of state: TransformerState, _ id: String, _ element: DSSElement
  ) {
    let winding = state.windings[place]
    guard let terminal = state.terminals[place] else { return }
    let ends = terminal.conductors(phases: state.phases, count: state.phases + 1)
    let coils = Self.coils(of: winding, ends, state)
    let bus = buses.use(terminal, ends)
    let step =
      winding.tapCount > 0
      ? (winding.maximumTap - winding.minimumTap) / Double(winding.tapCount) : 0
    let taps = Taps(winding, step: step)
    tables.windings.append(
      [
        .text(id), .whole(place + 1), .text(bus), .text(coils.map(\.text).joined(separator: " ")),
        .number(state.coilVolts(winding)), .number(winding.resistance),
        taps.turns == 1 ? .empty : .number(taps.turns), .whole(taps.position),
        .whole(taps.minimum), .whole(taps.maximum), .number(step),
      ], from: element.location)
    writeNeutral(of: place, state, id, (bus, ends[state.phases], element))
  }

  private static func coils(
    of winding: TransformerState.Winding, _ ends: [Conductor?], _ state: TransformerState
  ) -> [ConductorPair] {
    let phases = state.phases
    if !winding.isDelta || phases == 1 {
      return (0..<phases).map { ConductorPair(ends[$0], ends[phases]) }
    }
    return (0..<phases).map { phase in
      var other = phase + state.deltaStep
      if phases > 2 {
        other = (other + phases) % phases
      } else if other < 0 {
        // Of an open delta the third conductor completes the triangle.
        other = 2
      }
      return ConductorPair(ends[phase], ends[other])
    }
  }

  /// Writes what lies between the star point of a winding and earth.
  private mutating func writeNeutral(
    of place: Int, _ state: TransformerState, _ id: String,
    _ at: (bus: String, neutral: Conductor?, element: DSSElement)
  ) {
    let winding = state.windings[place]
    guard let neutral = at.neutral, !winding.isDelta else { return }
    let leg = ConductorPair(neutral, nil).text
    let volts = state.coilVolts(winding)
    let power = state.windings[0].kilovoltamperes * 1e3 / Double(state.phases)
    let name = names.name("\(id)-\(place + 1)-neutral", of: "transformer", in: .shunts)
    var cells: [ScenarioTable.Cell] = [.text(name), .text(at.bus), .text(leg)]
    let (resistance, reactance) = (winding.neutralResistance, winding.neutralReactance)
    if resistance >= 0 {
      let ratio = frequency / baseFrequency(of: at.element)
      let isSolid = resistance == 0 && reactance == 0
      cells += [.number(isSolid ? 1e-6 : resistance), .number(reactance * ratio), .empty, .empty]
      notes.add(.translated, at.element.id, "the impedance of its neutral became a shunt")
    } else if state.antifloatPPM != 0 {
      // OpenDSS adds as much at an open star point as at a coil end.
      let susceptance = -state.antifloatPPM * 1e-6 * power / (volts * volts) / 2
      cells += [.empty, .empty, .number(0), .number(susceptance)]
      notes.add(.translated, at.element.id, "ppm_antifloat at its open neutral became a shunt")
    } else {
      return
    }
    tables.shunts.append(cells, from: at.element.location)
  }

  /// Tells which nominal voltages belong together.
  private mutating func relateWindings(_ state: TransformerState) {
    let levels = zip(state.windings, state.terminals).compactMap {
      winding, terminal -> (BusTerminal, volts: Double)? in
      guard let terminal else { return nil }
      let ends = terminal.conductors(phases: state.phases, count: state.phases + 1)
      // The voltage of a single coil lies between phases unless an end is earth or neutral.
      let isBetweenPhases = state.phases > 1 || !ends.contains { $0 == nil || $0 == .n }
      return (terminal, winding.kilovolts * 1e3 * (isBetweenPhases ? 1 : 3.0.squareRoot()))
    }
    for other in levels.dropFirst() { buses.relate(levels[0], other) }
  }

  /// The states of all codes by name.
  mutating func readTransformerCodes() {
    for element in circuit.elements where element.type.name == "xfmrcode" {
      var state = TransformerState()
      replay(element, into: &state)
      transformerCodes[element.name.lowercased()] = state
    }
  }

  /// Where a tap changer stands.
  private struct Taps {
    let position: Int
    let minimum: Int
    let maximum: Int
    /// The turns at position 0.
    let turns: Double

    init(_ winding: TransformerState.Winding, step: Double) {
      guard step > 0, step <= 1, winding.minimumTap <= 1, winding.maximumTap >= 1 else {
        (position, minimum, maximum, turns) = (0, 0, 0, winding.tap)
        return
      }
      let lowest = min(Int(((winding.minimumTap - 1) / step).rounded()), 0)
      let highest = max(Int(((winding.maximumTap - 1) / step).rounded()), 0)
      let exact = (winding.tap - 1) / step
      let nearest = exact.rounded()
      guard lowest >= -100, highest <= 100, abs(nearest) <= 1_000 else {
        (position, minimum, maximum, turns) = (0, 0, 0, winding.tap)
        return
      }
      minimum = lowest
      maximum = highest
      // A tap between two positions is kept as turns beside the nearest position.
      if abs(exact - nearest) < 1e-9, (lowest...highest).contains(Int(nearest)) {
        position = Int(nearest)
        turns = 1
      } else {
        position = min(max(Int(nearest), lowest), highest)
        turns = winding.tap - Double(position) * step
      }
    }
  }
}
