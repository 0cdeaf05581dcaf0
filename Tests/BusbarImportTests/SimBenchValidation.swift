import BusbarEvents
import BusbarSimulation
import BusbarTestSupport
import Testing

/// Voltages of imported grids against pandapower 3.5.6 (Newton-Raphson, 1e-10 MVA, trafo model t).
///
/// The references have ten decimals. Tolerances: 1e-8 pu and 1e-6 degrees, ten times and more what
/// was measured (7e-10 pu and 9e-9 degrees).
@Suite(
  "SimBench against pandapower",
  .enabled(if: SimBenchReference.isPresent, SimBenchReference.absent),
  .enabled(if: SimBenchReference.isOptimized, SimBenchReference.unoptimized))
struct SimBenchValidation {
  private static let tolerance = (perUnit: 1e-8, degrees: 1e-6)

  @Test(
    "Two days of the low-voltage grids have the voltages of pandapower",
    arguments: ["1-LV-rural1--1-sw", "1-LV-semiurb4--1-sw"], ["2016-01-12", "2016-06-22"])
  func daysAgree(grid: String, day: String) throws {
    let magnitudes = try SimBenchReference.table("\(grid)/reference/day_\(day)_vm_pu.csv.gz")
    let angles = try SimBenchReference.table("\(grid)/reference/day_\(day)_va_degree.csv.gz")
    let first = try #require(Int(magnitudes[1][1]))
    try #require(magnitudes.count == 97 && angles.count == 97)
    var simulation = try SimBenchReference.simulation(
      grid, rows: first..<(first + 96), taps: .neutral)
    var difference = VoltageDifference()
    for row in 1...96 {
      simulation.advanceSolving(
        through: SimulationTime.start + .minutes(Int64(row - 1) * 15))
      for column in 2..<magnitudes[0].count {
        try difference.compare(
          magnitudes[0][column], try #require(Double(magnitudes[row][column])),
          degrees: try #require(Double(angles[row][column])), in: simulation)
      }
    }
    print(grid, day, difference)
    #expect(difference.perUnit < Self.tolerance.perUnit)
    #expect(difference.degrees < Self.tolerance.degrees)
  }

  @Test(
    "All buses of a medium-voltage grid with its low-voltage grids have pandapower's voltages",
    arguments: [1_130, 16_660])
  func snapshotsAgree(step: Int) throws {
    let grid = "1-MVLV-urban-all-1-sw"
    let reference = try SimBenchReference.table(
      "\(grid)/reference/snapshots_step\(step)_bus.csv.gz")
    var simulation = try SimBenchReference.simulation(grid, rows: step..<(step + 2), taps: .neutral)
    simulation.advanceSolving(through: .start)
    var difference = VoltageDifference()
    for row in reference.dropFirst() {
      try difference.compare(
        row[0], try #require(Double(row[1])), degrees: try #require(Double(row[2])),
        in: simulation)
    }
    print(grid, step, difference)
    #expect(difference.count == 3 * 10_458)
    #expect(difference.perUnit < Self.tolerance.perUnit)
    #expect(difference.degrees < Self.tolerance.degrees)
  }

  /// Solved by pandapower 3.5.6 as the references, but with `tap_changer_type` set to "Ratio".
  @Test(
    "A tap on the high-voltage side has the effect that it has in pandapower",
    arguments: [
      (
        1_130,
        [
          ("LV1.101 Bus 1", 0.992102187306, -150.4627539434),
          ("LV1.101 Bus 5", 0.989761489017, -150.4692673940),
          ("LV1.101 Bus 14", 0.991854559010, -150.4547824322),
        ]
      ),
      (
        16_660,
        [
          ("LV1.101 Bus 1", 1.019803837277, -147.2651151233),
          ("LV1.101 Bus 5", 1.027555130861, -147.0448356392),
          ("LV1.101 Bus 14", 1.021494245724, -147.2042230444),
        ]
      ),
    ])
  func tapsAgree(step: Int, expected: [(String, Double, Double)]) throws {
    var simulation = try SimBenchReference.simulation(
      "1-LV-rural1--1-sw", rows: step..<(step + 2), taps: .given)
    simulation.advanceSolving(through: .start)
    var difference = VoltageDifference()
    for (bus, perUnit, degrees) in expected {
      try difference.compare(bus, perUnit, degrees: degrees, in: simulation)
    }
    print("tap", step, difference)
    #expect(difference.perUnit < Self.tolerance.perUnit)
    #expect(difference.degrees < Self.tolerance.degrees)
  }
}
