extension BrokenScenario {
  /// Faults of regulators and of the controls of capacitors.
  static let controls: [BrokenScenario] = [
    BrokenScenario(
      "a regulator of no transformer", at: "regulators.csv:2:3", "there is no transformer 'T2'",
      "write 'T1'"
    ) { $0.addRegulator("r,T2,1,1,120,2,166,,,") },
    BrokenScenario(
      "a regulator of a fixed ratio", at: "regulators.csv:2:3",
      "winding 2 of transformer 'T1' has no tap changer", "tap_minimum, tap_maximum and tap_step"
    ) { $0.addRegulator("r,T1,2,1,120,2,2,,,") },
    BrokenScenario(
      "a third winding of two", at: "regulators.csv:2:6", "transformer 'T1' has no winding 3",
      "write 1 to 2"
    ) { $0.addRegulator("r,T1,3,1,120,2,166,,,") },
    BrokenScenario(
      "a fourth coil of three", at: "regulators.csv:2:8", "transformer 'T1' has no coil 4",
      "write 1 to 3"
    ) { $0.addRegulator("r,T1,1,4,120,2,166,,,") },
    BrokenScenario(
      "a regulator of an average", at: "regulators.csv:2:8", "measures one coil, not an average",
      "'highest' or 'lowest'"
    ) { $0.addRegulator("r,T1,1,average,120,2,166,,,") },
    BrokenScenario(
      "a phase in words", at: "regulators.csv:2:8", "'first' is no phase to measure",
      "the number of the phase from 1"
    ) { $0.addRegulator("r,T1,1,first,120,2,166,,,") },
    BrokenScenario(
      "a remote bus without a leg", at: "regulators.csv:2:1",
      "regulator 'r' measures no leg of bus 'lv', which has 'abc'", "such as 'a-e'"
    ) { $0.addRegulator("r,T1,1,1,120,2,166,lv,,") },
    BrokenScenario(
      "a remote leg that the bus lacks", at: "regulators.csv:2:26",
      "regulator 'r' measures no leg of bus 'lv', which has 'abc'", "such as 'a-e'"
    ) { $0.addRegulator("r,T1,1,1,120,2,166.25,lv,a-n,") },
    BrokenScenario(
      "a remote bus that is not there", at: "regulators.csv:2:23",
      "there is no 'lw' in buses, which bus names", "write 'lv'"
    ) { $0.addRegulator("r,T1,1,1,120,2,166.25,lw,a-e,") },
    BrokenScenario(
      "two regulators of one tap changer", at: "regulators.csv:3:1",
      "what it moves is moved already by the control at regulators.csv:2:1", "leave one of the two"
    ) { $0.addRegulator("r,T1,1,1,120,2,166,,,\ns,T1,1,2,120,2,166,,,") },
    BrokenScenario(
      "a band of nothing", at: "regulators.csv:2:14", "band_v: 0 V is outside the allowed range",
      "write a value"
    ) { $0.addRegulator("r,T1,1,1,120,0,166,,,") },
    BrokenScenario(
      "a word for the reverse", at: "regulators.csv:2:22", "'never' is not an allowed value",
      "allowed values: ignore, regulate, neutral, cogenerate"
    ) { $0.addRegulator("r,T1,1,1,120,2,166,,,never") },
    BrokenScenario(
      "a control of no capacitor", at: "capacitor_controls.csv:2:3",
      "there is no 'bank' in capacitors, which capacitor names", "add 'bank' to capacitors"
    ) { $0.addCapacitorControl("c,bank,voltage,,1,220,240,,,") },
    BrokenScenario(
      "a control without a limit", at: "capacitor_controls.csv:2:1",
      "capacitor control 'c' has no 'off'", "add 'on' and 'off'"
    ) { $0.addCapacitorControl("c,K1,voltage,,1,220,,,,") },
    BrokenScenario(
      "a control that follows nothing", at: "capacitor_controls.csv:2:1",
      "capacitor control 'c' has no profile to follow", "add 'profile'"
    ) { $0.addCapacitorControl("c,K1,follow,,1,,,,,") },
    BrokenScenario(
      "the twenty-fifth hour", at: "capacitor_controls.csv:2:18", "25 is not an hour of the day",
      "write 0 to 24"
    ) { $0.addCapacitorControl("c,K1,time,,1,8.5,25,,,") },
    BrokenScenario(
      "a power factor above one", at: "capacitor_controls.csv:2:22", "1.1 is not a power factor",
      "write -1 to 1"
    ) { $0.addCapacitorControl("c,K1,power_factor,,1,1.1,0.9,,,") },
    BrokenScenario(
      "a branch that is not there", at: "capacitor_controls.csv:2:14",
      "there is no line or transformer 'cable-9'", "write 'cable-1'"
    ) { $0.addCapacitorControl("c,K1,voltage,cable-9,1,220,240,,,") },
    BrokenScenario(
      "a third end of a line", at: "capacitor_controls.csv:2:22", "'cable-1' has no end 3",
      "write 1 to 2"
    ) { $0.addCapacitorControl("c,K1,voltage,cable-1,3,220,240,,,") },
    BrokenScenario(
      "an override with one limit", at: "capacitor_controls.csv:2:1",
      "a voltage override has two limits", "give override_minimum and override_maximum"
    ) { $0.addCapacitorControl("c,K1,kvar,cable-1,1,220,240,,110,") },
    BrokenScenario(
      "an override upside down", at: "capacitor_controls.csv:2:30",
      "override_minimum lies above override_maximum", "swap them"
    ) { $0.addCapacitorControl("c,K1,kvar,cable-1,1,220,240,,126,110") },
  ]
}

extension SmallScenario {
  /// Gives the transformer a tap changer at its from-side, and adds a table of regulators.
  fileprivate mutating func addRegulator(_ rows: String) {
    replace(
      "      reactance: 3.8 %\n",
      by: "      reactance: 3.8 %\n      tap_minimum: -2\n      tap_maximum: 2\n"
        + "      tap_step: 2.5 %\n",
      in: "scenario.yaml")
    replace("  sources:\n", by: "  regulators: regulators.csv\n  sources:\n", in: "scenario.yaml")
    self["regulators.csv"] =
      "id,transformer,winding,phase,target_v,band_v,pt_ratio,bus,leg,reverse\n" + rows + "\n"
  }

  /// Adds a capacitor `K1` at the busbar and a table of controls.
  fileprivate mutating func addCapacitorControl(_ rows: String) {
    replace(
      "  sources:\n",
      by: "  capacitors:\n    - {id: K1, bus: lv, legs: a-e b-e c-e, rated_voltage: 230 V, "
        + "reactive_power: 30 kvar}\n  capacitor_controls: capacitor_controls.csv\n  sources:\n",
      in: "scenario.yaml")
    self["capacitor_controls.csv"] =
      "id,capacitor,type,branch,end,on,off,profile,override_minimum_v,override_maximum_v\n" + rows
      + "\n"
  }
}
