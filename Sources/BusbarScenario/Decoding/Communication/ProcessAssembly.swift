internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarMessaging
internal import BusbarSimulation
internal import BusbarUnits

/// Puts the processes of a scenario together from their steps.
struct ProcessAssembly {
  let tables: CommunicationTables
  let plan: CommunicationPlan
  let meters: [MeterInstallation]
  let network: Network

  /// The processes in natural order of their ids; nil after faults were reported.
  func processes(_ diagnostics: inout Diagnostics) -> [ProcessPlan]? {
    let steps = Dictionary(grouping: tables[.processSteps]) { $0[ProcessStepRecord.process] }
    var processes: [ProcessPlan] = []
    var isSound = true
    for record in tables[.processes] {
      let id = record[ProcessRecordDeclaration.id]
      guard let steps = ordered(steps[id] ?? [], of: record, &diagnostics) else {
        isSound = false
        continue
      }
      var process = ProcessPlan(
        id: id,
        first: SimulationTime(milliseconds: record[ProcessRecordDeclaration.first]), steps: steps)
      process.period = record[optional: ProcessRecordDeclaration.every].map {
        Interval(milliseconds: $0)
      }
      process.deadline = record[optional: ProcessRecordDeclaration.deadline].map {
        Interval(milliseconds: $0)
      }
      processes.append(process)
    }
    return isSound ? processes.sorted { NaturalOrder.precedes($0.id, $1.id) } : nil
  }

  private func ordered(
    _ records: [DecodedRecord], of process: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> [ProcessStep]? {
    let id = process[ProcessRecordDeclaration.id]
    guard !records.isEmpty else {
      diagnostics.error(
        "process '\(id)' has no steps", at: process.location,
        remedy: "add them to process_steps, or leave the process out")
      return nil
    }
    let sorted = records.sorted { $0[ProcessStepRecord.step] < $1[ProcessStepRecord.step] }
    var steps: [ProcessStep] = []
    for (position, record) in sorted.enumerated() {
      guard record[ProcessStepRecord.step] == position + 1 else {
        diagnostics.error(
          "step \(record[ProcessStepRecord.step]) of process '\(id)' should be step "
            + "\(position + 1)", at: record.location(of: ProcessStepRecord.step),
          remedy: "number the steps of a process from 1 without gaps")
        return nil
      }
      if let step = step(record, &diagnostics) { steps.append(step) }
    }
    return steps.count == sorted.count ? steps : nil
  }

  private func step(_ record: DecodedRecord, _ diagnostics: inout Diagnostics) -> ProcessStep? {
    guard let message = InformationExchange(rawValue: record[ProcessStepRecord.message]) else {
      preconditionFailure("A message is one of the words of its field.")
    }
    guard let from = party(record, ProcessStepRecord.from, &diagnostics),
      let to = party(record, ProcessStepRecord.to, &diagnostics)
    else { return nil }
    guard let route = plan.route(from: from, to: to) else {
      diagnostics.error(
        "no link and no route leads from '\(record[ProcessStepRecord.from])' to "
          + "'\(record[ProcessStepRecord.to])'", at: record.location(of: ProcessStepRecord.to),
        remedy: "add a link, or a route over several links")
      return nil
    }
    var step = ProcessStep(
      message, from: from, to: to, along: route, bytes: Int(record[ProcessStepRecord.size]))
    step.delay = Interval(milliseconds: record[ProcessStepRecord.delay])
    guard let command = command(record, &diagnostics) else { return nil }
    step.command = command
    if let wait = record[optional: ProcessStepRecord.retryAfter] {
      step.retry = RetryPolicy(
        firstWait: Interval(milliseconds: wait),
        attemptLimit: record[optional: ProcessStepRecord.attempts])
    } else if record[optional: ProcessStepRecord.attempts] != nil {
      diagnostics.error(
        "attempts need the time between them", at: record.location(of: ProcessStepRecord.attempts),
        remedy: "add 'retry_after'")
      return nil
    }
    return step
  }

  private func party(
    _ record: DecodedRecord, _ field: Field<String>, _ diagnostics: inout Diagnostics
  ) -> Index<Party>? {
    if let party = plan.party(record[field]) { return party }
    let nearest = NearestName.of(record[field], among: plan.parties.values.map(\.id))
    diagnostics.error(
      "there is no party '\(record[field])'", at: record.location(of: field),
      remedy: nearest.map { "write '\($0)', or add '\(record[field])' to parties" }
        ?? "add '\(record[field])' to parties")
    return nil
  }

  /// What the receiver does, nil inside when it does nothing; nil after a fault was reported.
  private func command(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> ProcessCommand?? {
    let line = record[optional: ProcessStepRecord.line]
    let state = record[optional: ProcessStepRecord.state].flatMap(SwitchState.init)
    let meter = record[optional: ProcessStepRecord.meter]
    let power = record[optional: ProcessStepRecord.cutOffPower]
    switch (line, state, meter, power) {
    case (nil, nil, nil, nil): return .some(nil)
    case (let line?, let state?, nil, nil):
      // A name that leads nowhere has been reported with the references.
      return network.grid.branch(named: line).map { .line($0, state) }
    case (nil, nil, let meter?, let power?):
      guard let position = meters.firstIndex(where: { $0.id == meter }) else {
        let nearest = NearestName.of(meter, among: meters.map(\.id))
        diagnostics.error(
          "there is no meter '\(meter)'", at: record.location(of: ProcessStepRecord.meter),
          remedy: nearest.map { "write '\($0)'" } ?? "name the meter of a customer")
        return nil
      }
      guard tables.collectsReadings else {
        diagnostics.error(
          "meter '\(meter)' does not communicate",
          at: record.location(of: ProcessStepRecord.meter), remedy: "add a head_end")
        return nil
      }
      return .cutOffPower(Index(position), watts: power)
    default:
      diagnostics.error(
        "a command is a line with its state, or a meter with its cut_off_power",
        at: record.location, remedy: "write one of the two pairs")
      return nil
    }
  }
}
