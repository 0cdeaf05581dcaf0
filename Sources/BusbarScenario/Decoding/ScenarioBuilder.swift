internal import BusbarDevices
internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarSimulation
internal import BusbarUnits

/// Compiles the network of a decoded scenario and connects customers and devices to it.
///
/// Works with what could be decoded, so that a fault in one table hides none of another.
struct ScenarioBuilder {
  let network: DecodedNetwork
  let customers: [DecodedRecord]
  let devices: [(kind: Catalog.Kind, records: [DecodedRecord])]

  /// Returns the connected network, or appends what the compilation has shown to be wrong.
  func connect(_ diagnostics: inout Diagnostics) -> ConnectedNetwork? {
    let compiled: Network
    do {
      compiled = try Network(compiling: network.grid)
    } catch {
      for fault in error.faults { report(fault, &diagnostics) }
      return nil
    }
    guard let customers = customers(compiled, &diagnostics),
      let devices = devices(customers, &diagnostics)
    else { return nil }
    let meters = customers.values.compactMap { customer -> MeterInstallation? in
      customer.record[optional: CustomerRecord.meter].map {
        MeterInstallation(
          id: $0, customer: customer.record[CustomerRecord.id], bus: customer.bus,
          conductors: customer.conductors)
      }
    }.sorted { NaturalOrder.precedes($0.id, $1.id) }
    return ConnectedNetwork(
      network: compiled, devices: devices.sorted, connections: devices.connections, meters: meters)
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
    for record in self.customers {
      // A name that leads nowhere has been reported with the references.
      guard let bus = network.grid.bus(named: record[CustomerRecord.bus]) else {
        isSound = false
        continue
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
        isSound = false
        let place = record.location(of: CustomerRecord.phases)
        // A neutral conductor has been reported already.
        if diagnostics.hasError(at: place) { continue }
        diagnostics.error(
          "customer '\(record[CustomerRecord.id])' has phases '\(record[CustomerRecord.phases])', "
            + "but bus '\(record[CustomerRecord.bus])' has '\(reached.text)'",
          at: place,
          remedy: "choose from the phases of the bus, or carry the missing one up to it")
      }
    }
    return isSound ? result : nil
  }

  private func conductors(_ text: String, within reached: ConductorSet) -> ConductorSet? {
    ConductorSet(text).flatMap { $0.isSubset(of: reached) ? $0 : nil }
  }

  private func devices(
    _ customers: [String: Customer], _ diagnostics: inout Diagnostics
  ) -> (sorted: [(kind: Catalog.Kind, records: [DecodedRecord])], connections: [DeviceConnection])?
  {
    var sorted: [(kind: Catalog.Kind, records: [DecodedRecord])] = []
    var connections: [DeviceConnection] = []
    var isSound = true
    for (kind, unsorted) in self.devices {
      let records = unsorted.sorted {
        NaturalOrder.precedes($0[DeviceRecord.id], $1[DeviceRecord.id])
      }
      for record in records {
        guard let customer = customers[record[DeviceRecord.customer]] else {
          isSound = false
          continue
        }
        let text = record[optional: DeviceRecord.phases] ?? customer.conductors.text
        guard let phases = conductors(text, within: customer.conductors) else {
          isSound = false
          let place = record.location(of: DeviceRecord.phases)
          if diagnostics.hasError(at: place) { continue }
          diagnostics.error(
            "\(kind.name) '\(record[DeviceRecord.id])' has phases '\(text)', but its customer has "
              + "'\(customer.conductors.text)'", at: place,
            remedy: "choose from the customer's phases")
          continue
        }
        connections.append(
          DeviceConnection(
            customer: record[DeviceRecord.customer], bus: customer.bus, conductors: phases))
      }
      sorted.append((kind, records))
    }
    return isSound ? (sorted, connections) : nil
  }

  // MARK: Faults of the grid

  private func report(_ fault: GridFault, _ diagnostics: inout Diagnostics) {
    let record = network.places[fault.kind]?[fault.id]
    let field = record?.values.record.fields.first { $0.name == fault.field }
    let location = record.map { record in
      field.map { record.location(of: $0) } ?? record.location
    }
    let place = location ?? network.location
    // A reference that leads nowhere has been reported already, with the nearest name.
    guard !diagnostics.hasError(at: place) else { return }
    let name = fault.id.isEmpty ? "" : "\(fault.kind.rawValue) '\(fault.id)': "
    diagnostics.error(name + fault.problem, at: place, remedy: fault.remedy)
  }
}
