import BusbarScenario
import BusbarSimulation
import BusbarUnits
import Testing

/// The feeders that come with the package, node by node against OpenDSS.
///
/// Their networks and references need nothing beside the package, so that a fresh clone proves its
/// accuracy. `FeederValidation` compares more quantities of more feeders where the data are present.
@Suite
struct CommittedCaseTests {
  /// 30 of the IEEE feeders, 13 of their variants and 48 circuits of one element each.
  static let counts = ["ieee": 30, "ieee_variants": 13, "unit_circuits": 48]

  @Test(arguments: CommittedCase.all)
  func everyNodeHasTheVoltageOfOpenDSS(_ item: CommittedCase) throws {
    let simulation = try #require(
      FeederValidation.solve(try item.scenario()), "\(item.testDescription) does not converge")
    let comparison = CaseComparison(simulation, try item.reference())
    #expect(item.faults(of: comparison) == [])
  }

  @Test(arguments: CommittedCase.origins)
  func everyFolderHasItsReferencesAndEveryReferenceItsTolerance(_ origin: String) throws {
    let listed = CommittedCase.all.filter { $0.origin == origin }
    #expect(listed.count == Self.counts[origin])
    #expect(
      try CommittedCase.present(in: origin) == Set(listed.map { "\($0.network)/\($0.variant)" }))
    // The limits of the whole validation; what is looser than 1e-6 has its reason beside it.
    #expect(listed.allSatisfy { $0.voltageLimit <= 5e-6 && $0.angleLimit <= 1e-4 })
  }

  @Test func aReferenceThatIsWrongAtOneNodeFails() throws {
    let item = try #require(CommittedCase.all.first { $0.testDescription == "ieee/13Bus/control" })
    let simulation = try #require(FeederValidation.solve(try item.scenario()))
    let reference = try item.reference()
    for place in reference.indices {
      var wrong = reference
      // 1e-5 pu of the magnitude alone, which no angle shows.
      let factor = 1 + 1e-5 * (try #require(wrong[place].base)) / wrong[place].voltage.length
      wrong[place].voltage = wrong[place].voltage * Phasor(factor, 0)
      let faults = item.faults(of: CaseComparison(simulation, wrong))
      let node = "\(wrong[place].bus).\(wrong[place].node)"
      #expect(faults.count == 1 && faults.allSatisfy { $0.contains("voltage of \(node) is off") })
    }
  }
}
