import BusbarGrid
import BusbarTestSupport
import BusbarUnits
import Testing

struct CompileFaultTests {
  private func faults(_ change: (inout TestFeeder) -> Void) -> [GridFault] {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    feeder.extend(to: "1", from: "0")
    feeder.extend(to: "2", from: "1", conductors: [.a, .b])
    change(&feeder)
    do {
      _ = try Network(compiling: feeder.grid)
      return []
    } catch {
      return error.faults
    }
  }

  @Test func aSoundFeederHasNoFaults() { #expect(faults { _ in }.isEmpty) }

  @Test func aLoopNamesTheBranchThatClosesIt() throws {
    let found = faults {
      $0.grid.lines.append(
        Line(
          id: "tie", fromBus: "2", toBus: "0", conductors: [.a], lineCode: "code",
          length: .metres(1)))
    }
    let fault = try #require(found.first)
    #expect(found.count == 1)
    #expect(fault.problem.contains("loop"))
  }

  @Test func eachIslandIsReportedOnceWithItsBuses() throws {
    let found = faults { feeder in
      for id in ["x1", "x2", "y1"] { feeder.grid.buses.append(TestFeeder.bus(id)) }
      feeder.grid.lines.append(
        Line(id: "x", fromBus: "x1", toBus: "x2", lineCode: "code", length: .metres(1)))
    }
    #expect(found.map(\.kind) == [.bus, .bus])
    #expect(found.map(\.id) == ["x1", "y1"])
    #expect(found[0].problem.contains("'x1', 'x2'"))
  }

  @Test func aPhaseFromNowhereNamesThePhaseAndTheBus() throws {
    let found = faults { $0.extend(to: "3", from: "2", conductors: [.b, .c]) }
    let fault = try #require(found.first)
    #expect(fault.id == "line-3")
    #expect(fault.field == "phases")
    #expect(fault.problem.contains("phase c") && fault.problem.contains("'2'"))
  }

  @Test func aNetworkWithoutASourceSaysSo() throws {
    let fault = try #require(faults { $0.grid.sources = [] }.first)
    #expect(fault.problem.contains("no source"))
  }

  @Test func twoSourcesInOneTreeAreBothNamed() throws {
    let found = faults { feeder in
      feeder.grid.sources.append(
        Source(
          id: "second", bus: "1", voltage: .volts(400),
          impedance: SequenceImpedance(positive: .zero, zero: .zero)))
    }
    #expect(found.count == 1)
    #expect(found[0].problem.contains("'source'") && found[0].problem.contains("'second'"))
  }

  @Test func aLineBetweenTwoVoltagesIsRefused() throws {
    let found = faults { $0.grid.buses[2].nominalVoltage = .volts(230) }
    #expect(found.count == 1 && found[0].problem.contains("230.0 V"))
  }

  @Test func allBrokenReferencesAreReportedAtOnce() {
    let found = faults { feeder in
      feeder.grid.lines[0].fromBus = "nowhere"
      feeder.grid.lines[1].lineCode = "no code"
      feeder.grid.sources[0].bus = "elsewhere"
    }
    #expect(Set(found.compactMap(\.field)) == ["from_bus", "line_code", "bus"])
  }

  @Test func aRepeatedIdIsReported() throws {
    let fault = try #require(faults { $0.grid.buses.append(TestFeeder.bus("1")) }.first)
    #expect(fault.kind == .bus && fault.id == "1")
  }
}
