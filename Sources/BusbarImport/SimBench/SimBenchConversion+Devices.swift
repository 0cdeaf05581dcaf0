internal import BusbarScenario

/// The profiles that devices follow, by table.
struct UsedProfiles {
  var profiles: [SimBenchProfileSet.Kind: Set<String>] = [:]
}

extension SimBenchConversion {
  /// A table of elements that draw power, with the names of its columns.
  private struct DeviceTable {
    let kind: SimBenchProfileSet.Kind
    let name: String
    let rows: [SimBenchRow]
    let active, reactive: String
    /// Whether positive numbers are fed into the grid.
    let isGeneration: Bool
  }

  /// Writes customers and loads, and returns which profiles they follow.
  mutating func writeDevices(
    _ nodes: SimBenchNodes, _ tables: SimBenchTables, _ profiles: SimBenchProfileSet?
  ) -> UsedProfiles {
    var used = UsedProfiles()
    var loads = TableText(
      "id", "customer", "power_mw", "reactive_power_mvar", "profile", "reactive_profile",
      "response")
    var buses: Set<String> = []
    let sources = [
      DeviceTable(
        kind: .load, name: "Load", rows: tables.loads, active: "pLoad", reactive: "qLoad",
        isGeneration: false),
      DeviceTable(
        kind: .generation, name: "RES", rows: tables.generators, active: "pRES", reactive: "qRES",
        isGeneration: true),
      DeviceTable(
        kind: .storage, name: "Storage", rows: tables.storages, active: "pStor", reactive: "qStor",
        isGeneration: false),
    ]
    for source in sources {
      for row in source.rows {
        write(row, of: source, nodes, profiles, &used, &loads, &buses)
      }
    }
    var customers = TableText("id", "bus")
    for bus in nodes.buses where buses.contains(bus.id) { customers.add(bus.id, bus.id) }
    add("customers.csv", customers)
    add("loads.csv", loads)
    noteDevices(tables, customerCount: customers.rowCount, hasProfiles: profiles != nil)
    return used
  }

  private mutating func write(
    _ row: SimBenchRow, of source: DeviceTable, _ nodes: SimBenchNodes,
    _ profiles: SimBenchProfileSet?, _ used: inout UsedProfiles, _ loads: inout TableText,
    _ buses: inout Set<String>
  ) {
    let bus = nodes.bus("node", of: row, &diagnostics)
    let active = row.number(source.active, in: -1e4...1e4, &diagnostics)
    let reactive = row.number(source.reactive, default: "0", in: -1e4...1e4, &diagnostics)
    guard let bus, let active, let reactive else { return }
    if let kind = row.text("calc_type"), kind != "pq" {
      diagnostics.error(
        "an element of calc_type '\(kind.prefix(40))' cannot be imported",
        at: row.location(of: "calc_type"), remedy: "use pq, an element of given power")
      return
    }
    buses.insert(bus.id)
    let names = profiles?.columns(of: row, for: source.kind, &diagnostics)
    if let names { used.profiles[source.kind, default: []].formUnion(names.all) }
    // Only loads have factors for their reactive power; elsewhere it stays as it is.
    let isFixed = names != nil && names?.reactive == nil && reactive.value != 0
    loads.add(
      name(row.text("id") ?? "", of: source.name, in: .device), bus.id,
      source.isGeneration ? active.negated : active.text,
      reactive.value == 0 ? nil : source.isGeneration ? reactive.negated : reactive.text,
      names?.active, reactive.value == 0 ? nil : names?.reactive,
      isFixed ? "fixed_reactive" : nil)
  }

  private mutating func noteDevices(
    _ tables: SimBenchTables, customerCount: Int, hasProfiles: Bool
  ) {
    if !tables.loads.isEmpty {
      note(
        .approximated, "\(tables.loads.count) loads",
        "Constant power, shared equally by three phases; SimBench is a single-line model.")
    }
    if !tables.generators.isEmpty {
      note(
        .approximated, "\(tables.generators.count) RES",
        "Loads of negative power in three phases; the rating sR is not used.")
    }
    if !tables.storages.isEmpty {
      note(
        .approximated, "\(tables.storages.count) storages",
        "Loads that follow the dispatch of the storage profiles; energy content, efficiency and "
          + "limits are not used.")
    }
    note(
      .translated, "\(customerCount) customers",
      "One for each bus with a load, a RES or a storage; SimBench does not say who owns what.")
    if !hasProfiles {
      note(
        .ignored, "Profiles",
        "There are no profile tables, so every element draws its nominal power all the time.")
    }
  }
}
