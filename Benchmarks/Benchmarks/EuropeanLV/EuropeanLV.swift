import Benchmark
import BusbarPowerFlow
import BusbarUnits
import Foundation

/// The benchmarks of the European low-voltage feeder; `Benchmarks/run` puts OpenDSS beside them.
///
/// A warm step is one power flow that starts from the solution of the minute before, as the loads
/// follow their profiles through the day. Each step is timed alone, as the peer's steps are.
let benchmarks: @Sendable () -> Void = {
  let stepCount = EuropeanLVCase.minuteCount
  let step = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], timeUnits: .microseconds,
    warmupIterations: stepCount, maxDuration: .seconds(60), maxIterations: 10 * stepCount)
  let run = Benchmark.Configuration(
    metrics: [.wallClock, .throughput, .peakMemoryResident], timeUnits: .milliseconds,
    warmupIterations: 1, maxDuration: .seconds(60), maxIterations: 15)

  Benchmark("warm step", configuration: step) { (benchmark: Benchmark, day: EuropeanLVSteps) in
    day.prepare()
    benchmark.startMeasurement()
    day.solve()
    benchmark.stopMeasurement()
  } setup: {
    try EuropeanLVSteps()
  }

  Benchmark("warm step, all node voltages read", configuration: step) {
    (benchmark: Benchmark, day: EuropeanLVSteps) in
    day.prepare()
    benchmark.startMeasurement()
    day.solve()
    day.readVoltages()
    benchmark.stopMeasurement()
    blackHole(day.voltages)
  } setup: {
    try EuropeanLVSteps()
  }

  Benchmark("warm step, all node voltages and losses", configuration: step) {
    (benchmark: Benchmark, day: EuropeanLVSteps) in
    day.prepare()
    benchmark.startMeasurement()
    day.solve()
    day.readVoltages()
    blackHole(day.readLosses())
    benchmark.stopMeasurement()
  } setup: {
    try EuropeanLVSteps()
  }

  Benchmark("read and compile the scenario", configuration: run) { _ in
    blackHole(try EuropeanLVCase.read())
  }

  Benchmark("whole day, from the scenario to the HDF5 file", configuration: run) { _ in
    try EuropeanLVCase.runDay()
  }
}
