internal import BusbarScenario

extension Conversion {
  /// Opens what commands and switch controls open.
  mutating func applySwitching() {
    var open: [String: SourceLocation] = [:]
    for element in circuit.elements where element.isEnabled {
      guard ["swtcontrol", "fuse", "relay", "recloser"].contains(element.type.name) else {
        continue
      }
      guard let switched = element.value("switchedobj") ?? element.value("monitoredobj") else {
        continue
      }
      notes.add(
        .ignored, element.id,
        "\(element.type.name): it stays as it is at the start, and does not act")
      guard let location = openPlace(of: element) else { continue }
      open[switched.text.lowercased()] = location
    }
    for action in circuit.actions {
      switch action.kind {
      case .open(let element, _, let conductor):
        if conductor > 0 {
          diagnostics.error(
            "opening a single conductor cannot be translated", at: action.location,
            remedy: "open all conductors, or remove the command")
        }
        open[element] = action.location
      case .close(let element, _, _): open[element] = nil
      default: break
      }
    }
    for (element, location) in open.sorted(by: { $0.key < $1.key }) { self.open(element, location) }
  }

  /// Where a control says that its switch is open; nil if it is closed.
  private mutating func openPlace(of control: DSSElement) -> SourceLocation? {
    // The last of what sets the state counts; `normal` counts until there is another.
    let states = control.assignments.filter { ["state", "action"].contains($0.property.key) }
    let last = states.last ?? control.assignments.last { $0.property.key == "normal" }
    guard let last else { return nil }
    let words = (try? last.value.words()) ?? []
    let isOpen = words.map { word in
      let text = word.text.lowercased()
      return text.hasPrefix("o") || text.hasPrefix("t")
    }
    guard isOpen.contains(true) else { return nil }
    if isOpen.contains(false) {
      diagnostics.error(
        "opening a single conductor cannot be translated", at: last.location,
        remedy: "write one state for all conductors")
    }
    return last.location
  }

  private mutating func open(_ name: String, _ location: SourceLocation) {
    guard let element = circuit.elements.first(where: { $0.id == name }), let row = written[name]
    else { return }
    guard element.type.name == "line", tables.lines.open(row.id) else {
      return diagnostics.error(
        "opening a \(element.type.name) cannot be translated", at: location,
        remedy: "disable the element instead")
    }
    notes.add(.approximated, name, "the open line is without its charging current")
  }
}

extension ScenarioTable {
  /// Marks the line with an id as open; returns whether there is one.
  mutating func open(_ id: String) -> Bool { setLast(.text("open"), ofRow: .text(id)) }
}
