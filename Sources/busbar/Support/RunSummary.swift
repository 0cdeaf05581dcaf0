import BusbarEvents
import BusbarGrid
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import Foundation

/// What a run says about itself at its end.
struct RunSummary {
  private let simulation: Simulation
  private let output: OutputPath
  private let ending: TrajectoryWriter.Ending
  private let watch: Stopwatch
  private let fileSize: Int

  init(
    _ simulation: Simulation, _ output: OutputPath, _ ending: TrajectoryWriter.Ending,
    _ watch: Stopwatch
  ) {
    self.simulation = simulation
    self.output = output
    self.ending = ending
    self.watch = watch
    let path = ending == .interrupted ? output.partialPath : output.path
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    fileSize = (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }

  /// A block for people.
  var text: String {
    let energy = simulation.energy
    var lines: [(String, String)] = [
      ("ending", ending.rawValue),
      ("lowest voltage", voltage(simulation.extremes.lowest)),
      ("highest voltage", voltage(simulation.extremes.highest)),
      ("sent by sources", Figures.kilowattHours(energy.sent)),
      ("delivered", Figures.kilowattHours(energy.delivered)),
      (
        "lost",
        Figures.kilowattHours(energy.lost)
          + (energy.sent != 0 ? " (\(Figures.fixed(energy.lost / energy.sent * 100, 3)) %)" : "")
      ),
      (
        "energy balance",
        "residual \(Figures.short(energy.residual)) J; largest power imbalance "
          + "\(Figures.short(energy.largestImbalance)) W of \(Figures.fixed(energy.largestSent, 0)) W"
      ),
      (
        "delivery",
        "differs from what a device asks for by at most "
          + "\(Figures.short(energy.largestDeviation)) VA"
      ),
      ("power flows", flows),
      ("solved by", SolutionMethod(simulation.solver).text),
      ("events", "\(simulation.eventHash.count)"),
      ("event-log hash", simulation.eventHash.description),
      ("time spent", times),
      ("output", "\(output.path), \(Figures.bytes(fileSize))"),
    ]
    if simulation.windowing.flowCount > 0 {
      lines.append(("voltage window", SolutionMethod.text(simulation.windowing)))
    }
    if simulation.failureCount > 0 {
      lines.insert(("without solution", "\(simulation.failureCount) power flows"), at: 1)
    }
    let width = lines.map(\.0.count).max() ?? 0
    return lines.map { name, value in
      name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
    }.joined()
  }

  /// One JSON object for programs; the same figures in SI units.
  var json: String {
    let energy = simulation.energy
    func point(_ point: VoltageExtremes.Point?) -> JSONValue {
      guard let point else { return .null }
      let buses = simulation.plan.solver.network.grid.buses
      return .object([
        .init("per_unit", .number(point.perUnit)), .init("bus", .string(buses[point.bus].id)),
        .init("phase", .string(point.conductor.name)),
        .init("time", .string(Figures.instant(point.time, simulation.plan.epoch))),
      ])
    }
    return JSONValue.object([
      .init("ending", .string(ending.rawValue)),
      .init("output", .string(output.path)),
      .init("output_bytes", .integer(fileSize)),
      .init("lowest_voltage", point(simulation.extremes.lowest)),
      .init("highest_voltage", point(simulation.extremes.highest)),
      .init("energy_sent_joules", .number(energy.sent)),
      .init("energy_delivered_joules", .number(energy.delivered)),
      .init("energy_lost_joules", .number(energy.lost)),
      .init("largest_power_imbalance_watts", .number(energy.largestImbalance)),
      .init("largest_power_deviation_volt_amperes", .number(energy.largestDeviation)),
      .init("power_flows", .integer(simulation.flowCount)),
      .init("power_flows_without_solution", .integer(simulation.failureCount)),
      .init("sweeps", .integer(simulation.iterationTotal)),
      .init("most_sweeps", .integer(simulation.iterationMaximum)),
      .init("method", .string(SolutionMethod(simulation.solver).name)),
      .init("flows_outside_voltage_window", .integer(simulation.windowing.flowCount)),
      .init("legs_outside_voltage_window", .integer(simulation.windowing.mostLegs)),
      .init("events", .integer(simulation.eventHash.count)),
      .init("event_log_hash", .string(simulation.eventHash.description)),
      .init(
        "seconds",
        .object(
          Stopwatch.Part.allCases.map { .init($0.rawValue, .number(watch.seconds(in: $0))) }
            + [.init("total", .number(watch.total))])),
    ]).text
  }

  private func voltage(_ point: VoltageExtremes.Point?) -> String {
    guard let point else { return "no solution" }
    let network = simulation.plan.solver.network
    let nominal = network.nominalVoltage(at: point.bus)
    return "\(Figures.fixed(point.perUnit, 5)) pu (\(Figures.fixed(point.perUnit * nominal, 2)) V) "
      + "at bus \(network.grid.buses[point.bus].id), phase \(point.conductor.name), "
      + Figures.instant(point.time, simulation.plan.epoch)
  }

  private var flows: String {
    let mean = Double(simulation.iterationTotal) / Double(max(1, simulation.flowCount))
    return "\(simulation.flowCount), sweeps: mean \(Figures.fixed(mean, 2)), most "
      + "\(simulation.iterationMaximum)"
  }

  private var times: String {
    Stopwatch.Part.allCases.map {
      "\($0.rawValue) \(Figures.fixed(watch.seconds(in: $0), 3)) s"
    }.joined(separator: ", ") + ", total \(Figures.fixed(watch.total, 3)) s"
  }
}
