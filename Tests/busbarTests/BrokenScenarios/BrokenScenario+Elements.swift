extension BrokenScenario {
  /// Faults of transformer units and their windings.
  static let transformers: [BrokenScenario] = [
    unit(
      "a winding of an unknown unit", "uu,2,end-1,a-n b-n c-n,230,0.5", at: "windings.csv:3:1",
      "there is no 'uu' in transformer_units, which transformer names", "add 'uu'", count: 2),
    unit(
      "a winding at an unknown bus", "u,2,end-11,a-n b-n c-n,230,0.5", at: "windings.csv:3:5",
      "there is no 'end-11' in buses, which bus names", "write 'end-1'"),
    unit(
      "a missing winding", "u,3,end-1,a-n b-n c-n,230,0.5", at: "transformer_units.csv:2:1",
      "winding 2 of transformer unit 'u' is missing", "winding 2 to windings"),
    unit(
      "a winding that is given twice", "u,1,end-1,a-n b-n c-n,230,0.5", at: "windings.csv:3:3",
      "winding 1 of transformer unit 'u' is given already at windings.csv:2:1",
      "number the windings 1, 2 and 3", count: 2),
    unit(
      "a fourth winding", "u,4,end-1,a-n b-n c-n,230,0.5", at: "windings.csv:3:3",
      "winding: 4 is outside the allowed range", "from 1 to 3"),
    unit(
      "windings with unequal coils", "u,2,end-1,a-n b-n,230,0.5", at: "windings.csv:3:11",
      "winding 2 has 2 coils, but winding 1 has 3", "one coil for each phase"),
    unit(
      "a winding without a voltage", "u,2,end-1,a-n b-n c-n,0,0.5", at: "windings.csv:3:23",
      "coil_voltage_v: 0 V is outside the allowed range", "more than 0 V"),
    unit(
      "a third leakage of two windings", leakage: "4,6,", "u,2,end-1,a-n b-n c-n,230,0.5",
      at: "transformer_units.csv:2:9", "x13 is given, but there is no winding 3",
      "or add winding 3"),
    unit(
      "three windings with one leakage",
      "u,2,end-1,a-n b-n c-n,230,0.5\nu,3,end-2,a-n b-n c-n,230,0.5",
      at: "transformer_units.csv:2:1", "x13 is missing, although there are three windings",
      "add 'x13'", count: 2),
    unit(
      "leakages that contradict one another", leakage: "1,1,4",
      "u,2,end-1,a-n b-n c-n,230,0.5\nu,3,end-2,a-n b-n c-n,230,0.5",
      at: "transformer_units.csv:2:11", "x12, x13 and x23 contradict one another",
      "those of two windings at a time"),
    unit(
      "no leakage", leakage: "0,,", "u,2,end-1,a-n b-n c-n,230,0.5",
      at: "transformer_units.csv:2:7", "x12 is zero, but every pair of windings has a leakage",
      "write a small value"),
    BrokenScenario(
      "a unit with the name of a transformer", at: "transformer_units.csv:2:1",
      "'T1' is given already in transformers at scenario.yaml:22:11", "a name of its own"
    ) { $0.addUnit("T1,100,4,,", "T1,1,lv,a-e b-e c-e,230,0.5\nT1,2,end-1,a-n b-n c-n,230,0.5") },
  ]

  private static func unit(
    _ name: String, leakage: String = "4,,", _ secondary: String, at place: String,
    _ problem: String, _ remedy: String, count: Int = 1
  ) -> BrokenScenario {
    BrokenScenario(name, at: place, problem, remedy, count: count) {
      $0.addUnit("u,100,\(leakage)", "u,1,lv,a-b b-c c-a,400,0.5\n\(secondary)")
    }
  }

  /// Faults of capacitors and other shunts.
  static let shunts: [BrokenScenario] = [
    shunt(
      "a capacitor at an unknown bus", "capacitors: [{id: k, bus: far, \(kvar)}]", at: "13:29",
      "there is no 'far' in buses", "add 'far' to buses"),
    shunt(
      "more steps on than there are",
      "capacitors: [{id: k, bus: lv, \(kvar), steps: 2, closed_steps: 3}]", at: "13:122",
      "closed_steps 3 is more than the 2 steps that there are", "at most 2"),
    shunt(
      "a capacitor for hardly any voltage",
      "capacitors: [{id: k, bus: lv, legs: a-e, rated_voltage: 1e-9 V, reactive_power: 9 kvar}]",
      at: "13:83", "a leg would have", "check reactive_power and rated_voltage"),
    shunt(
      "a shunt without an admittance", "shunts: [{id: s, bus: lv, legs: a-e}]", at: "13:12",
      "shunt 's' has no admittance", "give resistance and reactance, or"),
    shunt(
      "a shunt with two admittances",
      "shunts: [{id: s, bus: lv, legs: a-e, reactance: 1 ohm, conductance: 1 S}]", at: "13:71",
      "'conductance' and 'reactance' both give the admittance", "give resistance and reactance, or"),
    shunt(
      "a shunt without any impedance",
      "shunts: [{id: s, bus: lv, legs: a-e, resistance: 0 ohm}]", at: "13:52",
      "a leg would have an impedance of 0 ohm", "join the conductors by a line"),
    BrokenScenario(
      "a shunt with the name of a capacitor", at: "scenario.yaml:14:17",
      "'k' is given already in capacitors at scenario.yaml:13:21", "a name of its own"
    ) {
      $0.addTables(
        """
          capacitors: [{id: k, bus: lv, \(kvar)}]
          shunts: [{id: k, bus: lv, legs: a-e, resistance: 1 ohm}]

        """)
    },
  ]

  private static let kvar =
    "legs: a-e b-e c-e, rated_voltage: 230 V, reactive_power: 9 kvar"

  private static func shunt(
    _ name: String, _ table: String, at place: String, _ problem: String, _ remedy: String
  ) -> BrokenScenario {
    BrokenScenario(name, at: "scenario.yaml:\(place)", problem, remedy) {
      $0.addTables("  \(table)\n")
    }
  }
}

extension SmallScenario {
  /// Adds tables to the network.
  mutating func addTables(_ tables: String) {
    replace("  lines: lines.csv\n", by: "  lines: lines.csv\n\(tables)", in: "scenario.yaml")
  }

  /// Adds a transformer unit and its windings.
  mutating func addUnit(_ unit: String, _ windings: String) {
    addTables("  transformer_units: transformer_units.csv\n  windings: windings.csv\n")
    self["transformer_units.csv"] =
      "id,rated_power_kva,x12_percent,x13_percent,x23_percent\n\(unit)\n"
    self["windings.csv"] =
      "transformer,winding,bus,coils,coil_voltage_v,resistance_percent\n\(windings)\n"
  }
}
