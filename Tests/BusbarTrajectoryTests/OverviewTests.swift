import BusbarEvents
import BusbarSimulation
import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

struct OverviewTests {
  private let folder: URL
  private let provenance = Provenance(
    busbarVersion: "test", title: "A test", inputs: [],
    definition: RunDefinition(scenarioFile: "scenario.yaml", overrides: []))

  init() throws { folder = try PackageFolder.makeTemporaryFolder() }

  /// Runs a feeder of five hours whose third hour has no solution, beginning at an instant of a
  /// zone.
  private func reader(
    _ epoch: Epoch, minutes: Int = 300, every interval: Interval = .minutes(1)
  ) throws -> TrajectoryReader {
    var first = (0..<minutes).map { 500 + 3 * Double($0 * 37 % 101) }
    if minutes > 180 { for minute in 120..<180 { first[minute] = 1e6 } }
    let plain = try TestRun.plan(
      minutes: Int64(minutes), first: first, second: Array(repeating: 300, count: minutes),
      policy: .missing)
    let plan = SimulationPlan(
      solver: plain.solver, epoch: epoch, duration: plain.duration, seed: 1, fleets: plain.fleets,
      connections: plain.connections, meters: plain.meters,
      meteringInterval: plain.meteringInterval, criterion: plain.criterion,
      divergencePolicy: plain.divergencePolicy)
    let path = folder.appendingPathComponent("\(UUID().uuidString).h5").path
    var simulation = Simulation(plan)
    let writer = try TrajectoryWriter(
      OutputPath(path), for: simulation,
      RecordingOptions(interval: interval, precision: .double), provenance)
    while let instant = writer.nextRecording {
      _ = TestRun.run(&simulation, through: instant)
      try writer.record(&simulation)
    }
    try writer.close(&simulation, as: .completed)
    return try TrajectoryReader(path)
  }

  private func numbers(_ reader: TrajectoryReader, _ path: String) throws -> [Double?] {
    let variable = try reader.variable(named: path)
    return try reader.numbers(of: variable, rows: 0..<variable.shape[0])
  }

  @Test func anHourHoldsMinimumMeanAndMaximumOfItsInstants() throws {
    let reader = try reader(
      Epoch(unixMilliseconds: 1_736_899_200_000, zone: "UTC", offsetSeconds: 0))
    let raw = try numbers(reader, "loss_active_power")
    let minima = try numbers(reader, "overview_hour/loss_active_power_minimum")
    let means = try numbers(reader, "overview_hour/loss_active_power_mean")
    let maxima = try numbers(reader, "overview_hour/loss_active_power_maximum")
    #expect(means.count == 5)
    for hour in 0..<5 {
      let values = raw[(hour * 60)..<(hour * 60 + 60)].compactMap { $0 }
      #expect(values.count == (hour == 2 ? 0 : 60))
      #expect(minima[hour] == values.min())
      #expect(maxima[hour] == values.max())
      if let mean = means[hour] {
        // Sums of sixty numbers near 10 W.
        #expect(abs(mean - values.reduce(0, +) / 60) < 1e-12)
      } else {
        #expect(hour == 2)
      }
    }
    #expect(
      try numbers(reader, "overview_hour/hour_instants") == [60, 60, 0, 60, 60])
  }

  /// 30 March 2025 has 23 hours in London and 26 October has 25.
  @Test(
    arguments: [
      (1_743_206_400_000, 0, [0, 86_400_000, 86_400_000 + 82_800_000]),
      (1_761_346_800_000, 3_600, [0, 86_400_000, 86_400_000 + 90_000_000]),
    ] as [(Int64, Int, [Double])])
  func daysAreThoseOfTheLocalCalendar(unix: Int64, offset: Int, starts: [Double]) throws {
    let reader = try reader(
      Epoch(unixMilliseconds: unix, zone: "Europe/London", offsetSeconds: offset),
      minutes: 60 * 24 * 2 + 120, every: .minutes(60))
    #expect(try numbers(reader, "overview_day/day_time") == starts)
  }

  /// A run that begins at 00:40 has an hour that began before it.
  @Test func theFirstHourBeginsOnTheClock() throws {
    let reader = try reader(
      Epoch(unixMilliseconds: 1_736_899_200_000 + 2_400_000, zone: "UTC", offsetSeconds: 0),
      minutes: 100)
    #expect(try numbers(reader, "overview_hour/hour_time") == [-2_400_000, 1_200_000, 4_800_000])
    #expect(try numbers(reader, "overview_hour/hour_instants") == [20, 60, 20])
  }

  @Test func anglesHaveNoOverview() throws {
    let reader = try reader(
      Epoch(unixMilliseconds: 1_736_899_200_000, zone: "UTC", offsetSeconds: 0), minutes: 60)
    let paths = reader.variables.map(\.path).filter { $0.hasPrefix("overview_hour") }
    #expect(paths.contains("overview_hour/bus_voltage_magnitude_mean"))
    #expect(!paths.contains { $0.contains("angle") })
  }
}
