import BusbarScenario
import BusbarTestSupport
import Testing

/// A normally open point may leave buses without supply, which is said and not refused.
struct IslandTests {
  @Test func anIslandIsNamedAtItsFirstBus() throws {
    var small = SmallScenario()
    small.replace("cable-2,end-1,end-2,abc,NAYY-150,80\n", by: "", in: "lines.csv")
    let reading = try small.read()
    let warnings = reading.diagnostics.sorted
    let isRead = reading.scenario != nil
    #expect(isRead)
    #expect(warnings.map(\.severity) == [.warning])
    #expect(warnings.map(\.location.description) == ["buses.csv:5:1"])
    #expect(
      warnings.first?.problem == "no source feeds the island of 2 buses: 'end-2', 'end-3'")
  }

  @Test func aBusWithoutAnyConductorIsAnIsland() throws {
    var small = SmallScenario()
    small.replace("end-3,0.4\n", by: "end-3,0.4\nlonely,0.4\nzzz,0.4\n", in: "buses.csv")
    let reading = try small.read()
    #expect(
      reading.diagnostics.sorted.map(\.problem) == [
        "no source feeds the island of 1 bus: 'lonely'",
        "no source feeds the island of 1 bus: 'zzz'",
      ])
    let isRead = reading.scenario?.voltages().count == 15
    #expect(isRead)
  }

  @Test func anOpenLineMakesTheSameIslandAsNoLine() throws {
    var small = SmallScenario()
    small.setLines("cable-3,end-2,end-3,abc,NAYY-150,60,,open")
    let warnings = try small.read().diagnostics.sorted
    #expect(warnings.map(\.problem) == ["no source feeds the island of 1 bus: 'end-3'"])
  }
}
