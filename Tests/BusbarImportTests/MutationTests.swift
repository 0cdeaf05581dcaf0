import BusbarImport
import BusbarScenario
import BusbarTestSupport
import Foundation
import Testing

@Suite("Damaged OpenDSS files")
struct MutationTests {
  static let feeder = [
    "master.dss": """
    Clear
    Set DefaultBaseFrequency=60
    New Circuit.c basekv=115 pu=1.0001 phases=3 bus1=source MVAsc3=20000 ! stiff
    Redirect codes.dss
    New Transformer.t phases=3 windings=2 xhl=(8 1000 /)
    ~ wdg=1 bus=source conn=delta kv=115 kva=5000 %r=(.5 1000 /)
    ~ wdg=2 bus=b1 conn=wye kv=4.16 kva=5000 %r=(.5 1000 /)
    New Line.l1 bus1=b1.1.2.3 bus2=b2.1.2.3 linecode=code length=2000 units=ft // first
    New Line.l2 like=l1 bus1=b2.1.2.3 bus2=b3.1.2.3
    Redirect loads.dss
    New RegControl.r transformer=t winding=2 vreg=122 band=2 ptratio=20 ctprim=700 r=3 x=9
    BatchEdit Load..* daily=shape vminpu=0.8
    /* a comment
    of lines */
    Transformer.t.wdg=2 Tap=(0.00625 12 * 1 +)
    open Line.l2 terminal=2
    Set VoltageBases=[115, 4.16]
    CalcVoltageBases
    BusCoords places.csv
    Solve mode=daily number=24
    Show Voltages LN Nodes
    """,
    "codes.dss": """
    New LineCode.code nphases=3 basefreq=60 units=mi
    ~ rmatrix=(0.3465 | 0.1560 0.3375 | 0.1580 0.1535 0.3414)
    ~ xmatrix=[1.0179 | 0.5017 1.0478 | 0.4236 0.3849 1.0348]
    New LoadShape.shape npts=24 interval=1 mult=(file=shape.csv)
    New LoadShape.inline npts=3 interval=1 mult="1 0.5 0.2"
    """,
    "loads.dss": """
    New Load.a bus1=b3.1 phases=1 kv=2.4 kw=160 kvar=110 model=1
    New Load.b 1 b3.2 2.4 120 0.9
    New Capacitor.k bus1=b3 phases=3 kvar=600 kv=4.16
    var @p=50
    New Load.d bus1=b2.3 phases=1 kv=(4.16 3 sqrt /) kw=@p pf=0.95
    """,
    "shape.csv": "0.1\n0.2\n0.3\n",
    "places.csv": "b1, 1, 2\nb2, 2, 2\nb3 3 2\n",
  ]

  @Test("2,000 damaged files neither crash nor hang, and each fault names its file and line")
  func damageIsReported() throws {
    #expect(Reading(Self.feeder).diagnostics.isEmpty)
    let feeders = Self.feeders
    if feeders.count == 1 { print("the 13 nodes are", PackageFolder.absentData) }
    var numbers = SeededNumbers(seed: 20_260)
    let clock = ContinuousClock()
    var faults = 0
    var damagedWithFault = 0
    for round in 0..<2_000 {
      var files = feeders[round % feeders.count]
      let names = files.keys.sorted()
      for _ in 0..<Int.random(in: 1...3, using: &numbers) {
        let name = names[Int.random(in: 0..<names.count, using: &numbers)]
        files[name] = Self.damaged(files[name] ?? [], &numbers)
      }
      let paths = Dictionary(
        uniqueKeysWithValues: files.map { (Self.path(of: $0.key), $0.value) })
      let start = clock.now
      let reading = Reading("/feeder/master.dss", from: MemoryFiles(bytes: paths))
      #expect(clock.now - start < .seconds(5), "round \(round)")
      if reading.circuit == nil { #expect(!reading.errors.isEmpty, "round \(round)") }
      if !reading.errors.isEmpty { damagedWithFault += 1 }
      for diagnostic in reading.diagnostics {
        faults += 1
        // Only a file as a whole, such as an empty one, has a fault without a line.
        let isWhole = ["describes no circuit", "more faults"].contains {
          diagnostic.problem.contains($0)
        }
        #expect(diagnostic.location.line != nil || isWhole, "round \(round): \(diagnostic)")
        #expect(files.keys.contains(diagnostic.location.file), "round \(round): \(diagnostic)")
      }
    }
    print(damagedWithFault, "of 2000 damaged feeders have errors;", faults, "faults in all")
    #expect(damagedWithFault > 1_000)
  }

  /// The feeder above and, where they are present, the 13 nodes.
  static var feeders: [[String: [UInt8]]] {
    [feeder.mapValues { Array($0.utf8) }] + ieee13()
  }

  /// The files of the 13 nodes, where the reference data are present.
  private static func ieee13() -> [[String: [UInt8]]] {
    let names = [
      "master.dss": "IEEE13Nodeckt.dss", "IEEELineCodes.DSS": "IEEELineCodes.DSS",
      "../IEEELineCodes.DSS": "../IEEELineCodes.DSS",
      "IEEE13Node_BusXY.csv": "IEEE13Node_BusXY.csv",
    ]
    let files = names.compactMapValues { name in
      PackageFolder.sharedData("ieee/13Bus/\(name)").flatMap { try? Data(contentsOf: $0) }
    }
    return files.count == names.count ? [files.mapValues { [UInt8]($0) }] : []
  }

  static func path(of name: String) -> String {
    name.hasPrefix("../") ? String(name.dropFirst(2)) : "/feeder/" + name
  }

  static func damaged(_ text: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    let at = Int.random(in: 0..<lines.count, using: &numbers)
    var words = lines[at].split(separator: " ").map(String.init)
    let word = words.indices.randomElement(using: &numbers)
    switch Int.random(in: 0..<10, using: &numbers) {
    case 0: return Array(text.prefix(Int.random(in: 0...text.count, using: &numbers)))
    case 1:
      if let word { words.swapAt(word, words.indices.randomElement(using: &numbers) ?? word) }
    case 2:
      let wrong = ["1e999", "1..2", "nan", "-", "0x10", "1,5", "", "(1 0 /)", "(", "((((", "]"]
      if let word {
        let name = words[word].split(separator: "=").first ?? ""
        words[word] = "\(name)=\(wrong.randomElement(using: &numbers) ?? "")"
      }
    case 3:
      let files = ["master.dss", "codes.dss", "loads.dss", "none.dss", "../x.dss", "/", ""]
      let command = Bool.random(using: &numbers) ? "Redirect" : "Compile"
      words = [command, files.randomElement(using: &numbers) ?? ""]
    case 4:
      let counts = ["npts=99999999999999999999", "windings=1000000000", "phases=1e18", "wdg=-5"]
      words.append(counts.randomElement(using: &numbers) ?? "")
    case 5:
      var bytes = text
      for _ in 0..<8 where !bytes.isEmpty {
        let i = Int.random(in: 0..<bytes.count, using: &numbers)
        bytes[i] = UInt8.random(in: 0...255, using: &numbers)
      }
      return bytes
    case 6: if let word { words.remove(at: word) }
    case 7: if let word { words[word] = String(words[word].reversed()) }
    case 8:
      let long = [
        "BatchEdit Load.(a+)+$ kw=1", "BatchEdit Load.[z-a] kw=1", "/*", "\"", "Edit Line.",
        "New Line.l1 like=l1", "@x", "Foo bar", "~", "New Circuit.other", "New Xine.l 1 2 3",
        "open Line.none", "Line.l1.foo.bar=3", "New Load.z" + String(repeating: " 1", count: 99),
      ]
      words = [long.randomElement(using: &numbers) ?? ""]
    default: if let word { words.insert(String(repeating: "9", count: 5_000), at: word) }
    }
    lines[at] = words.joined(separator: " ")
    return Array(lines.joined(separator: "\n").utf8)
  }

  @Test("Files that name one another without a circle, but exponentially often, end with an error")
  func exponentialRedirectsEnd() {
    var files = ["master.dss": "New Circuit.c\nRedirect f0.dss"]
    for i in 0..<40 { files["f\(i).dss"] = "Redirect f\(i + 1).dss\nRedirect f\(i + 1).dss" }
    files["f40.dss"] = "!"
    let reading = Reading(files)
    #expect(reading.errors.map(\.problem) == ["more than 5000 files are read"])
  }

  @Test("Objects that are like one another in turn end with an error")
  func exponentialLikesEnd() {
    let lines = (0..<60).map {
      "Edit Line.\($0 % 2 == 0 ? "a" : "b") like=\($0 % 2 == 0 ? "b" : "a")"
    }
    let reading = Reading(
      lines: "New Line.a r1=1\nNew Line.b r1=2\n" + lines.joined(separator: "\n"))
    #expect(reading.errors.map(\.problem) == ["more than 2000000 values are given"])
    #expect(reading.errors.first?.location.line != nil)
  }

  /// Work that grows with the square of the lines would take hours: a limit that no slow machine
  /// reaches otherwise.
  private static let longest = Duration.seconds(300)

  @Test("A file of 100,000 lines that are all wrong comes to an end")
  func manyFaultsEnd() {
    let elements = (0..<20_000).map { "New Line.l\($0) r1=1\n" }.joined()
    let faults = String(repeating: "Edit Line.none r1=x\nNew Foo.x\nfoo\n", count: 30_000)
    let clock = ContinuousClock()
    let start = clock.now
    let reading = Reading(lines: elements + faults)
    #expect(clock.now - start < Self.longest)
    #expect(reading.errors.count == Diagnostics.usualLimitPerFile + 1)
  }

  @Test("One line of a million values and one value of a million letters come to an end")
  func longLinesEnd() {
    let values = String(repeating: "1 ", count: 1_000_000)
    let clock = ContinuousClock()
    let start = clock.now
    let shape = Reading(lines: "New LoadShape.s npts=1000000 mult=(\(values))")
    #expect(shape.errors.isEmpty)
    #expect(
      Reading(lines: "New Line.a \(values)").errors.map(\.problem)
        .contains("no property of line is left for this value"))
    let letters = String(repeating: "x", count: 1_000_000)
    #expect(Reading(lines: "New Line.a r1=\(letters)\n\(letters)").errors.count == 2)
    #expect(Reading(lines: "New Line.\(letters) \(letters)=1\n").errors.count == 1)
    #expect(clock.now - start < Self.longest)
  }
}
