import BusbarDevices
import BusbarEvents
import BusbarScenario
import BusbarTestSupport
import Testing

struct CatalogTests {
  /// Every kind that is registered obeys the laws, whoever wrote it.
  @Test(arguments: Catalog.standard.kinds.map(\.name), [1, 2, 3, 4, 5] as [UInt64])
  func everyKindObeysTheLaws(name: String, seed: UInt64) throws {
    let kind = try #require(Catalog.standard.kind(named: name))
    let profile = Profile(id: "p", step: .minutes(1), values: [0, 1, 0.5, -0.2, 3, 3, 1])
    func check<Model: DeviceModel>(_ model: Model.Type) -> [String] {
      var numbers = SeededNumbers(seed: seed)
      let values = DeviceLaws.soundValues(
        of: model, kind.declaration, profile: profile.id, &numbers)
      let parameters = model.parameters(values, ProfileLibrary([profile]))
      return DeviceLaws.violations(of: model, parameters, seed: seed)
    }
    #expect(check(kind.model).isEmpty)
  }

  @Test func everyKindAndChannelHasANameAndAUnit() {
    for kind in Catalog.standard.kinds {
      func check<Model: DeviceModel>(_ model: Model.Type) {
        #expect(model.kind == kind.name)
        #expect(!model.documentation.isEmpty)
        for channel in model.channels {
          #expect(!channel.name.isEmpty && !channel.unit.isEmpty && !channel.longName.isEmpty)
        }
      }
      check(kind.model)
    }
  }

  @Test func registeringAKindTwiceTraps() async {
    await #expect(processExitsWith: .failure) { _ = Catalog(Load.self, Load.self) }
  }
}
