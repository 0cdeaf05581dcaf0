import BusbarImport
import BusbarScenario
import BusbarTestSupport
import Foundation
import Testing

@Suite("Damaged OpenDSS files as scenarios")
struct ConversionMutationTests {
  /// A feeder of elements of all kinds that are converted.
  static let zoo = """
    Clear
    Set DefaultBaseFrequency=50
    New Circuit.zoo basekv=11 pu=1.02 phases=3 bus1=s mvasc3=100 mvasc1=80
    New WireData.w rdc=0.03 runits=kft gmrac=0.37 gmrunits=in diam=0.9 radunits=in
    New LineSpacing.p nconds=4 nphases=3 units=ft x=(-4 -1 3 0) h=(28 28 28 24)
    New LineGeometry.g nconds=4 nphases=3 reduce=y spacing=p wires=(w w w w)
    New LineCode.c nphases=3 r1=0.3 x1=0.2 r0=0.9 x0=0.8 c1=10 c0=5 units=km
    New XYCurve.e npts=3 xarray=(0.1 0.5 1) yarray=(0.8 0.9 0.95)
    New TShape.t npts=2 interval=1 temp=(20 30)
    New LoadShape.d npts=3 interval=1 mult=(0.2 1 0.5) qmult=(0.1 1 0.4)
    New XfmrCode.x phases=3 windings=2 conns=(delta wye) kvs=(11 0.4) kvas=(500 500) xhl=4
    New Line.g bus1=s bus2=m geometry=g length=500 units=ft
    New Transformer.x buses=(m l.1.2.3.4) xfmrcode=x taps=(1 1.0125) wdg=2 rneut=1 xneut=0
    New Line.c bus1=l bus2=n linecode=c length=100 units=m
    New Reactor.r phases=1 bus1=l.4 bus2=l.0 r=1 x=0.1
    New Capacitor.k bus1=n kv=0.4 kvar=(10) numsteps=2 states=(1 0)
    New Load.a bus1=n kv=0.4 kw=10 pf=0.9 daily=d
    New Load.b phases=1 bus1=n.1.2 conn=delta kv=0.4 kva=5 pf=0.9 model=4
    New Load.z phases=1 bus1=n.3 kv=0.23 kw=2 model=8 zipv=(0.5 0.2 0.3 0.4 0.3 0.3 0.7)
    New Generator.g bus1=n kv=0.4 kw=5 pf=0.95
    New PVSystem.p bus1=n kv=0.4 kva=10 pmpp=9 effcurve=e p-tcurve=e daily=d tdaily=t
    New Storage.s bus1=n kv=0.4 kwrated=5 state=discharging
    New RegControl.r transformer=x winding=2 vreg=120 band=2 ptratio=2 ctprim=700 r=3 x=9
    New CapControl.k capacitor=k element=line.c type=kvar on=5 off=-5
    New SwtControl.w switchedobj=line.c action=close
    Set VoltageBases=[11, 0.4]
    CalcVoltageBases
    Solve mode=daily number=24 stepsize=1h
    """

  @Test("2,000 damaged files neither crash nor hang, and each fault names its file and line")
  func damageIsReported() throws {
    let sound = Importing("/feeder/master.dss", from: MemoryFiles(["master.dss": Self.zoo]))
    #expect(sound.errors.isEmpty, "\(sound.errors)")
    let feeders = [["master.dss": Array(Self.zoo.utf8)]] + MutationTests.feeders
    var numbers = SeededNumbers(seed: 90_210)
    let clock = ContinuousClock()
    var refused = 0
    var converted = 0
    for round in 0..<2_000 {
      var files = feeders[round % feeders.count]
      let names = files.keys.sorted()
      for _ in 0..<Int.random(in: 1...3, using: &numbers) {
        let name = names[Int.random(in: 0..<names.count, using: &numbers)]
        files[name] = Self.damaged(files[name] ?? [], &numbers)
      }
      let paths = Dictionary(
        uniqueKeysWithValues: files.map { (MutationTests.path(of: $0.key), $0.value) })
      let start = clock.now
      let importing = Importing("/feeder/master.dss", from: MemoryFiles(bytes: paths))
      #expect(clock.now - start < .seconds(5), "round \(round)")
      #expect((importing.scenario == nil) == !importing.errors.isEmpty, "round \(round)")
      for error in importing.errors {
        #expect(!error.location.file.isEmpty && !error.remedy.isEmpty, "round \(round)")
      }
      for file in importing.scenario?.files ?? [] where file.name.hasSuffix(".csv") {
        // A word may hold these letters, but a number may not be these.
        let cells = file.text.split { $0 == "," || $0 == "\n" }
        #expect(!cells.contains("nan") && !cells.contains("inf"), "round \(round) \(file.name)")
      }
      if importing.scenario == nil { refused += 1 } else { converted += 1 }
    }
    print(refused, "refused,", converted, "converted")
    #expect(refused > 200 && converted > 200)
  }

  /// Damages as the reader's test does, or one number beyond all measure.
  private static func damaged(_ text: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    guard Bool.random(using: &numbers) else { return MutationTests.damaged(text, &numbers) }
    let wrong = [
      "0", "-1", "1e308", "-1e308", "1e-308", "1e18", "999999999999", "0.0000000001", "none", "()",
      "(1 2 3 4 5 6 7 8 9)", "a.b.c", "1.2.3.4.5", "99", "delta", "x", "(0|0 0|0 0 0)", "daily",
    ]
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    let at = Int.random(in: 0..<lines.count, using: &numbers)
    var words = lines[at].split(separator: " ").map(String.init)
    guard let word = words.indices.randomElement(using: &numbers) else { return text }
    let name = words[word].split(separator: "=").first ?? ""
    words[word] = "\(name)=\(wrong.randomElement(using: &numbers) ?? "")"
    lines[at] = words.joined(separator: " ")
    return Array(lines.joined(separator: "\n").utf8)
  }
}
