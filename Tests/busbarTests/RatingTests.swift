import BusbarTestSupport
import Foundation
import Testing

/// What a result says of lengths, kinds and ratings.
struct RatingTests {
  /// `cable-1` has the rating of its code, `cable-2` one of its own, `cable-3` is a coupler.
  private static func rate(_ small: inout SmallScenario) {
    small.replace(
      "r0: 0.824 ohm/km", by: "r0: 0.824 ohm/km\n      rated_current: 270 A", in: "scenario.yaml")
    small.replace(
      "  line_codes:\n",
      by: "  line_codes:\n    - {id: coupler, r1: 0 ohm/km, x1: 0 ohm/km, r0: 0 ohm/km, "
        + "x0: 0 ohm/km}\n", in: "scenario.yaml")
    let lines = small["lines.csv"].split(separator: "\n").map(String.init)
    small["lines.csv"] = zip(lines, [",rated_current_a", ",", ",200", ","])
      .map { "\($0)\($1)\n" }.joined().replacing(
        "cable-3,end-2,end-3,abc,NAYY-150", with: "cable-3,end-2,end-3,abc,coupler")
  }

  @Test func branchesHaveTheirKindLengthAndRating() throws {
    let place = try Workplace(Self.rate)
    let result = try place.run()
    let kinds = try place.busbar("export", "csv", "small.h5", "branch_kind")
    #expect(
      kinds.output == """
        branch,branch_kind
        T1,transformer
        cable-1,line
        cable-2,line
        cable-3,switch

        """)
    #expect(try result.values("branch_length") == [nil, 120, 80, 60])
    #expect(try result.values("branch_rated_current") == [nil, 270, 200, nil])
    #expect(try result.values("transformer_rated_power") == [250e3])
    let units = try ["branch_length", "branch_rated_current", "transformer_rated_power"].map {
      try result.reader.variable(named: $0).unit
    }
    #expect(units == ["m", "A", "VA"])
  }

  @Test func aRatedCurrentChangesNoFlow() throws {
    let rated = try Workplace { small in
      Self.rate(&small)
      // Far below what flows.
      small.replace("270 A", by: "0.001 A", in: "scenario.yaml")
    }
    let plain = try Workplace { small in
      Self.rate(&small)
      small.replace("\n      rated_current: 270 A", by: "", in: "scenario.yaml")
      small.replace("200", by: "", in: "lines.csv")
    }
    let (first, second) = (try rated.run(), try plain.run())
    #expect(try second.values("branch_rated_current") == [nil, nil, nil, nil])
    for name in ["bus_voltage_magnitude", "branch_current_magnitude"] {
      #expect(try first.values(name) == second.values(name))
    }
  }

  @Test(arguments: ["0", "-1", "1e7", "much"])
  func aRatedCurrentThatIsNoneIsRefused(_ text: String) throws {
    let place = try Workplace { small in
      Self.rate(&small)
      small.replace("200", by: text, in: "lines.csv")
    }
    let refused = try place.busbar("validate", place.scenario)
    #expect(refused.exitCode == 65)
    #expect(refused.errors.contains("lines.csv:3:"), "\(refused.errors)")
    #expect(refused.errors.contains("rated_current"), "\(refused.errors)")
  }
}
