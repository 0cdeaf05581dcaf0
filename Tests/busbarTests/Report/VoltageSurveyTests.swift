import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

@testable import BusbarReport

/// The extremes and the counts of voltages outside limits, against those of all recorded values.
struct VoltageSurveyTests {
  /// Limits that all voltages keep, that some leave now and then, and that all leave.
  @Test(arguments: [0.5...1.5, 0.995...1.015, 1.002...1.1, 1.5...1.6])
  func hoursLeadToTheSameCountsAsAllInstants(_ limits: ClosedRange<Double>) throws {
    let place = try Workplace()
    let file = try place.run()
    let result = try ResultView(file.reader)
    let survey = try VoltageSurvey(result, VoltageLimits(limits))
    let rows = try file.rows("bus_voltage_magnitude")
    let buses = try file.reader.texts("bus")
    let phases = try file.reader.texts("phase")
    let nominal = try file.values("bus_nominal_voltage").map { ($0 ?? 0) / 3.0.squareRoot() }
    #expect(survey.instantCount == rows.count)
    var found = 0
    for place in survey.places {
      let bus = try #require(buses.firstIndex(of: place.bus))
      let phase = try #require(phases.firstIndex(of: place.phase))
      let values = rows.compactMap { $0[bus * phases.count + phase] }.map { $0 / nominal[bus] }
      guard !values.isEmpty else {
        #expect(place.outside == 0)
        continue
      }
      found += 1
      #expect(place.below == values.count { $0 < limits.lowerBound })
      #expect(place.above == values.count { $0 > limits.upperBound })
      #expect(place.interrupted == 0)
      #expect(place.lowest == values.min())
      #expect(place.highest == values.max())
    }
    #expect(found >= 12)
  }

  @Test func onlyHoursWithAViolationAreReadInstantByInstant() throws {
    let place = try Workplace()
    let result = try ResultView(place.run().reader)
    let none = try VoltageSurvey(result, VoltageLimits(0.5...1.5))
    #expect(none.readCount == 0)
    #expect(none.violations.isEmpty)
    let lowest = try #require(none.lowest)
    let one = try VoltageSurvey(result, VoltageLimits(lowest.lowest.nextUp...1.5))
    // Four instants of a quarter of an hour each are recorded in the hour of the lowest voltage.
    #expect(one.readCount.isMultiple(of: 4) && one.readCount > 0)
    #expect(one.readCount < one.instantCount / 2)
    #expect(one.violations.first?.bus == lowest.bus)
  }
}
