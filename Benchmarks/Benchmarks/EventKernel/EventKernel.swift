import Benchmark

/// The benchmarks of the event kernel: how many events, and how many ticks of devices, a second.
///
/// An event is one removal from the queue, its part of the log's hash, and one insertion.
let benchmarks: @Sendable () -> Void = {
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], timeUnits: .microseconds, warmupIterations: 3,
    maxDuration: .seconds(20), maxIterations: 30)

  for times in HoldModel.Times.allCases {
    Benchmark("a million events at \(times.rawValue)", configuration: configuration) {
      (benchmark: Benchmark, start: HoldModel) in
      var model = start
      // The first event copies the queue, which is not what is timed.
      model.run(1)
      benchmark.startMeasurement()
      model.run(1_000_000)
      benchmark.stopMeasurement()
      blackHole(model.hash)
    } setup: {
      HoldModel(times)
    }
  }

  Benchmark("a million device ticks in cohorts", configuration: configuration) {
    (benchmark: Benchmark, fleet: PeriodicFleet) in
    benchmark.startMeasurement()
    fleet.run(ticks: 20)
    benchmark.stopMeasurement()
    blackHole(fleet.hash)
  } setup: {
    PeriodicFleet()
  }
}
