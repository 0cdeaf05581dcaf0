import BusbarDevices
import BusbarEvents
import BusbarUnits

/// Small fleets and their memories, and actions as text.
enum MeteringSamples {
  static let ids = (0..<4).map { "meter-\($0)" }

  static func reading(_ watts: Double) -> MeterReading {
    MeterReading(
      importedActiveWatts: watts, exportedActiveWatts: 0, importedReactiveVars: 0,
      exportedReactiveVars: 0, volts: (230, 231, 232))
  }

  static func exactClocks(_ ids: [String] = ids) -> MeterClocks {
    MeterClocks(ids: ids, quality: .exact, seed: 1)
  }

  /// A memory with rows of half an hour in which each meter read the number of the row.
  static func memory(
    rows: Int, meters: Int = 4, capacity: Int = 4_320, silent: Set<Int> = []
  ) -> MeterMemory {
    var memory = MeterMemory(meterCount: meters, capacity: capacity)
    for _ in 0..<rows { appendRow(to: &memory, silent: silent) }
    return memory
  }

  static func appendRow(to memory: inout MeterMemory, silent: Set<Int> = []) {
    let number = memory.nextRow
    let meters = memory.meterCount
    memory.append(
      MeterRow(
        number: number, end: .start + .minutes(30 * Int64(number + 1)),
        readings: (0..<meters).map { silent.contains($0) ? nil : reading(Double(number)) },
        clocks: exactClocks((0..<meters).map { "meter-\($0)" }),
        interrupted: Array(repeating: false, count: meters)))
  }

  static func fleet(
    _ ids: [String] = ids, collector: MeteringAddress = .headEnd,
    _ change: (inout MeterFleetPlan) -> Void = { _ in }
  ) -> MeterCommunication {
    var plan = MeterFleetPlan(ids: ids, collectors: ids.map { _ in collector })
    change(&plan)
    return MeterCommunication(plan, seed: 7)
  }

  /// What is sent, without the party's own wake-up calls.
  static func messages(_ actions: [MeteringAction]) -> [String] {
    actions.filter {
      if case .wake = $0 { false } else { true }
    }.map(\.description)
  }
}

extension SimulationTime {
  /// An instant so many seconds after the start.
  static func second(_ seconds: Int64) -> SimulationTime { .start + .seconds(seconds) }
}
