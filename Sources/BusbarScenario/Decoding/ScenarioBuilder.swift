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
  /// The profiles with a value of one at all times; nil when they could not be read.
  let nominalProfiles: ProfileLibrary?

  /// Returns the connected network, or appends what the compilation has shown to be wrong.
  func connect(_ diagnostics: inout Diagnostics) -> ConnectedNetwork? {
    guard let compiled = self.compiled(carrying: [], &diagnostics) else { return nil }
    let controls = ControlAssembly(network: compiled, tables: network.tables)
      .controls(&diagnostics)
    let operations = network.tables[.switching].flatMap {
      SwitchingRecord.operations($0, in: compiled.grid, &diagnostics)
    }
    guard let customers = customers(compiled, &diagnostics),
      let devices = devices(customers, &diagnostics), let controls, let operations
    else { return nil }
    let meters = customers.values.compactMap { customer -> MeterInstallation? in
      customer.record[optional: CustomerRecord.meter].map {
        MeterInstallation(
          id: $0, customer: customer.record[CustomerRecord.id], bus: customer.bus,
          conductors: customer.conductors)
      }
    }.sorted { NaturalOrder.precedes($0.id, $1.id) }
    guard let nominalProfiles else { return nil }
    let linear = LinearParts(
      compiled,
      fleets: devices.sorted.map { kind, records in
        kind.makeFleet(records.map { ($0[DeviceRecord.id], $0.values) }, nominalProfiles)
      }, devices.connections)
    let final =
      linear.demands.isEmpty ? compiled : self.compiled(carrying: linear.demands, &diagnostics)
    // What the devices carry may be all that holds a network to earth, so it is solved with them.
    guard let final, let solver = solver(of: final, controls, &diagnostics) else { return nil }
    return ConnectedNetwork(
      solver: solver, devices: devices.sorted, connections: linear.connections, meters: meters,
      controls: controls, operations: operations)
  }

  /// The compiled network, or nil after its faults were reported.
  private func compiled(
    carrying linearDemands: [LinearDemand], _ diagnostics: inout Diagnostics
  ) -> Network? {
    guard var grid = network.grid else { return nil }
    grid.linearDemands = linearDemands
    // A winding at a bus that is not there has been reported at its own place.
    let buses = Set(grid.buses.map(\.id))
    let count = grid.transformers.count
    grid.transformers.removeAll { !$0.windings.allSatisfy { buses.contains($0.bus) } }
    do {
      let compiled = try Network(compiling: grid)
      guard grid.transformers.count == count else { return nil }
      if linearDemands.isEmpty { warn(of: compiled, &diagnostics) }
      return compiled
    } catch {
      for fault in error.faults { report(fault, network.tables.places, &diagnostics) }
      return nil
    }
  }

  /// The solver of a network, or nil after its faults were reported.
  ///
  /// A controlled capacitor may be what holds a bus to earth: all are tried switched off, which is
  /// where the fewest paths to earth are left.
  private func solver(
    of compiled: Network, _ controls: [DecodedControl], _ diagnostics: inout Diagnostics
  ) -> FlowSolver? {
    do {
      let solver = try FlowSolver(compiled)
      var switchedOff = compiled
      var change: NetworkChange = []
      for control in controls {
        guard case .capacitor(let capacitor) = control.installation.equipment else { continue }
        change.formUnion(try switchedOff.switchSteps(ofShunt: capacitor.shunt, on: 0))
      }
      if !change.isEmpty { _ = try FlowSolver(switchedOff) }
      return solver
    } catch {
      for fault in error.faults { report(fault, network.tables.places, &diagnostics) }
      return nil
    }
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
        diagnostics.error(
          "customer '\(record[CustomerRecord.id])' has phases '\(record[CustomerRecord.phases])', "
            + "but bus '\(record[CustomerRecord.bus])' has '\(reached.text)'",
          at: record.location(of: CustomerRecord.phases),
          remedy: "choose from the conductors of the bus, or carry the missing one up to it")
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
        switch DeviceLegs.legs(of: record, within: customer.conductors) {
        case .success(let legs):
          connections.append(
            DeviceConnection(
              customer: record[DeviceRecord.customer], bus: customer.bus, legs: legs))
        case .failure(let fault):
          isSound = false
          diagnostics.error(
            "\(kind.name) '\(record[DeviceRecord.id])' \(fault.problem)",
            at: record.location(of: fault.field), remedy: fault.remedy)
        }
      }
      sorted.append((kind, records))
    }
    return isSound ? (sorted, connections) : nil
  }

  // MARK: Faults of the grid

  /// Names the islands, which are not refused, since a switch may be open on purpose.
  private func warn(of network: Network, _ diagnostics: inout Diagnostics) {
    guard !network.topology.islands.isEmpty else { return }
    let places = self.network.tables.places[.bus] ?? [:]
    for island in network.topology.islands {
      let ids = island.map { network.grid.buses[$0].id }
      let shown = ids.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      diagnostics.warning(
        "no source feeds the island of \(ids.count == 1 ? "1 bus" : "\(ids.count) buses"): "
          + shown + (ids.count > 5 ? ", ..." : ""),
        at: ids.first.flatMap { places[$0] }?.location ?? self.network.location,
        remedy: "connect it by a line or a transformer; until then nothing is drawn there")
    }
  }

  private func report(
    _ fault: GridFault, _ places: [GridFault.Kind: [String: DecodedRecord]],
    _ diagnostics: inout Diagnostics
  ) {
    let record = places[fault.kind]?[fault.id]
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
