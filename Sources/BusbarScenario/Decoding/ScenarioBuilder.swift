internal import BusbarDevices
internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarSimulation
internal import BusbarUnits

/// Compiles the network of a decoded scenario and connects customers, meters and devices to it.
struct ScenarioBuilder {
  private let parts: ScenarioParts

  init(_ parts: ScenarioParts) { self.parts = parts }

  /// Returns the plan of the run, or appends what the compiled network has shown to be wrong.
  func plan(_ diagnostics: inout Diagnostics) -> SimulationPlan? {
    let network: Network
    do {
      network = try Network(compiling: parts.grid)
    } catch {
      for fault in error.faults { report(fault, &diagnostics) }
      return nil
    }
    guard let customers = customers(network, &diagnostics),
      let (fleets, connections) = devices(customers, &diagnostics)
    else { return nil }
    let meters = customers.values.compactMap { customer -> MeterInstallation? in
      customer.record[optional: CustomerRecord.meter].map {
        MeterInstallation(
          id: $0, customer: customer.record[CustomerRecord.id], bus: customer.bus,
          conductors: customer.conductors)
      }
    }.sorted { NaturalOrder.precedes($0.id, $1.id) }
    return SimulationPlan(
      solver: FlowSolver(network), epoch: parts.epoch, duration: parts.duration,
      seed: parts.seed, fleets: fleets, connections: connections, meters: meters,
      meteringInterval: parts.meteringInterval, criterion: parts.criterion,
      divergencePolicy: parts.policy)
  }

  // MARK: Customers and devices

  private struct Customer {
    var record: DecodedRecord
    var bus: Index<Bus>
    var conductors: ConductorSet
  }

  private func customers(
    _ network: Network, _ diagnostics: inout Diagnostics
  ) -> [String: Customer]? {
    var result: [String: Customer] = [:]
    var meters: [String: SourceLocation] = [:]
    var isSound = true
    for record in parts.customers {
      guard let bus = network.grid.bus(named: record[CustomerRecord.bus]) else {
        preconditionFailure("References have been checked.")
      }
      if let meter = record[optional: CustomerRecord.meter] {
        let place = record.location(of: CustomerRecord.meter)
        if let earlier = meters.updateValue(place, forKey: meter) {
          diagnostics.error(
            "meter '\(meter)' is given already at \(earlier)", at: place,
            remedy: "give each meter a name of its own")
          isSound = false
        }
      }
      let reached = network.conductors(at: bus)
      let phases = conductors(record[CustomerRecord.phases], within: reached)
      if let phases {
        result[record[CustomerRecord.id]] = Customer(
          record: record, bus: bus, conductors: phases)
      } else {
        diagnostics.error(
          "customer '\(record[CustomerRecord.id])' has phases '\(record[CustomerRecord.phases])', "
            + "but bus '\(record[CustomerRecord.bus])' has '\(reached.text)'",
          at: record.location(of: CustomerRecord.phases),
          remedy: "choose from the phases of the bus, or carry the missing one up to it")
        isSound = false
      }
    }
    return isSound ? result : nil
  }

  private func conductors(_ text: String, within reached: ConductorSet) -> ConductorSet? {
    ConductorSet(text).flatMap { $0.isSubset(of: reached) ? $0 : nil }
  }

  private func devices(
    _ customers: [String: Customer], _ diagnostics: inout Diagnostics
  ) -> (fleets: [any Fleet], connections: [DeviceConnection])? {
    var fleets: [any Fleet] = []
    var connections: [DeviceConnection] = []
    var isSound = true
    for (kind, unsorted) in parts.devices {
      let records = unsorted.sorted {
        NaturalOrder.precedes($0[DeviceRecord.id], $1[DeviceRecord.id])
      }
      for record in records {
        guard let customer = customers[record[DeviceRecord.customer]] else {
          preconditionFailure("References have been checked.")
        }
        let text = record[optional: DeviceRecord.phases] ?? customer.conductors.text
        guard let phases = conductors(text, within: customer.conductors) else {
          diagnostics.error(
            "\(kind.name) '\(record[DeviceRecord.id])' has phases '\(text)', but its customer has "
              + "'\(customer.conductors.text)'", at: record.location(of: DeviceRecord.phases),
            remedy: "choose from the customer's phases")
          isSound = false
          continue
        }
        connections.append(
          DeviceConnection(
            customer: record[DeviceRecord.customer], bus: customer.bus, conductors: phases))
      }
      fleets.append(
        kind.makeFleet(
          records.map { ($0[DeviceRecord.id], $0.values) }, parts.profiles))
    }
    return isSound ? (fleets, connections) : nil
  }

  // MARK: Faults of the grid

  private func report(_ fault: GridFault, _ diagnostics: inout Diagnostics) {
    let record = parts.places[fault.kind]?[fault.id]
    let field = record?.values.record.fields.first { $0.name == fault.field }
    let location = record.map { record in
      field.map { record.location(of: $0) } ?? record.location
    }
    let name = fault.id.isEmpty ? "" : "\(fault.kind.rawValue) '\(fault.id)': "
    diagnostics.error(
      name + fault.problem, at: location ?? parts.networkLocation, remedy: fault.remedy)
  }
}
