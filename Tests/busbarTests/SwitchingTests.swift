import BusbarTestSupport
import Foundation
import Testing

extension SmallScenario {
  /// Adds planned switching: rows of line, at, state.
  mutating func addSwitching(_ rows: String) {
    self["switching.csv"] = "line,at,state\n\(rows)\n"
    replace(
      "  lines: lines.csv\n", by: "  lines: lines.csv\n  switching: switching.csv\n",
      in: "scenario.yaml")
  }
}

/// Lines that are opened and closed while a run goes on.
struct SwitchingTests {
  @Test func whatLiesBehindAnOpenLineHasNoVoltageUntilItIsClosed() throws {
    let place = try Workplace {
      $0.addSwitching("cable-3,6 h,open\ncable-3,12 h,closed")
    }
    let result = try place.run()
    let variable = try result.reader.variable(named: "bus_voltage_magnitude")
    let buses = try result.reader.labels(ofDimension: 1, of: variable)
    let bus = try #require(buses.firstIndex(of: "end-3"))
    let rows = try result.rows("bus_voltage_magnitude").map { try! #require($0[3 * bus]) }
    // A row every 15 minutes.
    for (row, volts) in rows.enumerated() {
      if (24..<48).contains(row) {
        #expect(volts == 0, "row \(row)")
      } else {
        #expect(volts > 200, "row \(row)")
      }
    }
    let kinds = try result.values("event_kind")
    #expect(kinds.count { $0 == 4 } == 2)
    try result.expectFiniteNumbers()
  }

  @Test func theOrderOfTheRowsChangesNothing() throws {
    let place = try Workplace {
      $0.addSwitching("cable-3,6 h,open\ncable-2,6 h,open\ncable-2,8 h,closed")
    }
    try place.add("other") {
      $0.addSwitching("cable-2,8 h,closed\ncable-2,6 h,open\ncable-3,6 h,open")
    }
    _ = try place.run(to: "a.h5")
    #expect(try place.busbar("run", "other", "-o", "b.h5").exitCode == 0)
    try SameContentTests.expectSame(place, "a.h5", "b.h5")
  }

  /// A ring of 400 V over two cables in parallel is closed and opened again.
  @Test func closingALoopIsSolvedToo() throws {
    let place = try Workplace {
      $0["lines.csv"] += "tie,lv,end-3,abc,NAYY-150,90\n"
      $0.addSwitching("tie,10 h,open\ntie,11 h,closed")
    }
    let result = try place.run()
    let volts = try result.rows("bus_voltage_magnitude")
    #expect(volts[43] != volts[44], "at 11 h the tie closes")
    try result.expectFiniteNumbers()
  }
}
