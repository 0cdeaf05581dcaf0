extension BrokenScenario {
  /// Faults of conductors, legs, and line codes by matrix.
  static let conductors: [BrokenScenario] = [
    BrokenScenario(
      "a neutral that ends before the customer", in: "customers.csv", "end-2,b", "end-2,bn",
      at: "3:12", "customer 'flat' has phases 'bn', but bus 'end-2' has 'abc'",
      "carry the missing one up to it"),
    BrokenScenario(
      "a conductor that a line code lacks", in: "lines.csv", "end-1,end-2,abc", "end-1,end-2,abcn",
      at: "3:21", "line code 'NAYY-150' has 3 conductors, which do not fit 'abcn'",
      "choose a line code of as many conductors"),
    BrokenScenario(
      "ends with unequal conductors", at: "lines.csv:4:37",
      "to_phases names 2 conductors, but phases names 3", "at both ends"
    ) {
      $0.setLines("cable-3,end-2,end-3,abc,NAYY-150,60,ab,")
    },
    BrokenScenario(
      "a state that is none", at: "lines.csv:4:41", "'opened' is not an allowed value",
      "allowed values: closed, open"
    ) {
      $0.setLines("cable-3,end-2,end-3,abc,NAYY-150,60,abc,opened")
    },
    BrokenScenario(
      "a line to earth alone", in: "lines.csv", "end-1,end-2,abc", "end-1,end-2,eee", at: "3:21",
      "'eee' names earth alone", "name at least one conductor"),
    BrokenScenario(
      "a conductor with too large a number", in: "lines.csv", "end-1,end-2,abc",
      "end-1,end-2,a.b.33", at: "3:21", "'a.b.33' does not name conductors",
      "numbers from 5 to 32"),
    BrokenScenario(
      "a conductor that a customer has twice", in: "customers.csv", "end-2,b", "end-2,bb",
      at: "3:12", "'bb' names a conductor twice", "each conductor once"),
    BrokenScenario(
      "earth as a customer's conductor", in: "customers.csv", "end-2,b", "end-2,be", at: "3:12",
      "'be' names earth", "leave out the letter e"),
    BrokenScenario(
      "a source of earth", "bus: mv\n      voltage:", "bus: mv\n      phases: abe\n      voltage:",
      at: "32:15", "'abe' names earth", "leave out the letter e"),
    BrokenScenario(
      "a source of one phase with a three-phase fault", "bus: mv\n      voltage:",
      "bus: mv\n      phases: a\n      voltage:", at: "35:32",
      "'short_circuit_power_3ph' belongs to three phases, but the source has 1",
      "give r1 and x1 in ohm"),
    BrokenScenario(
      "an element above the diagonal", at: "line_matrices.csv:3:8",
      "column 2 is larger than row 1 of line code 'pair'", "exchange row and column"
    ) { $0.addMatrix("pair,1,1,0.2,0.1\npair,1,2,0.1,0.05\npair,2,2,0.2,0.1") },
    BrokenScenario(
      "an element that is given twice", at: "line_matrices.csv:3:1",
      "row 1, column 1 of line code 'pair' is given already at line_matrices.csv:2:1",
      "keep one of them"
    ) { $0.addMatrix("pair,1,1,0.2,0.1\npair,1,1,0.3,0.1") },
    BrokenScenario(
      "a gap in the diagonal", at: "line_matrices.csv:2:1",
      "line code 'pair' has no element in row 2, column 2", "the conductor's own r and x"
    ) { $0.addMatrix("pair,1,1,0.2,0.1\npair,3,3,0.2,0.1") },
    BrokenScenario(
      "a matrix of a thousand rows", at: "line_matrices.csv:2:6",
      "row: 1000 is outside the allowed range", "from 1 to 32"
    ) { $0.addMatrix("pair,1000,1,0.2,0.1") },
    BrokenScenario(
      "a line code in two tables", at: "line_matrices.csv:2:1",
      "'NAYY-150' is given already in line_codes at scenario.yaml:15:11", "a name of its own"
    ) { $0.addMatrix("NAYY-150,1,1,0.2,0.1") },
  ]

  /// Faults of how a load is connected and how it responds to the voltage.
  static let responses: [BrokenScenario] = [
    load(
      "both power factor and reactive power", "power_factor,reactive_power_kvar", "0.9,1",
      at: "2:26", "'reactive_power' and 'power_factor' both give the reactive power",
      "keep one of them"),
    load(
      "legs beside phases", "phases,legs", "abc,a-b", at: "2:22",
      "'legs' and 'phases' both say between which conductors the load lies", "keep one of them"),
    load(
      "a leg that is none", "legs", "a/b", at: "2:22", "'a/b' is not a pair of conductors",
      "such as 'a-b' or 'a-e'"),
    load(
      "a leg from a conductor to itself", "legs", "a-b c-c", at: "2:22",
      "both ends of 'c-c' are the same", "join two different conductors"),
    load(
      "a leg to a conductor that the customer lacks", "legs", "a-n", at: "2:22",
      "load 'oven' has the leg 'a-n', but its customer has 'abc'",
      "choose from the customer's conductors"),
    load(
      "a delta of one phase", "phases,connection", "a,delta", at: "2:24",
      "load 'oven' is a delta of 1 phase", "two or three phases"),
    load(
      "a response without a rated voltage", "response", "constant_current", at: "2:22",
      "response 'constant_current' needs 'rated_voltage'", "add 'rated_voltage'"),
    load(
      "a window without a rated voltage", "minimum_voltage,maximum_voltage", "0.9,1.1", at: "2:22",
      "'minimum_voltage' needs 'rated_voltage'", "or remove 'minimum_voltage'"),
    load(
      "half a window", "rated_voltage_v,maximum_voltage", "230,1.1", at: "2:26",
      "'minimum_voltage' is missing beside 'maximum_voltage'", "add 'minimum_voltage'"),
    load(
      "a window upside down", "rated_voltage_v,minimum_voltage,maximum_voltage", "230,1.1,0.9",
      at: "2:30", "maximum_voltage 0.9 is not above minimum_voltage 1.1",
      "make maximum_voltage larger"),
    load(
      "a window whose lowest end is not the lowest",
      "rated_voltage_v,minimum_voltage,maximum_voltage,low_voltage", "230,0.9,1.1,0.95",
      at: "2:34", "low_voltage 0.95 is above minimum_voltage 0.9", "at most 0.9"),
    load(
      "an exponential load without exponents", "rated_voltage_v,response", "230,exponential",
      at: "2:26", "response 'exponential' lacks 'active_exponent', 'reactive_exponent'",
      "add 'active_exponent', 'reactive_exponent'"),
    load(
      "an exponent without an exponential load", "active_exponent", "0.8", at: "2:22",
      "'active_exponent' has no meaning for the response 'constant_power'",
      "write the response 'exponential'"),
    load(
      "a ZIP load without shares", "rated_voltage_v,response", "230,zip", at: "2:26",
      "response 'zip' lacks 'zip_p_z', 'zip_p_i', 'zip_p_p', 'zip_q_z', 'zip_q_i', 'zip_q_p'",
      "add 'zip_p_z'"),
    load(
      "an unknown response", "response", "constant_curent", at: "2:22",
      "'constant_curent' is not an allowed value", "write 'constant_current'"),
  ]

  /// Gives the first load of the small scenario further columns.
  private static func load(
    _ name: String, _ columns: String, _ cells: String, at place: String, _ problem: String,
    _ remedy: String, count: Int = 1
  ) -> BrokenScenario {
    BrokenScenario(name, at: "loads.csv:\(place)", problem, remedy, count: count) {
      $0["loads.csv"] = "id,customer,power_kw,profile,\(columns)\noven,bakery,2,baking,\(cells)\n"
    }
  }
}

extension SmallScenario {
  /// Replaces the last line and gives all lines two more columns.
  mutating func setLines(_ last: String) {
    self["lines.csv"] = """
      id,from_bus,to_bus,phases,line_code,length_m,to_phases,state
      cable-1,lv,end-1,abc,NAYY-150,120,,
      cable-2,end-1,end-2,abc,NAYY-150,80,,closed
      \(last)

      """
  }

  /// Adds a table of line matrices.
  mutating func addMatrix(_ rows: String) {
    replace(
      "  lines: lines.csv\n", by: "  lines: lines.csv\n  line_matrices: line_matrices.csv\n",
      in: "scenario.yaml")
    self["line_matrices.csv"] =
      "line_code,row,column,r_ohm_per_km,x_ohm_per_km\n\(rows)\n"
  }
}
