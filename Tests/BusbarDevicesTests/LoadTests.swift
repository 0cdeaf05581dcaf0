import BusbarDevices
import BusbarEvents
import BusbarTestSupport
import BusbarUnits
import Testing

struct LoadTests {
  private let profile = Profile(id: "p", step: .minutes(1), values: [1, 0.5, 0, -2])

  private func load(_ watts: Double, factor: Double, _ profile: Profile?) -> Load.Parameters {
    load(["power": .number(watts), "power_factor": .number(factor)], profile)
  }

  private func load(
    _ given: [String: FieldValue], _ profile: Profile? = nil
  ) -> Load.Parameters {
    let values = values(given.merging(["profile": .text(profile?.id ?? "")]) { $1 })
    let library = ProfileLibrary([profile ?? Profile(id: "", step: .minutes(1), values: [1])])
    return Load.parameters(values, library)
  }

  private func values(_ given: [String: FieldValue]) -> FieldValues {
    let declaration = RecordDeclaration("load", "A load.", fields: Load.fields)
    return FieldValues(of: declaration, inOrder: declaration.fields.map { given[$0.name] })
  }

  private func demandAfterOneMinute(_ parameters: Load.Parameters) -> ComplexPower {
    let later = Load.advance(
      Load.initialState(parameters), by: .minutes(1), drawing: .zero, parameters)
    return Load.demand(later, at: .volts(230), parameters)
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

  @Test func theReactivePowerOfACapacitiveLoadIsNegative() {
    let parameters = load(["power": .number(0), "reactive_power": .number(-200)], profile)
    #expect(demandAfterOneMinute(parameters).reactiveVars == -100)
  }

  /// At half a profile the active power halves, and the reactive one stays.
  @Test(arguments: [
    ("fixed_reactive", VoltageResponse.constantPower), ("fixed_reactive_impedance", .motor),
  ])
  func aFixedReactivePowerDoesNotFollowTheProfile(_ word: String, _ response: VoltageResponse) {
    let parameters = load(
      [
        "power": .number(1_000), "reactive_power": .number(300), "response": .text(word),
        "rated_voltage": .number(230),
      ], profile)
    #expect(parameters.response == response)
    #expect(
      demandAfterOneMinute(parameters) == ComplexPower(activeWatts: 500, reactiveVars: 300))
  }

  @Test func theResponseComesWithItsRatedVoltageAndWindow() {
    var given: [String: FieldValue] = [
      "power": .number(1_000), "response": .text("constant_current"),
      "rated_voltage": .number(230), "minimum_voltage": .number(0.8),
      "maximum_voltage": .number(1.1),
    ]
    let window = VoltageWindow(minimum: 0.8, maximum: 1.1, low: 0.5)
    #expect(
      Load.voltageResponse(load(given))
        == RatedResponse(.constantCurrent, window: window, ratedVoltage: .volts(230)))
    given["minimum_voltage"] = .number(0.3)
    #expect(Load.voltageResponse(load(given))?.window?.low == 0.3)
    given["response"] = .text("constant_power")
    #expect(Load.voltageResponse(load(given))?.response == .constantPower)
    #expect(Load.voltageResponse(load(["power": .number(1_000)])) == nil)
  }

  @Test func theSharesOfAZIPLoadAreReadInTheOrderOfTheirNames() {
    let shares = [
      ("zip_p_z", 0.1), ("zip_p_i", 0.2), ("zip_p_p", 0.7), ("zip_q_z", 0.3), ("zip_q_i", 0.4),
      ("zip_q_p", 0.3), ("zip_cutoff", 0.6), ("rated_voltage", 230), ("power", 1),
    ]
    var given = Dictionary(uniqueKeysWithValues: shares.map { ($0, FieldValue.number($1)) })
    given["response"] = .text("zip")
    let expected = ZIPCoefficients(
      active: (0.1, 0.2, 0.7), reactive: (0.3, 0.4, 0.3), cutoff: 0.6)
    #expect(load(given).response == .zip(expected))
    #expect(Load.contradictions(in: values(given)).isEmpty)
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
