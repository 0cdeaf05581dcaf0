import BusbarScenario
import BusbarTestSupport
import Testing

/// Two ways to write one network give one solution.
struct EquivalentScenarioTests {
  /// The largest difference of a voltage between the small scenario and a changed one, in V.
  private func difference(_ change: (inout SmallScenario) -> Void) throws -> Double {
    let first = try voltages { _ in }
    let second = try voltages(change)
    try #require(first.count == second.count)
    return zip(first, second).map { abs($0 - $1) }.max() ?? .infinity
  }

  private func voltages(_ change: (inout SmallScenario) -> Void) throws -> [Double] {
    var small = SmallScenario()
    change(&small)
    let reading = Scenario.read(files: small.files)
    let faults = reading.diagnostics.sorted.map(\.description)
    return try #require(reading.scenario, "\(faults)").voltages()
  }

  /// The self element is (z0 + 2 z1) / 3 and the mutual one (z0 − z1) / 3: 0.412 + j0.16 and
  /// 0.206 + j0.08 ohm/km.
  @Test func aMatrixIsItsSequenceValues() throws {
    let difference = try difference {
      $0["lines.csv"] = $0["lines.csv"].replacing("NAYY-150", with: "matrix")
      $0.addMatrix(
        """
        matrix,1,1,0.412,0.16
        matrix,2,1,0.206,0.08
        matrix,3,3,0.412,0.16
        matrix,2,2,0.412,0.16
        matrix,3,1,0.206,0.08
        matrix,3,2,0.206,0.08
        """)
    }
    #expect(difference < 1e-9)
  }

  /// Dyn5 of 20 kV to 400 V, each half of the resistance in one winding.
  @Test func windingsAreTheirVectorGroup() throws {
    let coil = 400 / 3.0.squareRoot()
    let difference = try difference {
      $0.cut(from: "  transformers:", upTo: "  sources:")
      $0.addTables("  transformer_units: transformer_units.csv\n  windings: windings.csv\n")
      $0["transformer_units.csv"] = "id,rated_power_kva,x12_percent\nT1,250,3.8\n"
      $0["windings.csv"] = """
        transformer,winding,bus,coils,coil_voltage_v,resistance_percent
        T1,2,lv,a-e b-e c-e,\(coil),0.65
        T1,1,mv,b-a c-b a-c,20000,0.65

        """
    }
    #expect(difference < 1e-7)
  }

  /// 9 kvar at 230 V in three legs and three steps of which two are on: 6 kvar / 3 / (230 V)².
  @Test func aCapacitorIsItsSusceptance() throws {
    let susceptance = 2_000 / (230.0 * 230)
    let capacitor = try voltages {
      $0.addTables(
        """
          capacitors: [{id: k, bus: end-3, legs: a-e b-e c-e, rated_voltage: 230 V,
            reactive_power: 9 kvar, steps: 3, closed_steps: 2}]

        """)
    }
    let shunt = try voltages {
      $0.addTables(
        "  shunts: [{id: k, bus: end-3, legs: c-e b-e a-e, susceptance: \(susceptance) S}]\n")
    }
    let reactance = try voltages {
      $0.addTables(
        "  shunts: [{id: k, bus: end-3, legs: c-e b-e a-e, reactance: \(-1 / susceptance) ohm}]\n")
    }
    #expect(zip(capacitor, shunt).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(zip(capacitor, reactance).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(capacitor != (try voltages { _ in }))
  }

  /// A delta of capacitors has three times the susceptance of the wye that it equals.
  @Test func aDeltaIsAWyeOfThreeTimesTheImpedance() throws {
    let delta = try voltages {
      $0.addTables("  shunts: [{id: k, bus: end-3, legs: a-b b-c c-a, susceptance: 10 mS}]\n")
    }
    var wye = try voltages {
      $0.addTables("  shunts: [{id: k, bus: end-3, legs: a-n b-n c-n, susceptance: 30 mS}]\n")
    }
    try #require(wye.count == delta.count + 1)
    // Its star point is the fourth conductor of the third bus.
    wye.remove(at: 9)
    #expect(zip(delta, wye).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func legsAreWhatPhasesAndConnectionMean() throws {
    let difference = try difference {
      $0["loads.csv"] = """
        id,customer,power_kw,power_factor,profile,legs
        oven,bakery,24,0.98,baking,c-e a-e b-e
        flat-load,flat,2.5,0.95,evening,b-e
        house-load,house,4,0.95,evening,a

        """
    }
    #expect(difference == 0)
  }

  @Test func aLineMayLeaveItsPhasesInAnotherOrder() throws {
    let difference = try difference {
      $0["lines.csv"] = """
        id,from_bus,to_bus,phases,to_phases,line_code,length_m
        cable-1,lv,end-1,cab,cab,NAYY-150,120
        cable-2,end-1,end-2,abc,,NAYY-150,80
        cable-3,end-3,end-2,bca,bca,NAYY-150,60

        """
    }
    #expect(difference < 1e-9)
  }

  /// A source of one phase feeds one phase alone.
  @Test func aSourceOfOnePhaseNeedsNoZeroSequence() throws {
    let scenario = Scenario.read(
      files: [
        "scenario.yaml": Array(
          """
          busbar: 1
          title: One phase
          start: 2025-01-15T00:00:00+01:00
          duration: 1 h
          network:
            buses: [{id: a, nominal_voltage: 400 V}]
            sources: [{id: s, bus: a, phases: b, voltage: 240 V, r1: 0.1 ohm, x1: 0.2 ohm}]

          """.utf8)
      ]).scenario
    let voltages = try #require(scenario).voltages()
    try #require(voltages.count == 1)
    #expect(abs(voltages[0] - 240) < 1e-9)
  }
}
