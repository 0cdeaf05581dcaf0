import BusbarEvents
import BusbarScenario
import BusbarSimulation

/// A town of 14,000 customers with smart meters behind 200 secondary substations.
///
/// The meters are read every half-hour over PLC PRIME, of whose messages 5 % are lost, and the
/// concentrators report over GPRS. The network behind them is as small as it can be.
final class MeterTown: Sendable {
  static let substations = 200
  static let metersEach = 70

  private let plan: SimulationPlan

  init() {
    let reading = Scenario.read(files: Self.files)
    guard let scenario = reading.scenario else {
      preconditionFailure("\(reading.diagnostics.sorted.map(\.description).prefix(5))")
    }
    plan = scenario.plan
  }

  struct Day {
    var arrivals = 0
    var flows = 0
    var hash = ""
  }

  /// Runs a day; records are taken and dropped, as with the log off.
  func day() -> Day {
    var simulation = Simulation(plan)
    var day = Day()
    for hour: Int64 in 1...24 {
      while case .powerFlow = simulation.advance(through: .start + .hours(hour)) {
        simulation.solvePendingFlow()
      }
      _ = simulation.takeEvents()
      _ = simulation.takeReadings()
      day.flows += simulation.takeFlowRecords().count
      day.arrivals += simulation.takeCommunicationRecords().arrivals.count
    }
    day.hash = simulation.eventHash.description
    return day
  }

  private static let files: [String: [UInt8]] = {
    var buses = "id,nominal_voltage_kv\nroot,0.4\n"
    var lines = "id,from_bus,to_bus,line_code,length_m\n"
    var customers = "id,bus,phases,meter,concentrator\n"
    var loads = "id,customer,power_kw\n"
    var concentrators = "id,bus,poll_period_min,poll_offset_s\n"
    for substation in 0..<substations {
      buses += "s\(substation),0.4\n"
      lines += "l\(substation),root,s\(substation),c,100\n"
      // Not all at once.
      concentrators += "d\(substation),s\(substation),30,\(substation)\n"
      for place in 0..<metersEach {
        let id = "\(substation)-\(place)"
        customers += "c\(id),s\(substation),\(["a", "b", "c"][place % 3]),m\(id),d\(substation)\n"
        loads += "p\(id),c\(id),0.05\n"
      }
    }
    return [
      "scenario.yaml": Array(scenario.utf8), "buses.csv": Array(buses.utf8),
      "lines.csv": Array(lines.utf8), "customers.csv": Array(customers.utf8),
      "loads.csv": Array(loads.utf8), "concentrators.csv": Array(concentrators.utf8),
    ]
  }()

  private static let scenario = """
    busbar: 1
    title: A town of 14,000 smart meters
    start: 2025-01-15T00:00:00Z
    duration: 24 h
    network:
      buses: buses.csv
      lines: lines.csv
      line_codes:
        - {id: c, r1: 0.1 ohm/km, x1: 0.08 ohm/km, r0: 0.4 ohm/km, x0: 0.3 ohm/km}
      sources:
        - {id: grid, bus: root, voltage: 400 V, r1: 0.001 ohm, x1: 0.001 ohm, r0: 0.001 ohm, x0: 0.001 ohm}
    customers: customers.csv
    devices:
      load: loads.csv
    metering: {interval: 30 min}
    communication:
      head_end: {}
      concentrators: concentrators.csv
      link_classes:
        - {id: plc_prime, loss: 5 %}

    """
}
