internal import BusbarDevices
internal import BusbarGrid
internal import BusbarSimulation
internal import BusbarUnits

/// A control of which only the profile that it may follow is not known yet.
struct DecodedControl {
  var installation: ControlInstallation
  var profile: String?

  /// The control with its profile.
  func following(_ profiles: ProfileLibrary) -> ControlInstallation {
    guard let profile, case .capacitor(var capacitor) = installation.equipment else {
      return installation
    }
    capacitor.settings.trigger = .profile(profiles[profile])
    return ControlInstallation(id: installation.id, .capacitor(capacitor))
  }
}

/// Finds what the controls of a scenario measure and move in its compiled network.
struct ControlAssembly {
  let network: Network
  let tables: NetworkTables

  /// The controls in natural order of their ids; nil after faults were reported.
  func controls(_ diagnostics: inout Diagnostics) -> [DecodedControl]? {
    guard let regulators = tables[.regulators], let capacitors = tables[.capacitorControls] else {
      return nil
    }
    var movers: [Mover: SourceLocation] = [:]
    var controls: [DecodedControl] = []
    for record in regulators {
      if let control = regulator(record, &movers, &diagnostics) { controls.append(control) }
    }
    for record in capacitors {
      if let control = capacitor(record, &movers, &diagnostics) { controls.append(control) }
    }
    guard controls.count == regulators.count + capacitors.count else { return nil }
    return controls.sorted { NaturalOrder.precedes($0.installation.id, $1.installation.id) }
  }

  /// What a control moves; two that move the same would undo each other's work.
  private enum Mover: Hashable {
    case taps(Index<Branch>, winding: Int)
    case steps(Index<Shunt>)
  }

  private func isFree(
    _ mover: Mover, _ record: DecodedRecord, _ movers: inout [Mover: SourceLocation],
    _ diagnostics: inout Diagnostics
  ) -> Bool {
    guard let earlier = movers.updateValue(record.location, forKey: mover) else { return true }
    diagnostics.error(
      "what it moves is moved already by the control at \(earlier)", at: record.location,
      remedy: "leave one of the two out")
    return false
  }

  // MARK: Regulators

  private func regulator(
    _ record: DecodedRecord, _ movers: inout [Mover: SourceLocation],
    _ diagnostics: inout Diagnostics
  ) -> DecodedControl? {
    let settings = RegulatorRecord.settings(record, &diagnostics)
    guard let (branch, transformer) = transformer(record, &diagnostics), var settings else {
      return nil
    }
    let measured = record[RegulatorRecord.winding]
    let tapped = record[optional: RegulatorRecord.tapWinding] ?? measured
    for (number, field) in [
      (measured, RegulatorRecord.winding), (tapped, RegulatorRecord.tapWinding),
    ] where number > transformer.windings.count {
      diagnostics.error(
        "transformer '\(transformer.id)' has no winding \(number)", at: record.location(of: field),
        remedy: "write 1 to \(transformer.windings.count)")
      return nil
    }
    guard transformer.windings[tapped - 1].tapChanger != nil else {
      diagnostics.error(
        "winding \(tapped) of transformer '\(transformer.id)' has no tap changer",
        at: record.location(of: RegulatorRecord.transformer),
        remedy: "give it tap_minimum, tap_maximum and tap_step, or name another winding")
      return nil
    }
    if case .number(let number) = settings.phase, number > transformer.phaseCount {
      diagnostics.error(
        "transformer '\(transformer.id)' has no coil \(number)",
        at: record.location(of: RegulatorRecord.phase),
        remedy: "write 1 to \(transformer.phaseCount)")
      return nil
    }
    var remote: RegulatorInstallation.Leg?
    if let name = record[optional: RegulatorRecord.bus] {
      guard let leg = leg(record, at: name, &diagnostics) else { return nil }
      remote = leg
      settings.remoteVoltageRatio = settings.remoteVoltageRatio ?? settings.voltageRatio
    }
    guard isFree(.taps(branch, winding: tapped - 1), record, &movers, &diagnostics) else {
      return nil
    }
    var installation = RegulatorInstallation(
      settings: settings, transformer: branch, winding: measured - 1)
    installation.tapWinding = tapped - 1
    installation.remote = remote
    return DecodedControl(
      installation: ControlInstallation(
        id: record[RegulatorRecord.id], .regulator(installation)))
  }

  private func transformer(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> (Index<Branch>, Transformer)? {
    let name = record[RegulatorRecord.transformer]
    if let index = network.grid.branch(named: name),
      case .transformer(let transformer) = network.grid.branches[index].element
    {
      return (index, transformer)
    }
    let names = network.grid.transformers.map { network.grid.branches[$0].id }
    diagnostics.error(
      "there is no transformer '\(name)'", at: record.location(of: RegulatorRecord.transformer),
      remedy: NearestName.suggestion(
        for: name, among: names, otherwise: "add '\(name)' to transformers or transformer_units"))
    return nil
  }

  private func leg(
    _ record: DecodedRecord, at name: String, _ diagnostics: inout Diagnostics
  ) -> RegulatorInstallation.Leg? {
    // A bus that is not there has been reported with the references.
    guard let bus = network.grid.bus(named: name) else { return nil }
    let legs = record[optional: RegulatorRecord.leg].map(ConductorPair.legs) ?? []
    let reached = network.conductors(at: bus)
    guard legs.count == 1, !legs[0].conductors.isEmpty, legs[0].conductors.isSubset(of: reached)
    else {
      diagnostics.error(
        "regulator '\(record[RegulatorRecord.id])' measures no leg of bus '\(name)', which has "
          + "'\(reached.text)'",
        at: legs.isEmpty ? record.location : record.location(of: RegulatorRecord.leg),
        remedy: "give one leg of these conductors, such as 'a-e'")
      return nil
    }
    return RegulatorInstallation.Leg(bus: bus, ends: legs[0])
  }

  // MARK: Capacitor controls

  private func capacitor(
    _ record: DecodedRecord, _ movers: inout [Mover: SourceLocation],
    _ diagnostics: inout Diagnostics
  ) -> DecodedControl? {
    let name = record[CapacitorControlRecord.capacitor]
    let bank = (tables[.capacitors] ?? []).first { $0[CapacitorRecord.id] == name }
    let settings = CapacitorControlRecord.settings(
      record, capacitorVars: bank?[CapacitorRecord.reactivePower] ?? 0, &diagnostics)
    let monitored = monitored(record, &diagnostics)
    // A capacitor or a bus that is not there has been reported with the references.
    guard let bank, let shunt = network.grid.shunt(named: name), var settings, let monitored,
      isFree(.steps(shunt), record, &movers, &diagnostics)
    else { return nil }
    let legs = ConductorPair.legs(bank[CapacitorRecord.legs])
    settings.connection =
      legs.allSatisfy { $0.conductors.isSubset(of: .abc) && $0.conductors.count == 2 }
      ? .betweenPhases : .phaseToEarth
    var installation = CapacitorInstallation(
      settings: settings, shunt: shunt, monitored: monitored)
    if let bus = record[optional: CapacitorControlRecord.overrideBus] {
      guard let index = network.grid.bus(named: bus) else { return nil }
      installation.overrideBus = index
    }
    let kind = CapacitorControlRecord.Kind(rawValue: record[CapacitorControlRecord.kind])
    return DecodedControl(
      installation: ControlInstallation(
        id: record[CapacitorControlRecord.id], .capacitor(installation)),
      profile: kind == .follow ? record[optional: CapacitorControlRecord.profile] : nil)
  }

  private func monitored(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> CapacitorInstallation.Monitored? {
    guard let name = record[optional: CapacitorControlRecord.branch] else { return .capacitor }
    guard let branch = network.grid.branch(named: name) else {
      diagnostics.error(
        "there is no line or transformer '\(name)'",
        at: record.location(of: CapacitorControlRecord.branch),
        remedy: NearestName.suggestion(
          for: name, among: network.grid.branches.values.map(\.id),
          otherwise: "name a line or a transformer"))
      return nil
    }
    let count = network.grid.branches[branch].endBuses.count
    let end = record[CapacitorControlRecord.end]
    guard end <= count else {
      diagnostics.error(
        "'\(name)' has no end \(end)", at: record.location(of: CapacitorControlRecord.end),
        remedy: "write 1 to \(count)")
      return nil
    }
    return .branch(branch, end: end - 1)
  }
}
