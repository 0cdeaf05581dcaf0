internal import BusbarGrid
internal import BusbarScenario

extension Conversion {
  mutating func convertControls() {
    var names = NameRegister()
    for element in circuit.elements where element.isEnabled {
      switch element.type.name {
      case "regcontrol": convertRegulator(element, &names)
      case "capcontrol": convertCapacitorControl(element, &names)
      default: break
      }
    }
  }

  private mutating func convertRegulator(_ element: DSSElement, _ names: inout NameRegister) {
    var state = RegulatorState()
    replay(element, into: &state)
    guard let transformer = row(of: state.transformer, "transformer", element) else { return }
    func optional(_ key: String, unless usual: Double) -> ScenarioTable.Cell {
      state.number(key) == usual ? .empty : .number(state.number(key))
    }
    var remote: [ScenarioTable.Cell] = [.empty, .empty, .empty]
    if let terminal = state.bus {
      let ends = terminal.conductors(phases: 1, count: 2)
      guard buses.position(named: terminal.key) != nil else {
        return diagnostics.error(
          "there is no bus '\(terminal.name)'",
          at: element.value("bus")?.location ?? element.location,
          remedy: "write a bus of the circuit")
      }
      remote = [
        .text(buses.draw(from: terminal, ends)), .text(ConductorPair(ends[0], ends[1]).text),
        .optional(state.remoteRatio),
      ]
    }
    let reverse = state.reverse
    func inReverse(_ key: String) -> ScenarioTable.Cell {
      reverse == nil ? .empty : .number(state.number(key))
    }
    let phase = (Int(state.phase) ?? 1) > transformer.phases ? "1" : state.phase
    tables.regulators.append(
      [
        .text(names.name(element.name, of: "regcontrol", in: .devices)), .text(transformer.id),
        .whole(state.winding), state.tapWinding.map { .whole($0) } ?? .empty, .text(phase),
        .number(state.number("vreg")), .number(state.number("band")),
        .number(state.number("ptratio")), .number(state.number("ctprim")), optional("r", unless: 0),
        optional("x", unless: 0), optional("ldc_z", unless: 0), optional("vlimit", unless: 0),
        .number(state.number("delay")), .number(state.number("tapdelay")),
        .whole(Int(state.number("maxtapchange"))),
        state.isChosen("inversetime") ? .text("inverse") : .empty,
      ] + remote + [
        reverse.map { .text($0) } ?? .empty, inReverse("revvreg"), inReverse("revband"),
        inReverse("revr"), inReverse("revx"), inReverse("rev_z"), inReverse("revthreshold"),
        inReverse("revdelay"),
      ], from: element.location)
    notes.add(.translated, element.id, "regulator")
  }

  private mutating func convertCapacitorControl(
    _ element: DSSElement, _ names: inout NameRegister
  ) {
    var state = CapacitorControlState()
    replay(element, into: &state)
    guard let capacitor = row(of: state.capacitor, "capacitor", element) else { return }
    let isFollowing = state.kind == "follow"
    var profile: ScenarioTable.Cell = .empty
    if isFollowing {
      guard let signal = state.signal, let used = shapes.use(signal, &diagnostics) else {
        if state.signal == nil {
          diagnostics.error(
            "the control follows no signal", at: element.location, remedy: "write controlsignal=")
        }
        return
      }
      profile = .text(used.active)
    }
    let monitored = monitoredBranch(state, element)
    let kind = ["pf", "powerfactor"].contains(state.kind) ? "power_factor" : state.kind
    func limit(_ key: String) -> ScenarioTable.Cell {
      state.isOverridden ? .number(state.number(key)) : .empty
    }
    tables.capacitorControls.append(
      [
        .text(names.name(element.name, of: "capcontrol", in: .devices)), .text(capacitor.id),
        .text(kind), monitored.branch, monitored.end,
        isFollowing ? .empty : .number(state.number("onsetting")),
        isFollowing ? .empty : .number(state.number("offsetting")), profile,
        .number(state.number("delay")), .number(state.number("delayoff")),
        .number(state.number("deadtime")), .number(state.number("ptratio")),
        .number(state.number("ctratio")), .text(state.voltagePhase), .text(state.currentPhase),
        limit("vmin"), limit("vmax"),
        state.isOverridden ? state.overrideBus.map { .text($0.text) } ?? .empty : .empty,
        kind == "power_factor" ? .number(state.number("pctminkvar") / 100) : .empty,
      ], from: element.location)
    notes.add(.translated, element.id, "capacitor control")
  }

  /// The branch that a control monitors, unless it is the capacitor itself.
  private mutating func monitoredBranch(
    _ state: CapacitorControlState, _ element: DSSElement
  ) -> (branch: ScenarioTable.Cell, end: ScenarioTable.Cell) {
    guard let monitored = state.element else { return (.empty, .empty) }
    let key = monitored.text.lowercased()
    let own = state.capacitor?.text.lowercased() ?? ""
    if key == own || key == "capacitor.\(own)" { return (.empty, .empty) }
    guard let row = written[key], key.hasPrefix("line.") || key.hasPrefix("transformer.") else {
      if state.kind != "time" && state.kind != "follow" {
        diagnostics.error(
          "the element '\(monitored.shortText)' is no line or transformer",
          at: monitored.location, remedy: "write one of the circuit")
      }
      return (.empty, .empty)
    }
    return (.text(row.id), .whole(state.terminal))
  }

  /// What a controlled element became, or nil with a report.
  private mutating func row(
    of name: DSSValue?, _ type: String, _ element: DSSElement
  ) -> WrittenElement? {
    guard let name else {
      diagnostics.error(
        "the control has no \(type)", at: element.location, remedy: "write \(type)=")
      return nil
    }
    let plain = name.text.lowercased()
    let id = plain.hasPrefix(type + ".") ? plain : "\(type).\(plain)"
    if let row = written[id] { return row }
    if let controlled = circuit.elements.first(where: { $0.id == id }) {
      if controlled.isEnabled {
        notes.add(.ignored, element.id, "what it controls has no steps here")
      } else {
        notes.add(.ignored, element.id, "what it controls is disabled")
      }
    } else {
      diagnostics.error(
        "there is no \(type) '\(name.shortText)'", at: name.location,
        remedy: "create it, or correct the name")
    }
    return nil
  }
}
