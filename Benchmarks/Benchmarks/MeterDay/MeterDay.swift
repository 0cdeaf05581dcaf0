import Benchmark
import BusbarSimulation

/// The benchmark of the metering: a day of 14,000 meters over 200 concentrators (U-1), with losses and
/// retries; one power flow, since all loads are constant.
let benchmarks: @Sendable () -> Void = {
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock], timeUnits: .microseconds, warmupIterations: 0,
    maxDuration: .seconds(60), maxIterations: 5)

  Benchmark("a day of 14,000 meters", configuration: configuration) {
    (benchmark: Benchmark, town: MeterTown) in
    benchmark.startMeasurement()
    let result = town.day()
    benchmark.stopMeasurement()
    // What was timed is what was meant: nearly all records are there in spite of the losses.
    precondition(result.arrivals > 14_000 * 46, "Only \(result.arrivals) records arrived.")
    precondition(result.flows == 1, "The loads are constant.")
    blackHole(result.hash)
  } setup: {
    MeterTown()
  }
}
