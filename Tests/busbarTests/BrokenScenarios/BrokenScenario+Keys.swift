extension BrokenScenario {
  /// Faults of the structure of `scenario.yaml`.
  static let keys: [BrokenScenario] = [
    BrokenScenario(
      "unknown key at the top", "seed: 1", "sead: 1", at: "7:1", "unknown key 'sead'",
      "write 'seed'"),
    BrokenScenario(
      "unknown section", "metering:", "meterings:", at: "45:1", "unknown key 'meterings'",
      "write 'metering'"),
    BrokenScenario(
      "unknown key of the network", "frequency: 50 Hz", "frequenzy: 50 Hz", at: "10:3",
      "unknown key 'frequenzy'", "write 'frequency'"),
    BrokenScenario(
      "unknown key of a line code", "x1: 0.080", "xl: 0.080", at: "16:7",
      "unknown key 'xl' of line code", "write 'x1'", count: 2),
    BrokenScenario(
      "unknown key of a transformer", "vector_group:", "vectorgroup:", at: "23:7",
      "unknown key 'vectorgroup' of transformer", "write 'vector_group'", count: 2),
    BrokenScenario(
      "unknown key of a source", "voltage_pu:", "voltage_puu:", at: "33:7",
      "unknown key 'voltage_puu' of source", "write 'voltage_pu'"),
    BrokenScenario(
      "unknown key of a profile table", "step: 1 h", "step: 1 h\n    scale: 2", at: "40:5",
      "unknown key 'scale' of profile table", "allowed keys: file, step"),
    BrokenScenario(
      "unknown key of the power flow", "tolerance:", "tolerence:", at: "49:3",
      "unknown key 'tolerence' of power flow", "write 'tolerance'"),
    BrokenScenario(
      "unknown key of the metering", "interval: 30", "intervall: 30", at: "46:3",
      "unknown key 'intervall' of metering", "write 'interval'"),
    BrokenScenario(
      "unknown key of the recording", "every:", "evry:", at: "53:3",
      "unknown key 'evry' of record", "write 'every'"),
    BrokenScenario(
      "unknown kind of device", "load: loads.csv", "battery: loads.csv", at: "43:3",
      "unknown key 'battery'", "allowed keys: load"),
    BrokenScenario(
      "unknown variable to record", "every: 15 min",
      "every: 15 min\n  variables: [bus_voltage_magnitud]", at: "54:15",
      "there is no variable 'bus_voltage_magnitud'", "write 'bus_voltage_magnitude'"),
    BrokenScenario(
      "missing key", "duration: 24 h\n", "", at: "2:1", "scenario lacks 'duration'",
      "add one of 'duration', 'duration_ms'"),
    BrokenScenario(
      "missing network", at: "scenario.yaml:2:1", "key 'network' is missing", "add 'network:'"
    ) { $0.cut(from: "network:", upTo: "profiles:") },
    BrokenScenario(
      "an empty network", at: "scenario.yaml:9:9", "key 'buses' is missing", "add 'buses:'",
      count: 2
    ) { $0.cut(from: "\n  frequency:", upTo: "\nprofiles:") },
    BrokenScenario(
      "no buses", "buses: buses.csv", "", at: "10:3", "key 'buses' is missing", "add 'buses:'"),
    BrokenScenario(
      "duplicate key", "seed: 1", "seed: 1\nseed: 2", at: "8:1",
      "key 'seed' occurs twice in one mapping, first at line 7", "keep one of them"),
    BrokenScenario(
      "syntax error", "title: A small", "title: [A small", at: "4:6", "the YAML is malformed",
      "close the quotation mark or bracket"),
    BrokenScenario(
      "indentation by a tab", "  frequency: 50 Hz", "\tfrequency: 50 Hz", at: "10:1",
      "the YAML is malformed", "indent with blanks instead of tabs"),
    BrokenScenario(
      "second document", "network:\n", "---\nnetwork:\n", at: "9:1",
      "a second document starts here", "keep one document a file"),
    BrokenScenario(
      "list where a mapping is expected", "  interval: 30 min", "  - 30 min", at: "46:3",
      "a list stands where a mapping is expected", "write keys and values"),
    BrokenScenario(
      "single value where records are expected", "profiles:\n  - file: profiles.csv\n    step: 1 h",
      "profiles: profiles.csv", at: "37:11", "a single value stands where a list is expected",
      "start each element on its own line with '- '"),
    BrokenScenario(
      "wrong version of the format", "busbar: 1", "busbar: 2", at: "2:9",
      "busbar: 2 is outside the allowed range", "write a value of exactly 1"),
    BrokenScenario(
      "no version of the format", "busbar: 1\n", "", at: "2:1", "scenario lacks 'busbar'",
      "add 'busbar'"),
  ]

  /// Faults of single values in `scenario.yaml`.
  static let values: [BrokenScenario] = [
    BrokenScenario(
      "missing unit", "frequency: 50 Hz", "frequency: 50", at: "10:14",
      "frequency: '50' has no unit", "add one of Hz, or use one of the keys frequency_hz"),
    BrokenScenario(
      "unit of another quantity", "rated_power: 250 kVA", "rated_power: 250 kW", at: "24:20",
      "'kW' in '250 kW' is not a unit of apparent power", "allowed units: VA, kVA, MVA"),
    BrokenScenario(
      "unit in the key and in the value", "rated_power: 250 kVA", "rated_power_kva: 250 kVA",
      at: "24:24", "carries a unit, but the key already states kVA", "write the number alone"),
    BrokenScenario(
      "the same value under two keys", "rated_power: 250 kVA",
      "rated_power: 250 kVA\n      rated_power_kva: 250", at: "25:7",
      "'rated_power_kva' says the same as 'rated_power'", "keep one of them"),
    BrokenScenario(
      "not a number", "tolerance: 1e-8", "tolerance: small", at: "49:14",
      "'small' is not a number", "write a decimal number"),
    BrokenScenario(
      "NaN", "voltage_pu: 1.02", "voltage_pu: .nan", at: "33:19",
      "'.nan' is not a finite number", "write a finite number"),
    BrokenScenario(
      "infinity", "voltage_pu: 1.02", "voltage_pu: inf", at: "33:19",
      "'inf' is not a finite number", "write a finite number"),
    BrokenScenario(
      "decimal comma", "voltage_pu: 1.02", "voltage_pu: 1,02", at: "33:19",
      "'1,02' has a decimal comma", "use a decimal point"),
    BrokenScenario(
      "a duration of a billion days", "duration: 24 h", "duration: 1e9 d", at: "6:11",
      "1000000000 d is outside the allowed range", "at most 73200 d"),
    BrokenScenario(
      "a duration beyond all numbers", "duration: 24 h", "duration: 1e999 d", at: "6:11",
      "'1e999 d' is too large for a number", "write a number below"),
    BrokenScenario(
      "no duration", "duration: 24 h", "duration: 0 h", at: "6:11",
      "0 h is outside the allowed range", "more than 0 h"),
    BrokenScenario(
      "an interval of half a millisecond", "every: 15 min", "every: 0.5 ms", at: "53:10",
      "is not a whole number of milliseconds", "whole milliseconds"),
    BrokenScenario(
      "a negative seed", "seed: 1", "seed: -1", at: "7:7", "-1 is outside the allowed range",
      "at least 0"),
    BrokenScenario(
      "unknown policy", "on_divergence: stop", "on_divergence: stopp", at: "50:18",
      "'stopp' is not an allowed value", "write 'stop'; allowed values: stop, hold, missing"),
    BrokenScenario(
      "unknown vector group", "vector_group: Dyn5", "vector_group: Dyn6", at: "23:21",
      "'Dyn6' is not an allowed value", "allowed values: Dyn1"),
    BrokenScenario(
      "a tap position out of reach", "reactance: 3.8 %", "reactance: 3.8 %\n      tap_position: 3",
      at: "29:21", "tap_position 3 lies outside 0 to 0", "tap_minimum and tap_maximum"),
  ]

  /// Faults of the instant at which the run begins.
  static let start: [BrokenScenario] = [
    BrokenScenario(
      "unknown time zone", "Europe/Berlin", "Europe/Berlim", at: "5:12",
      "'Europe/Berlim' is not the name of a time zone", "write 'Europe/Berlin'"),
    BrokenScenario(
      "a holiday that is no day", "seed: 1", "seed: 1\nholidays: [2025-12-25, 2025-02-29]",
      at: "8:24", "'2025-02-29' is not a date", "such as 2025-12-25"),
    BrokenScenario(
      "a holiday that is given twice", "seed: 1", "seed: 1\nholidays: [2025-12-25, 2025-12-25]",
      at: "8:24", "the holiday 2025-12-25 is given already at scenario.yaml:8:12",
      "give each holiday once"),
    BrokenScenario(
      "holidays that are no list", "seed: 1", "seed: 1\nholidays: 2025-12-25", at: "8:11",
      "a single value stands where a list is expected", "start each element"),
    BrokenScenario(
      "a start without a zone", "time_zone: Europe/Berlin\n", "", at: "4:8",
      "the start has no offset and no time_zone", "with an offset such as +01:00"),
    BrokenScenario(
      "a start that the clocks skip", "2025-01-15T00:00:00", "2025-03-30T02:30:00", at: "4:8",
      "the clocks of Europe/Berlin skip '2025-03-30T02:30:00'", "begin an hour later"),
    BrokenScenario(
      "a start that the clocks show twice", "2025-01-15T00:00:00", "2025-10-26T02:30:00",
      at: "4:8", "show '2025-10-26T02:30:00' twice",
      "2025-10-26T02:30:00+01:00 or 2025-10-26T02:30:00+02:00"),
    BrokenScenario(
      "an offset that the zone does not have", "2025-01-15T00:00:00", "2025-01-15T00:00:00+02:00",
      at: "4:8", "Europe/Berlin is at +01:00 then, not at +02:00", "mend the offset"),
    BrokenScenario(
      "a day that does not exist", "2025-01-15T00:00:00", "2025-02-29T00:00:00", at: "4:8",
      "'2025-02-29T00:00:00' is not a date and a time", "write a date and a time such as"),
    BrokenScenario(
      "a date without a time", "2025-01-15T00:00:00", "2025-01-15", at: "4:8",
      "'2025-01-15' is not a date and a time", "write a date and a time such as"),
  ]
}
