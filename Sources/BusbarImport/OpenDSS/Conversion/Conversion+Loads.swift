internal import BusbarGrid
internal import BusbarScenario

/// A device as the scenario's loads table writes it.
struct DeviceRow {
  var kilowatts: Double
  var kilovars: Double
  var profile: String?
  var response = "constant_power"
  var hasWindow = true
  var low = 0.0
  var exponents: (active: Double, reactive: Double)?
  var zip: [Double] = []
}

extension Conversion {
  mutating func convertLoad(_ element: DSSElement) {
    var state = LoadState(peaks: shapes.peaks)
    replay(element, into: &state)
    guard checkTerminal(state.terminals, element) else { return }
    let factor = state.status == .variable ? options.loadFactor : 1
    var row = DeviceRow(
      kilowatts: state.kilowatts * factor, kilovars: state.kilovars * factor,
      low: state.lowVoltage)
    switch state.model {
    case 2: (row.response, row.hasWindow) = ("constant_impedance", false)
    case 3: row.response = "motor"
    case 4: (row.response, row.exponents) = ("exponential", state.exponents)
    case 5: row.response = "constant_current"
    case 6: (row.response, row.kilovars) = ("fixed_reactive", state.kilovars)
    case 7: (row.response, row.kilovars) = ("fixed_reactive_impedance", state.kilovars)
    case 8:
      guard !state.zip.isEmpty else {
        return diagnostics.error(
          "a load of model 8 has no zipv", at: element.location, remedy: "write its seven numbers")
      }
      (row.response, row.zip) = ("zip", state.zip)
    default: break
    }
    if options.isConstantImpedance {
      (row.response, row.hasWindow, row.exponents, row.zip) = ("constant_impedance", false, nil, [])
    }
    if state.status == .fixed, state.shapes.shape(in: options.mode) != nil {
      notes.add(.translated, element.id, "a load of status fixed follows no shape")
    } else if let name = state.shapes.shape(in: options.mode) {
      return writeShaped(row, by: name, state, element)
    }
    writeDevice(row, state.terminals, element)
    notes.add(.translated, element.id, "load")
  }

  /// Writes a load that follows a shape; one with a shape for kvar of its own becomes two.
  private mutating func writeShaped(
    _ row: DeviceRow, by name: DSSValue, _ state: LoadState, _ element: DSSElement
  ) {
    guard let profile = shapes.use(name, &diagnostics) else { return }
    notes.add(.translated, element.id, "load")
    var row = row
    row.profile = profile.active
    guard let reactive = profile.reactive else {
      return writeDevice(row, state.terminals, element)
    }
    var second = row
    (row.kilovars, second.kilowatts, second.profile) = (0, 0, reactive)
    writeDevice(row, state.terminals, element)
    writeDevice(second, state.terminals, element, suffix: "-q")
    notes.add(
      .translated, element.id, "two loads, as its reactive power follows a shape of its own")
  }

  /// Whether a device has a bus and limits that make sense.
  mutating func checkTerminal(_ terminals: DeviceTerminals, _ element: DSSElement) -> Bool {
    guard terminals.terminal != nil else {
      diagnostics.error(
        "the \(element.type.name) has no bus1", at: element.location,
        remedy: "write bus1; 'like' does not copy it")
      return false
    }
    return true
  }

  /// Writes a device with a customer of its own; a positive power is drawn.
  mutating func writeDevice(
    _ row: DeviceRow, _ terminals: DeviceTerminals, _ element: DSSElement, suffix: String = ""
  ) {
    guard let terminal = terminals.terminal else { return }
    let legs = terminals.legs.filter { $0.plus != $0.minus }
    guard legs.count == terminals.legs.count else {
      return diagnostics.error(
        "a phase of the \(element.type.name) has both ends at one node", at: element.location,
        remedy: "write another node, or fewer phases")
    }
    let limits = row.hasWindow ? window(row, terminals, element) : nil
    if row.hasWindow && limits == nil { return }
    let id = names.name(element.name + suffix, of: element.type.name, in: .devices)
    if suffix.isEmpty { noteName(id, element) }
    let bus = buses.draw(from: terminal, terminals.conductors)
    buses.rate(terminal, volts: terminals.ratedLineVolts)
    let reached = ConductorSet(legs.flatMap { [$0.plus, $0.minus] }.compactMap { $0 })
    tables.customers.append([.text(id), .text(bus), .text(reached.text)], from: element.location)
    tables.loads.append(
      [
        .text(id), .text(id), .text(legs.map(\.text).joined(separator: " ")),
        .number(row.kilowatts), .number(row.kilovars), row.profile.map { .text($0) } ?? .empty,
        row.response == "constant_power" ? .empty : .text(row.response),
        .number(terminals.legVolts), .optional(limits?.minimum), .optional(limits?.low),
        .optional(limits?.maximum), .optional(row.exponents?.active),
        .optional(row.exponents?.reactive),
      ] + (0..<7).map { $0 < row.zip.count ? .number(row.zip[$0]) : .empty },
      from: element.location)
    written[element.id] = WrittenElement(id: id, phases: terminals.phases)
  }

  /// The voltages between which a device keeps to its response.
  ///
  /// OpenDSS asks for the low voltage first, so that it counts even above the minimum.
  private mutating func window(
    _ row: DeviceRow, _ terminals: DeviceTerminals, _ element: DSSElement
  ) -> (minimum: Double, low: Double, maximum: Double)? {
    let low = max(row.low, 0)
    let minimum = max(terminals.minimumVoltage, low)
    guard minimum < terminals.maximumVoltage else {
      diagnostics.error(
        "the limits of the voltage are \(minimum) and \(terminals.maximumVoltage)",
        at: element.location, remedy: "make vminpu and vlowpu smaller than vmaxpu")
      return nil
    }
    return (minimum, low, terminals.maximumVoltage)
  }
}
