import BusbarImport
import BusbarScenario
import Foundation
import Testing

@Suite("Syntax of OpenDSS files")
struct SyntaxTests {
  /// Lines after `New Circuit.c`, and the values that `line.a` must have.
  static let forms: [(lines: String, values: [String])] = [
    ("New Line.a r1=1 x1=2", ["r1=1", "x1=2"]),
    ("NEW LINE.A R1=1", ["r1=1"]),
    ("new object=line.a r1=1", ["r1=1"]),
    ("new obj=line.a r1=1", ["r1=1"]),
    ("new \"line.a\" r1=1", ["r1=1"]),
    ("New Line.a r1 = 1 , x1= 2", ["r1=1", "x1=2"]),
    ("New Line.a b1 b2 code 2", ["bus1=b1", "bus2=b2", "linecode=code", "length=2"]),
    ("New Line.a b1, b2,code", ["bus1=b1", "bus2=b2", "linecode=code"]),
    ("New Line.a length=2 3 0.1", ["length=2", "phases=3", "r1=0.1"]),
    ("New Line.a bus1=x y", ["bus1=x", "bus2=y"]),
    ("New Line.a r1=1 ! r1=2", ["r1=1"]),
    ("New Line.a r1=1// r1=2", ["r1=1"]),
    ("New Line.a bus1=\"a!b\" r1=1", ["bus1=a!b", "r1=1"]),
    ("New Line.a\n~ r1=1\nMore x1=2\nM r0=3", ["r1=1", "x1=2", "r0=3"]),
    ("New Line.a length=2\n~ b1", ["length=2", "bus1=b1"]),
    ("New Line.a\n\n! remark\n~ r1=1", ["r1=1"]),
    ("/* New Line.a r1=9\nNew Line.a */ r1=8\nNew Line.a r1=1", ["r1=1"]),
    ("/* one line */\nNew Line.a r1=1", ["r1=1"]),
    (
      "New Line.a rmatrix=(1 | 2 3) x1=[2 3 *] r1={1} bus1='b 1'",
      ["rmatrix=1 | 2 3", "x1=2 3 *", "r1=1", "bus1=b 1"]
    ),
    ("New Line.a r1=(1)x1=2", ["r1=1", "x1=2"]),
    ("New Line.a bus=b len=2 norm=5", ["bus1=b", "length=2", "normamps=5"]),
    ("New Line.b r1=1 x1=2\nNew Line.a like=b x1=3", ["like=b", "r1=1", "x1=2", "x1=3"]),
    ("New Line.a r1=1\nEdit Line.a r1=2", ["r1=1", "r1=2"]),
    ("New Line.a r1=1\nNew Line.b\nLine.a.r1=2 x1=3", ["r1=1", "r1=2", "x1=3"]),
    ("New Line.a r1=1\nx1=3", ["r1=1", "x1=3"]),
    ("New Line.a\nNew Line.b\nSelect Line.A\nr1=4", ["r1=4"]),
    ("New Line.a\nDisable Line.a\nEnable Line.*", ["enabled=no", "enabled=yes"]),
    ("New Line.a\nNew Line.b\nBatchEdit Line..* r1=1", ["r1=1"]),
    ("New Line.a\nNew Line.ba\nBatchEdit Line.^[a-c]$ r1=1", ["r1=1"]),
    ("New Line.ba\nNew Line.a\nBatchEdit Line.ba r1=1", []),
    ("var @r=5 @b=bus\nNew Line.a r1=@r bus1=@b.1.2", ["r1=5", "bus1=bus.1.2"]),
    ("New Line.a\r\n~ r1=1\r\n", ["r1=1"]),
    ("New Line.a\t r1=1\tx1=2", ["r1=1", "x1=2"]),
    (
      "New LineCode.7/4.5_(19/2.1) r1=1\nNew Line.a linecode=7/4.5_(19/2.1)",
      ["linecode=7/4.5_(19/2.1)"]
    ),
    ("New Line.a r1=1\nShow Voltages\nPlot circuit\nHelp me\n? line.a.r1", ["r1=1"]),
  ]

  @Test("Each form of the syntax gives its values", arguments: forms.indices)
  func formsGiveValues(_ form: Int) {
    let (lines, values) = Self.forms[form]
    let reading = Reading(lines: lines)
    #expect(reading.errors.isEmpty, "\(reading.errors)")
    #expect(reading.values("line", "a") == values)
  }

  /// Lines after `New Circuit.c`, and the place and a part of each message.
  static let faults: [(lines: String, messages: [String])] = [
    ("New Line.a rr1=1", ["2:12: error: 'rr1' is not a property of line|'r1'"]),
    ("Nwe Line.a", ["2:1: error: 'Nwe' is not a command|'new'"]),
    ("New Lien.a r1=1", ["2:5: error: 'Lien' is not a class of OpenDSS|'line'"]),
    (
      "Set voltagebase=[1] mod=x controlmod=off colour=3",
      ["2:42: error: 'colour' is not an option of OpenDSS"]
    ),
    ("New Line.a r1=1e x1=2", ["2:15: error: '1e' is not a number in 'R1'"]),
    ("New Line.a rmatrix=(1 | 2 x)", ["2:27: error: 'x' is not a number in 'RMatrix'"]),
    ("New Line.a r1=(1 0 /)", ["2:15: error: '/' makes no finite number"]),
    ("New Line.a r1=(1 +)", ["2:15: error: '+' has too few numbers"]),
    ("New Line.a phases=2.5", ["2:19: error: '2.5' is not a whole number"]),
    ("New Line.a switch=1", ["2:19: error: '1' is neither yes nor no"]),
    ("New Line.a r1= x1=2", ["2:16: error: 'x1' is not a number in 'R1'"]),
    (
      "New Line.a r1=\"\" x1=2", ["2:15: error: 'R1' has no value, and OpenDSS leaves out the rest"]
    ),
    ("New Line.a r1=(1 2", ["2:15: error: the quote that starts here is never closed"]),
    ("New Line.a like=b", ["2:17: error: there is no line 'b'"]),
    ("New Line.a like=a", ["2:17: error: the object is like itself"]),
    ("Edit Line.a r1=1", ["2:6: error: there is no line 'a'"]),
    ("New Line r1=1", ["2:5: error: 'Line' is not a class and a name"]),
    ("New Line. r1=1", ["2:5: error: the object has no name"]),
    ("Redirect none.dss", ["2:10: error: the file 'none.dss' does not exist"]),
    ("Redirect master.dss", ["2:10: error: the files name one another in a circle"]),
    ("New Circuit.d", ["2:5: error: there is a circuit already, 'c'"]),
    ("New LoadShape.a mult=(file=none.csv)", ["2:28: error: the file 'none.csv' does not exist"]),
    ("New Line.a\nBatchEdit Line.(b|c) r1=1", ["3:11: error: the pattern '(b|c)' has '('"]),
    ("Rephase StartLine=Line.a", ["2:1: error: the command 'rephase' changes the network"]),
    ("Clear\nNew Line.a", ["3:5: error: there is no circuit yet"]),
    ("New Line.a r1=@r", ["2:15: error: the variable '@r' is not defined"]),
    ("New Linecode.a r1=1 x1 =2e", ["2:25: error: '2e' is not a number in 'X1'"]),
  ]

  @Test("Each fault names its place and the way to mend it", arguments: faults.indices)
  func faultsNameTheirPlace(_ fault: Int) {
    let (lines, messages) = Self.faults[fault]
    let reading = Reading(lines: lines)
    let found = reading.errors.map(\.description)
    for message in messages {
      let parts = message.split(separator: "|(").first?.split(separator: "|") ?? []
      let isTold = found.contains { text in
        // Patterns hold bars themselves.
        text.contains("master.dss:\(message)")
          || text.hasPrefix("master.dss:") && parts.allSatisfy { text.contains($0) }
      }
      #expect(isTold, "\(message) in \(found)")
    }
  }

  @Test("Values are read as numbers, lists and matrices")
  func valuesAreRead() throws {
    func value(_ text: String, quoted: Bool = true) -> DSSValue {
      DSSValue(text, isQuoted: quoted, at: SourceLocation(file: "f", line: 1, column: 1))
    }
    for (text, number) in [
      ("8 1000 /", 0.008), ("0.4 3 sqrt /", 0.4 / 3.0.squareRoot()), ("2 3 ^", 8),
      ("0.00625 12 * 1 +", 1.075), ("3 sqr", 9), ("4 inv", 0.25), ("2 3 swap -", 1), ("7", 7),
      ("1 1 atan2", 45), ("90 sin", 1), ("pi", .pi), ("100 log10", 2), ("1 exp ln", 1),
    ] {
      #expect(abs(try value(text).number() - number) < 1e-12, "\(text)")
    }
    #expect(try value("1e-3", quoted: false).number() == 0.001)
    #expect(try value("115, 4.16 (480 1000 /)").numbers() == [115, 4.16, 0.48])
    #expect(
      try value("1 | 2 3 | 4 5 6 |").symmetricMatrix() == [[1, 2, 4], [2, 3, 5], [4, 5, 6]])
    #expect(try value("1 2 | 3 4").symmetricMatrix() == [[1, 2], [3, 4]])
    #expect(throws: DSSValueFault.self) { try value("1 2 | 3").symmetricMatrix() }
    #expect(try value("a.1 'b c', d").words().map(\.text) == ["a.1", "b c", "d"])
  }

  @Test("Options, switching and solutions are kept in order, and what only shows is counted")
  func actionsAreKept() throws {
    let reading = Reading([
      "master.dss": """
      Set DefaultBaseFrequency=50
      Clear
      New Circuit.c
      New Line.a
      Open Line.a 2
      Close object=Line.a term=1 cond=3
      SetkVBase bus=B kVLN=2.4
      CalcV
      Solve mode=daily number=24
      Show Taps
      """
    ])
    #expect(reading.errors.isEmpty, "\(reading.errors)")
    let circuit = try #require(reading.circuit)
    #expect(circuit.option("defaultbasefrequency")?.text == "50")
    #expect(circuit.option("mode")?.text == "daily")
    #expect(
      circuit.actions.dropFirst().map(\.kind).filter { if case .set = $0 { false } else { true } }
        == [
          .open(element: "line.a", terminal: 2, conductor: 0),
          .close(element: "line.a", terminal: 1, conductor: 3),
          .setVoltageBase(bus: "b", kilovolts: 2.4, isLineToLine: false), .calculateVoltageBases,
          .solve,
        ])
    #expect(circuit.ignored.map(\.name) == ["show"])
    #expect(circuit.ignored.first?.location.line == 10)
  }

  @Test("Files are found from the folder of the file that names them")
  func filesAreFound() throws {
    let texts = [
      "master.dss": "New Circuit.c\nRedirect Sub\\lines.dss\nCompile sub/more\nRedirect last.dss",
      "sub/lines.dss": "New LoadShape.s npts=3 mult=(file=data.csv column=2 header=yes)",
      "sub/more.dss": "New Line.b\nBusCoords places.csv", "sub/last.dss": "New Line.c",
      "sub/data.csv": "h, m\n1, 0.5\n2, 0.25\n\n3 (1 8 /)\n", "sub/places.csv": "B1, 1, 2.5\n",
    ]
    let reading = Reading(texts)
    #expect(reading.errors.isEmpty, "\(reading.errors)")
    #expect(reading.diagnostics.count == 1, "only the capital of 'Sub' is remarked")
    let circuit = try #require(reading.circuit)
    #expect(circuit.elements.map(\.id) == ["vsource.source", "loadshape.s", "line.b", "line.c"])
    #expect(circuit.files == ["master.dss", "sub/lines.dss", "sub/more.dss", "sub/last.dss"])
    #expect(circuit.busPlaces == [DSSBusPlace(bus: "b1", x: 1, y: 2.5, isGeographic: false)])
    let file = try #require(circuit.element("loadshape", "S")?.assignments.last?.file)
    var diagnostics = Diagnostics()
    let numbers = DSSDataFile.numbers(
      file, named: "data.csv", from: MemoryFiles(texts), &diagnostics)
    #expect(numbers == [0.5, 0.25, 0.125])
    #expect(diagnostics.count == 0)
  }
}
