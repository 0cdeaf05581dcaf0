import BusbarScenario
import BusbarTestSupport
import Foundation
import Testing

struct BrokenScenarioTests {
  @Test func theScenarioThatIsBrokenHereIsSound() throws {
    let reading = try SmallScenario().read()
    let isSound = reading.scenario != nil
    #expect(isSound)
    #expect(reading.diagnostics.count == 0)
  }

  @Test(arguments: BrokenScenario.all)
  func theFaultIsReportedWithItsPlaceAndItsRemedy(_ broken: BrokenScenario) throws {
    var small = SmallScenario()
    broken.change(&small)
    let reading = try small.read(overrides: broken.overrides)
    let faults = reading.diagnostics.sorted
    let said = faults.map(\.description).joined(separator: "\n")
    let isRefused = reading.scenario == nil
    #expect(isRefused)
    #expect(
      faults.allSatisfy { $0.severity == .error && !$0.problem.isEmpty && !$0.remedy.isEmpty })
    #expect(
      faults.contains {
        $0.location.description == broken.place && $0.problem.contains(broken.problem)
          && $0.remedy.contains(broken.remedy)
      }, "expected at \(broken.place): \(broken.problem) / \(broken.remedy)\nsaid:\n\(said)")
    #expect(faults.count == broken.count, "\(said)")
  }
}
