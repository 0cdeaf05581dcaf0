extension BrokenScenario {
  /// Faults in the cells and the form of CSV tables.
  static let tables: [BrokenScenario] = [
    BrokenScenario(
      "duplicate bus", in: "buses.csv", "end-2,0.4", "end-1,0.4", at: "5:1",
      "bus 'end-1' is given already at buses.csv:4:1", "give each bus a name of its own"),
    BrokenScenario(
      "duplicate line", in: "lines.csv", "cable-3", "cable-1", at: "4:1",
      "line 'cable-1' is given already at lines.csv:2:1", "give each line a name of its own"),
    BrokenScenario(
      "duplicate customer", in: "customers.csv", "house,", "flat,", at: "4:1",
      "customer 'flat' is given already at customers.csv:3:1", "name of its own"),
    BrokenScenario(
      "duplicate load", in: "loads.csv", "house-load", "oven", at: "4:1",
      "load 'oven' is given already at loads.csv:2:1", "name of its own"),
    BrokenScenario(
      "duplicate meter", in: "customers.csv", "meter-3", "meter-1", at: "4:15",
      "meter 'meter-1' is given already at customers.csv:2:18", "name of its own"),
    BrokenScenario(
      "a line with the name of a transformer", in: "lines.csv", "cable-3", "T1", at: "",
      "a line has the same id 'T1'", "an id of its own"
    ).at("scenario.yaml:20:7"),
    BrokenScenario(
      "duplicate profile", in: "profiles.csv", "baking,evening", "baking,baking", at: "1:8",
      "column 'baking' occurs twice", "keep one of them"),
    BrokenScenario(
      "duplicate profile in two tables", at: "more.csv:1:1",
      "profile 'baking' is given already at profiles.csv:1:1", "name of its own"
    ) {
      $0["more.csv"] = $0["profiles.csv"].replacing("evening", with: "night")
      $0.replace(
        "    step: 1 h", by: "    step: 1 h\n  - file: more.csv\n    step: 1 h", in: "scenario.yaml"
      )
    },
    BrokenScenario(
      "negative length", in: "lines.csv", "NAYY-150,120", "NAYY-150,-120", at: "2:31",
      "length_m: -120 m is outside the allowed range", "more than 0 m"),
    BrokenScenario(
      "no length", in: "lines.csv", "NAYY-150,120", "NAYY-150,0", at: "2:31",
      "length_m: 0 m is outside the allowed range", "more than 0 m"),
    BrokenScenario(
      "huge length", in: "lines.csv", "NAYY-150,120", "NAYY-150,1e300", at: "2:31",
      "is outside the allowed range", "at most 1000000 m"),
    BrokenScenario(
      "NaN in a table", in: "loads.csv", "bakery,24", "bakery,NaN", at: "2:13",
      "'NaN' is not a finite number", "leave out what is not known"),
    BrokenScenario(
      "infinity in a table", in: "loads.csv", "bakery,24", "bakery,-inf", at: "2:13",
      "'-inf' is not a finite number", "write a finite number"),
    BrokenScenario(
      "text in a table", in: "loads.csv", "bakery,24", "bakery,much", at: "2:13",
      "'much' is not a number", "write a decimal number"),
    BrokenScenario(
      "a unit in a cell", in: "loads.csv", "bakery,24", "bakery,24 kW", at: "2:13",
      "carries a unit, but the key already states kW", "write the number alone"),
    BrokenScenario(
      "an empty cell", in: "loads.csv", "bakery,24", "bakery,", at: "2:13",
      "the cell of column 'power_kw' is empty", "write a value: Active power"),
    BrokenScenario(
      "a power factor above one", in: "loads.csv", "24,0.98", "24,1.98", at: "2:16",
      "power_factor: 1.98 is outside the allowed range", "from 0.001 to 1"),
    BrokenScenario(
      "NaN in a profile", in: "profiles.csv", "evening\n0.1,0.2", "evening\n0.1,nan", at: "2:5",
      "'nan' in column 'evening' is not a finite number", "write a finite number"),
    BrokenScenario(
      "text in a profile", in: "profiles.csv", "evening\n0.1,0.2", "evening\n0.1,low", at: "2:5",
      "'low' in column 'evening' is not a number", "write a decimal number"),
    BrokenScenario(
      "an empty cell in a profile", in: "profiles.csv", "evening\n0.1,0.2", "evening\n,0.2",
      at: "2:1", "the cell of column 'baking' is empty", "write a number"),
    BrokenScenario(
      "a profile that is too short", in: "profiles.csv", "0.1,0.5\n0.1,0.3\n", "", at: "23:1",
      "the profiles cover 22 steps of 3600.0 s, but the run needs 24", "add 2 rows"),
    BrokenScenario(
      "a short row", in: "lines.csv", ",end-2,abc,NAYY-150,80", ",end-2,abc,NAYY-150", at: "3:33",
      "the row has 5 cells where the header has 6", "add the missing cells"),
    BrokenScenario(
      "a long row", in: "lines.csv", "NAYY-150,80", "NAYY-150,80,1", at: "3:37",
      "the row has 7 cells where the header has 6", "remove the surplus cells"),
    BrokenScenario(
      "a blank line in the middle", in: "lines.csv", "\ncable-2", "\n\ncable-2", at: "3:1",
      "the line is blank", "remove it, or write a row"),
    BrokenScenario(
      "a lone carriage return", in: "lines.csv", "120\n", "120\r", at: "2:34",
      "a carriage return stands here without a line feed", "LF or CRLF"),
    BrokenScenario(
      "an open quote", in: "customers.csv", "\nflat", "\n\"flat", at: "3:1",
      "the quote of this cell is never closed", "close it with a second quote"),
    BrokenScenario(
      "semicolons", at: "buses.csv:1:3", "the columns are separated by semicolons",
      "separate them with commas"
    ) { $0["buses.csv"] = $0["buses.csv"].replacing(",", with: ";") },
    BrokenScenario(
      "an unknown column", in: "lines.csv", "length_m", "lenght_m", at: "1:37",
      "unknown column 'lenght_m' of line", "write 'length_m'", count: 2),
    BrokenScenario(
      "a column without a name", in: "customers.csv", "phases,meter", "phases,", at: "1:15",
      "column 4 has no name", "name it in the header"),
    BrokenScenario(
      "an empty file", at: "lines.csv:1:1", "the file is empty", "write a header line and rows"
    ) { $0["lines.csv"] = "" },
    BrokenScenario(
      "a header without rows", at: "customers.csv", "the table has a header but no rows",
      "add a row"
    ) { $0["customers.csv"] = "id,bus,phases,meter\n" },
    BrokenScenario(
      "a fault behind a byte order mark and CRLF", at: "loads.csv:3:16",
      "'much' is not a number", "write a decimal number"
    ) {
      $0.replace("flat,2.5", by: "flat,much", in: "loads.csv")
      $0["loads.csv"] = "\u{FEFF}" + $0["loads.csv"].replacing("\n", with: "\r\n")
    },
  ]

  /// Files that cannot be read as text, or not at all.
  static let files: [BrokenScenario] = [
    BrokenScenario(
      "a missing file", "buses: buses.csv", "buses: busses.csv", at: "11:10",
      "there is no file 'busses.csv'", "write 'buses.csv'"),
    BrokenScenario(
      "a missing scenario", at: "scenario.yaml", "there is no file 'scenario.yaml'",
      "the folder holds"
    ) { $0.files["scenario.yaml"] = nil },
    BrokenScenario(
      "an empty scenario", at: "scenario.yaml", "the file is empty", "write it"
    ) { $0["scenario.yaml"] = "" },
    BrokenScenario(
      "a folder for a file", at: "scenario.yaml:12:10", "'tables' is a folder",
      "write the name of a file inside it"
    ) {
      $0.folders = ["tables"]
      $0.replace("lines: lines.csv", by: "lines: tables", in: "scenario.yaml")
    },
    BrokenScenario(
      "an absolute path", "lines: lines.csv", "lines: /etc/hostname", at: "12:10",
      "'/etc/hostname' does not lie in the scenario folder", "copy the file into"),
    BrokenScenario(
      "a path out of the folder", "lines: lines.csv", "lines: ../lines.csv", at: "12:10",
      "'../lines.csv' leads out of the scenario folder", "copy the file into"),
    BrokenScenario(
      "a table that is not UTF-8", at: "customers.csv:3:3", "byte 0xE4 is not part of UTF-8 text",
      "save the file with the encoding UTF-8"
    ) { scenario in
      scenario.replace("flat,end-2", by: "fl?t,end-2", in: "customers.csv")
      scenario.files["customers.csv"] = scenario.files["customers.csv"]?.map {
        $0 == UInt8(ascii: "?") ? 0xE4 : $0
      }
    },
    BrokenScenario(
      "a NUL byte in a table", in: "customers.csv", "flat,end-2", "fl\0t,end-2", at: "3:3",
      "a NUL byte stands here", "save the file as UTF-8 text"),
    BrokenScenario(
      "a NUL byte in the scenario", "title: A small low", "title: A small\0low", at: "3:15",
      "a NUL byte stands here", "save the file as UTF-8 text"),
    BrokenScenario(
      "a scenario that is not UTF-8", at: "scenario.yaml:3:8", "byte 0xC4 is not part of UTF-8",
      "save the file with the encoding UTF-8"
    ) { scenario in
      scenario.replace("title: A small", by: "title: @ small", in: "scenario.yaml")
      scenario.files["scenario.yaml"] = scenario.files["scenario.yaml"]?.map {
        $0 == UInt8(ascii: "@") ? 0xC4 : $0
      }
    },
  ]

  /// Arguments of `--set` that lead nowhere.
  static let overrides: [BrokenScenario] = [
    BrokenScenario(set: "seed", "there is no '=' after the path", "write path=value"),
    BrokenScenario(set: "sede=2", "unknown key 'sede'", "write 'seed'"),
    BrokenScenario(
      set: "network.transformers[T2].rated_power=1 MVA",
      "'network.transformers' has no element 'T2'", "write 'T1'"),
    BrokenScenario(
      set: "network.lines[cable-9].length=1 m", "table 'lines.csv' has no row 'cable-9'",
      "write 'cable-1'"),
    BrokenScenario(
      set: "network.lines[cable-1].lenght=1 m", "unknown key 'lenght' of line", "write 'length'"),
    BrokenScenario(
      set: "network.lines[cable-1].length=-1 m", "length: -1 m is outside the allowed range",
      "more than 0 m"),
    BrokenScenario(
      set: "network[cable-1].length=1 m", "'network' is a mapping, not a list",
      "write '.' and one of its keys"),
    BrokenScenario(
      set: "network.lines=missing.csv", "there is no file 'missing.csv'", "add the file"),
  ]
}
