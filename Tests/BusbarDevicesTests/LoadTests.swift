import BusbarDevices
import BusbarEvents
import BusbarTestSupport
import BusbarUnits
import Testing

struct LoadTests {
  private let profile = Profile(id: "p", step: .minutes(1), values: [1, 0.5, 0, -2])

  private func load(_ watts: Double, factor: Double, _ profile: Profile?) -> Load.Parameters {
    let declaration = RecordDeclaration("load", "A load.", fields: Load.fields)
    let values = FieldValues(
      of: declaration,
      inOrder: [
        .number(watts), .number(factor), profile.map { .text($0.id) },
      ])
    return Load.parameters(values, ProfileLibrary(profile.map { [$0] } ?? []))
  }

  @Test func theLoadObeysTheLaws() {
    for parameters in [load(1_000, factor: 0.95, profile), load(-500, factor: 1, nil)] {
      #expect(DeviceLaws.violations(of: Load.self, parameters, seed: 7).isEmpty)
    }
  }

  /// Q = P·tan(arccos(pf)): 0.8 gives three quarters, whatever P.
  @Test func thePowerFactorGivesTheReactivePower() {
    let parameters = load(4_000, factor: 0.8, nil)
    let power = Load.demand(Load.initialState(parameters), at: .volts(230), parameters)
    #expect(power.activeWatts == 4_000)
    #expect(abs(power.reactiveVars - 3_000) < 1e-9)
  }

  @Test(arguments: [(0, 1.0), (59_999, 1), (60_000, 0.5), (120_000, 0), (180_000, -2)])
  func aStepHoldsUntilTheNextOneBegins(milliseconds: Int64, factor: Double) {
    #expect(profile.value(at: Interval(milliseconds: milliseconds)) == factor)
  }

  @Test func afterItsLastStepAProfileHoldsAndChangesNoMore() {
    #expect(profile.value(at: .hours(5)) == -2)
    #expect(profile.timeUntilNextStep(after: .minutes(3)) == nil)
    #expect(profile.timeUntilNextStep(after: .minutes(2)) == .minutes(1))
    #expect(
      profile.timeUntilNextStep(after: Interval(milliseconds: 59_999))
        == Interval(milliseconds: 1))
  }

  @Test func aConstantLoadNeverChanges() {
    let parameters = load(100, factor: 1, nil)
    #expect(Load.timeUntilNextChange(Load.initialState(parameters), parameters) == nil)
  }
}
