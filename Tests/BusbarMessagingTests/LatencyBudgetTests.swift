import BusbarEvents
import BusbarMessaging
import Testing

/// Where the time of a process goes (H-31).
struct LatencyBudgetTests {
  static let steps = [
    LatencyBudget.Step("flexibility", over: .platformHTTP),
    LatencyBudget.Step("activation", over: .platformMQTTControl),
    LatencyBudget.Step("command", over: .iec104Command),
  ]

  @Test func theClassesAlonePromiseTheSumOfTheirMedians() {
    let budget = LatencyBudget(process: "activation", steps: Self.steps)
    #expect(budget.rows.map(\.promised) == [47, 36, 584])
    #expect(budget.total.promised == 667)
    #expect(budget.total.measured == nil)
  }

  /// 0 to 100 in steps of 1: each quantile is its own percentage.
  @Test func aSummaryHasTheQuantilesOfItsSamples() throws {
    let samples = (0...100).map { Double(($0 * 37) % 101) }
    let summary = try #require(LatencySummary(of: samples))
    #expect(summary.count == 101)
    // To rounding of the interpolation.
    #expect(abs(summary.p5 - 5) < 1e-9)
    #expect(abs(summary.median - 50) < 1e-9)
    #expect(abs(summary.p95 - 95) < 1e-9)
    #expect(abs(summary.mean - 50) < 1e-9)
    #expect(summary.maximum == 100)
    #expect(LatencySummary(of: []) == nil)
    #expect(LatencySummary(of: [7])?.p95 == 7)
  }

  /// Two steps that are never slow together: the total's 95 % quantile is not the sum of theirs.
  @Test func theTotalIsThatOfWholePasses() throws {
    let passes = (0..<100).map { $0.isMultiple(of: 2) ? [10.0, 100] : [100, 10] }
    let budget = LatencyBudget(
      process: "relay", steps: [.init("there", over: nil), .init("back", over: nil)],
      passes: passes)
    #expect(budget.total.measured?.p95 == 110)
    #expect(budget.rows.map { $0.measured?.p95 } == [100, 100])
    #expect(budget.total.promised == nil)
  }

  @Test func theTableOfABudgetIsPlainText() {
    let budget = LatencyBudget(
      process: "H-30", steps: Self.steps, passes: [[47, 36, 584], [50, 40, 610.25]])
    #expect(
      budget.description == """
        H-30, latency in ms
        step         promised     p5  median    p95   mean  maximum  passes
        flexibility      47.0   47.2    48.5   49.9   48.5     50.0       2
        activation       36.0   36.2    38.0   39.8   38.0     40.0       2
        command         584.0  585.3   597.1  608.9  597.1    610.3       2
        total           667.0  668.7   683.6  698.6  683.6    700.3       2
        """)
  }
}
