import BusbarDevices
import BusbarEvents
import BusbarTestSupport
import BusbarUnits
import Testing

struct ReactiveProfileTests {
  private let active = Profile(id: "p", step: .minutes(2), values: [1, 0.5])
  private let reactive = Profile(id: "q", step: .minutes(1), values: [0, -1, 2])

  private func load(active profile: Profile?) -> Load.Parameters {
    var parameters = Load.Parameters(
      nominal: ComplexPower(activeWatts: 1_000, reactiveVars: 200), profile: profile)
    parameters.reactiveCourse = .following(reactive)
    return parameters
  }

  @Test("The reactive power follows its own factors, the active power the others")
  func theReactivePowerHasFactorsOfItsOwn() {
    let parameters = load(active: active)
    var state = Load.initialState(parameters)
    var seen: [ComplexPower] = []
    while let next = Load.timeUntilNextChange(state, parameters) {
      let power = Load.demand(state, at: .volts(230), parameters)
      seen.append(power)
      state = Load.advance(state, by: next, drawing: power, parameters)
    }
    seen.append(Load.demand(state, at: .volts(230), parameters))
    #expect(seen.map(\.activeWatts) == [1_000, 1_000, 500])
    #expect(seen.map(\.reactiveVars) == [0, -200, 400])
  }

  @Test("A load with and without factors for its active power obeys the laws")
  func theLoadObeysTheLaws() {
    for profile in [active, nil] {
      #expect(DeviceLaws.violations(of: Load.self, load(active: profile), seed: 9).isEmpty)
    }
  }
}
