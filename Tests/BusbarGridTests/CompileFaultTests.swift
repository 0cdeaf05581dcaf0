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

  @Test func aNetworkWithoutASourceSaysSo() throws {
    let fault = try #require(faults { $0.grid.sources = [] }.first)
    #expect(fault.problem.contains("no source"))
  }

  @Test func aLineBetweenTwoVoltagesIsRefused() throws {
    let found = faults { $0.grid.buses[2].nominalVoltage = .volts(230) }
    #expect(found.count == 1 && found[0].problem.contains("230.0 V"))
  }

  @Test func allBrokenReferencesAreReportedAtOnce() {
    let found = faults { feeder in
      feeder.grid.lines[0].from.bus = "nowhere"
      feeder.grid.lines[1].lineCode = "no code"
      feeder.grid.sources[0].connection.bus = "elsewhere"
    }
    #expect(Set(found.compactMap(\.field)) == ["from_bus", "line_code", "bus"])
  }

  @Test func aRepeatedIdIsReported() throws {
    let fault = try #require(faults { $0.grid.buses.append(TestFeeder.bus("1")) }.first)
    #expect(fault.kind == .bus && fault.id == "1")
  }

  @Test func aLineWithMoreConductorsAtOneEndIsReported() throws {
    let found = faults {
      $0.grid.lines[1].to = Connection(bus: "2", [.a])
    }
    let fault = try #require(found.first)
    #expect(fault.id == "line-2" && fault.field == "to_phases")
    #expect(fault.problem.contains("2 conductors") && fault.problem.contains("1 at the other"))
  }

  @Test func aLineCodeThatDoesNotReachAConductorIsReported() throws {
    let found = faults { $0.extend(to: "3", from: "1", conductors: [.a, .n]) }
    let fault = try #require(found.first)
    #expect(fault.id == "line-3" && fault.problem.contains("'an'"))
  }

  @Test func windingsThatDoNotFitAreReported() throws {
    let found = faults { feeder in
      feeder.grid.buses.append(TestFeeder.bus("low"))
      var transformer = Transformer(
        id: "T", fromBus: "1", toBus: "low", vectorGroup: .dyn11, ratedPower: .voltAmperes(1e5),
        fromVoltage: .volts(400), toVoltage: .volts(400), resistance: .perUnit(0.01),
        reactance: .perUnit(0.04))
      transformer.windings[1].coils.removeLast()
      feeder.grid.transformers = [transformer]
    }
    #expect(found.count == 1 && found[0].kind == .transformer && found[0].id == "T")
  }

  @Test func aStepOfAShuntThatDoesNotFitItsConductorsIsReported() throws {
    let found = faults { feeder in
      feeder.earth(.a, of: "1", by: .one)
      feeder.grid.shunts[0].steps[0].admittance = ComplexMatrix(identity: 2)
    }
    #expect(found.count == 1 && found[0].kind == .shunt && found[0].id == "earth-1-a")
  }

  @Test func aSourceWithoutAVoltageForAConductorIsReported() throws {
    let found = faults { $0.grid.sources[0].electromotiveForce.removeLast() }
    #expect(found.count == 1 && found[0].kind == .source && found[0].field == "phases")
  }
}
