extension BrokenScenario {
  /// Faults of the network and of what is connected to it.
  static let network: [BrokenScenario] = [
    BrokenScenario(
      "unknown bus of a line", in: "lines.csv", "cable-2,end-1,end-2", "cable-2,end-1,end-22",
      at: "3:15", "there is no 'end-22' in buses, which to_bus names", "write 'end-2'"),
    BrokenScenario(
      "unknown bus of a transformer", "to_bus: lv", "to_bus: low", at: "22:15",
      "there is no 'low' in buses, which to_bus names", "add 'low' to buses"),
    BrokenScenario(
      "unknown bus of a source", "bus: mv\n      voltage:", "bus: hv\n      voltage:", at: "31:12",
      "there is no 'hv' in buses", "buses"),
    BrokenScenario(
      "unknown bus of a customer", in: "customers.csv", "flat,end-2", "flat,end-4", at: "3:6",
      "there is no 'end-4' in buses, which bus names", "write 'end-1'"),
    BrokenScenario(
      "unknown line code", in: "lines.csv", "end-2,end-3,abc,NAYY-150", "end-2,end-3,abc,NAYY-15",
      at: "4:25", "there is no 'NAYY-15' in line_codes", "write 'NAYY-150'"),
    BrokenScenario(
      "unknown profile", in: "loads.csv", "0.98,baking", "0.98,backing", at: "2:21",
      "there is no 'backing' in profiles", "write 'baking'"),
    BrokenScenario(
      "unknown customer", in: "loads.csv", "flat-load,flat", "flat-load,flet", at: "3:11",
      "there is no 'flet' in customers", "write 'flat'"),
    BrokenScenario(
      "a line from a bus to itself", in: "lines.csv", "end-2,end-3", "end-3,end-3", at: "4:15",
      "both ends are at bus 'end-3'", "give two different buses"),
    BrokenScenario(
      "no source", at: "scenario.yaml:10:3", "key 'sources' is missing", "add 'sources:'"
    ) { $0.cut(from: "  sources:", upTo: "\nprofiles:") },
    BrokenScenario(
      "an empty list of sources", at: "scenario.yaml:10:3", "the network has no source",
      "add a source"
    ) {
      $0.cut(from: "    - id: grid", upTo: "\nprofiles:")
      $0.replace("  sources:", by: "  sources: []", in: "scenario.yaml")
    },
    BrokenScenario(
      "a customer phase from nowhere", in: "lines.csv", "end-2,end-3,abc", "end-2,end-3,bc",
      at: "", "customer 'house' has phases 'a', but bus 'end-3' has 'bc'",
      "choose from the conductors of the bus"
    ).at("customers.csv:4:13"),
    BrokenScenario(
      "a load phase that its customer lacks", at: "loads.csv:3:25",
      "load 'flat-load' has phases 'a', but its customer has 'b'", "choose from the customer's"
    ) {
      $0["loads.csv"] = """
        id,customer,power_kw,power_factor,phases
        oven,bakery,24,0.98,abc
        flat-load,flat,2.5,0.95,a

        """
    },
    BrokenScenario(
      "letters that are no phases", in: "customers.csv", "end-2,b", "end-2,r", at: "3:12",
      "'r' does not name conductors", "write some of a, b, c, n and numbers"),
    BrokenScenario(
      "a line between two voltages", in: "buses.csv", "end-1,0.4", "end-1,0.23", at: "",
      "it joins bus 'lv' of 400.0 V to bus 'end-1' of 230.0 V", "put a transformer between",
      count: 2
    ).at("lines.csv:2:12"),
    BrokenScenario(
      "a transformer that does not fit its bus", "from_voltage: 20 kV", "from_voltage: 6 kV",
      at: "25:21", "is rated 6000 V at bus 'mv' of 20000 V", "mend the rating"),
    BrokenScenario(
      "a source without an impedance", at: "scenario.yaml:30:7", "source 'grid' has no impedance",
      "give short_circuit_current_3ph and _1ph"
    ) { $0.cut(from: "      short_circuit_power_3ph", upTo: "\nprofiles:") },
    BrokenScenario(
      "a source with two impedances", "voltage_pu: 1.02", "voltage_pu: 1.02\n      r1: 1 ohm",
      at: "34:11", "'r1' and 'short_circuit_power_3ph' both give the impedance",
      "give short_circuit_current_3ph and _1ph, or"),
    BrokenScenario(
      "a source with half an impedance", "      short_circuit_power_1ph: 100 MVA\n", "",
      at: "30:7", "'short_circuit_power_1ph' is missing beside 'short_circuit_power_3ph'",
      "add 'short_circuit_power_1ph'"),
    BrokenScenario(
      "a source with an impossible impedance", "short_circuit_power_1ph: 100 MVA",
      "short_circuit_power_1ph: 400 MVA", at: "35:32", "is too large for any zero-sequence",
      "less than one and a half times"),
  ]

  /// The same case with another place; for changes in one file that are a fault of another.
  func at(_ place: String) -> BrokenScenario {
    BrokenScenario(
      name, at: place, problem, remedy, count: count, overrides: overrides, change: change)
  }
}

extension SmallScenario {
  /// Removes a piece of `scenario.yaml`.
  mutating func cut(from start: String, upTo end: String) {
    let text = self["scenario.yaml"]
    guard let first = text.firstRange(of: start), let last = text.firstRange(of: end),
      first.lowerBound < last.lowerBound
    else { preconditionFailure("The template has '\(start)' before '\(end)'.") }
    self["scenario.yaml"] =
      String(text[..<first.lowerBound]) + String(text[last.lowerBound...])
  }
}
