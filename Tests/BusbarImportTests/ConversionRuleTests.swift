import BusbarImport
import Testing

/// Rules of OpenDSS that its files rely on, with numbers asked of the engine DSS C-API 0.14.5.
@Suite("Rules of the conversion")
struct ConversionRuleTests {
  @Test("A switch has its own impedance and length, unless a line code or values follow")
  func switches() {
    let importing = Importing(
      lines: """
        New LineCode.m nphases=3 rmatrix=(1|0 1|0 0 1) xmatrix=(2|0 2|0 0 2) units=km
        New Line.a bus1=s bus2=b switch=y linecode=m length=3 units=m
        New Line.b bus1=b bus2=d linecode=m switch=y length=3 units=m
        New Line.c bus1=d bus2=e switch=y r1=1e-4 r0=1e-4 x1=0 x0=0 c1=0 c0=0
        """)
    // The engine's series impedances are 0.003, 3 and 1e-7 ohm.
    func ohms(_ line: String, _ unit: String = "r1_ohm_per_km") -> Double? {
      let lines = importing.table("lines")
      guard let code = lines.row(line)?["line_code"], let metres = lines.number(line, "length_m")
      else { return nil }
      return importing.table("line_codes").number(code, unit).map { $0 * metres / 1e3 }
    }
    #expect(isNear(ohms("a"), 0.003))
    #expect(isNear(ohms("b"), 3))
    #expect(isNear(ohms("c"), 1e-7))
    // Capacitances that OpenDSS gave itself count for 1,000 ft: 0.01083 = 1.1 · 3 / 304.8.
    #expect(isNear(ohms("b", "c1_nf_per_km"), 1.1 * 3 / 304.8))
    #expect(isNear(ohms("a", "c1_nf_per_km"), 1.1 * 0.003 / 304.8))
  }

  @Test("Units after a matrix do not scale it, and units beside a line code do")
  func units() {
    let importing = Importing(
      lines: """
        New LineCode.k nphases=1 rmatrix=(0.3) xmatrix=(0.4) cmatrix=(0) units=mi
        New Line.a phases=1 bus1=s.1 bus2=b.1 linecode=k length=2000 units=ft
        New Line.b phases=1 bus1=b.1 bus2=d.1 length=0.0568 units=mi
        ~ rmatrix=(1.3238) xmatrix=(1.3569)
        """)
    let lines = importing.table("lines")
    let codes = importing.table("line_matrices").rows
    #expect(isNear(lines.number("a", "length_m"), 609.6))
    #expect(isNear(codes.first?["r_ohm_per_km"].flatMap(Double.init), 0.3 / 1.609344))
    // The engine: 1.3238 · 0.0568 ohm, and 3.4 nF for a unit of its own.
    let own = codes.last
    let ohms = own?["r_ohm_per_km"].flatMap(Double.init)
    #expect(isNear(ohms.map { $0 * (lines.number("b", "length_m") ?? 0) / 1e3 }, 1.3238 * 0.0568))
  }

  @Test("A base frequency after the values of a code scales the capacitance that OpenDSS gave it")
  func baseFrequency() {
    let importing = Importing(
      lines: """
        New LineCode.a nphases=1 basefreq=60 rmatrix=(0.3) xmatrix=(0.4) units=km
        New Line.a bus1=s.1 bus2=b.1 linecode=a length=1 units=km
        """)
    let code = importing.table("line_matrices").rows.first ?? [:]
    // The engine's primitive admittance: 2.8 nF of the usual values at 50 Hz count at 60 Hz.
    #expect(isNear(code["c_nf_per_km"].flatMap(Double.init), 2.8 * 50 / 60))
    // R + Rg (f/f0 - 1) with the usual Rg of 0.01805 ohm.
    #expect(isNear(code["r_ohm_per_km"].flatMap(Double.init), 0.3 - 0.01805 / 6))
  }

  @Test(
    "Powers follow the order in which they are given",
    arguments: [
      ("kw=10 kvar=5", 10, 5), ("kvar=5 kw=10", 10, 5.397428221381), ("kva=10 pf=0.8", 8, 6),
      ("kw=10 pf=-0.9", 10, -4.843221048378), ("kw=10 kvar=5\nLoad.x.kw=20", 20, 10),
      ("pf=0.8 xfkva=100 allocationfactor=0.4", 32, 24),
    ] as [(String, Double, Double)])
  func loadPowers(_ text: String, kilowatts: Double, kilovars: Double) {
    let loads = Importing(lines: "New Load.x bus1=s kv=0.4 \(text)").table("loads")
    #expect(isNear(loads.number("x", "power_kw"), kilowatts))
    #expect(isNear(loads.number("x", "reactive_power_kvar"), kilovars))
  }

  @Test("The low voltage of a load counts even above its minimum")
  func loadWindow() {
    let loads = Importing(
      lines: """
        New Load.a bus1=s kv=0.4 vminpu=0.1 vmaxpu=2
        New Load.b bus1=s kv=0.4
        New Load.c bus1=s kv=0.4 model=2
        """
    ).table("loads")
    #expect(loads.row("a")?["minimum_voltage"] == "0.5")
    #expect(loads.row("b")?["minimum_voltage"] == "0.95")
    #expect(loads.row("b")?["low_voltage"] == "0.5")
    #expect(loads.row("c")?["minimum_voltage"] == "")
  }

  @Test(
    "An inverter gives what its ratings allow",
    arguments: [
      ("kva=100", -100, 0), ("kva=100 pmpp=80 pf=0.9", -80, -38.745768385),
      ("kva=100 pmpp=80 kvar=90", -43.588989435, -90),
      ("kva=100 pmpp=80 kvar=90 wattpriority=y", -80, -60), ("kva=100 pmpp=15", 0, 0),
      ("kva=100 pmpp=95 pf=0.9 kvarmax=20", -95, -20),
      ("kva=100 pmpp=95 pf=0.9 pfpriority=y", -90, -43.588989435),
    ] as [(String, Double, Double)])
  func inverters(_ text: String, kilowatts: Double, kilovars: Double) {
    let loads = Importing(lines: "New PVSystem.x bus1=s kv=0.4 \(text)").table("loads")
    #expect(abs((loads.number("x", "power_kw") ?? .nan) - kilowatts) < 1e-8)
    #expect(abs((loads.number("x", "reactive_power_kvar") ?? .nan) - kilovars) < 1e-8)
  }

  @Test(
    "A storage does what its state and energy allow",
    arguments: [
      ("", 0.25, 0), ("kw=10", -10, 0), ("kw=-10", 0.25, 0),
      ("kwrated=100 state=charging kwhstored=10", 100, 0),
      ("kwrated=100 kwhrated=200 state=discharging kwhstored=30", 1, 0),
      ("kwrated=100 kwhrated=200 state=charging pf=0.9 kwhstored=100", 96.824583655, 25),
      ("kwrated=100 kwhrated=200 state=discharging kva=50", -50, 0),
      ("kwrated=69.6487 kwhrated=139.297 state=idling pf=0.97", 0.696487, 0.17455609625),
    ] as [(String, Double, Double)])
  func storages(_ text: String, kilowatts: Double, kilovars: Double) {
    let loads = Importing(lines: "New Storage.x bus1=s kv=0.4 \(text)").table("loads")
    #expect(abs((loads.number("x", "power_kw") ?? .nan) - kilowatts) < 1e-8)
    #expect(abs((loads.number("x", "reactive_power_kvar") ?? .nan) - kilovars) < 1e-8)
  }

  @Test("The source keeps the zero sequence of its usual values when only r1 and x1 are given")
  func sourceImpedance() {
    let files = MemoryFiles(["master.dss": "New Circuit.c basekv=11 r1=0.1 x1=0.2"])
    let sources = Importing("/feeder/master.dss", from: files).table("sources")
    #expect(isNear(sources.number("source", "r1_ohm"), 0.1))
    // What the engine says: that of 115 kV, 2,000 and 2,100 MVA.
    #expect(isNear(sources.number("source", "r0_ohm"), 1.7960358301233548))
    #expect(isNear(sources.number("source", "x0_ohm"), 5.3881074903700643))
  }

  @Test("A delta lags or leads the wye by the choice of leadlag and the higher voltage")
  func vectorGroups() {
    func coils(_ text: String) -> [String] {
      Importing(
        lines: "New Transformer.t windings=2 buses=(s b) kvs=(0.4 0.2) kvas=(10 10) \(text)"
      ).table("windings").rows.compactMap { $0["coils"] }
    }
    #expect(coils("conns=(delta wye)") == ["a-c b-a c-b", "a-e b-e c-e"])
    #expect(coils("conns=(delta wye) leadlag=lead") == ["a-b b-c c-a", "a-e b-e c-e"])
    #expect(coils("conns=(wye delta)") == ["a-e b-e c-e", "a-b b-c c-a"])
    #expect(coils("conns=(delta delta)") == ["a-b b-c c-a", "a-b b-c c-a"])
  }

  @Test("Taps become positions, and what like does not copy is left out")
  func taps() {
    let importing = Importing(
      lines: """
        New Transformer.t windings=2 buses=(s b) kvs=(0.4 0.2) taps=(1 1.05625) ppm=0 %imag=3
        New Transformer.u like=t buses=(s d)
        New Transformer.v windings=2 buses=(s f) taps=(1 1.051)
        """)
    let windings = importing.table("windings").rows
    #expect(windings[1]["tap_position"] == "9")
    #expect(windings[1]["tap_step"].flatMap(Double.init).map { isNear($0, 0.00625) } == true)
    #expect(windings[5]["turns"].flatMap(Double.init).map { isNear($0, 1.001) } == true)
    let units = importing.table("transformer_units")
    #expect(units.row("t")?["ppm_antifloat"] == "0")
    #expect(units.row("u")?["ppm_antifloat"] == "1")
    #expect(units.row("u")?["magnetising_current_percent"] == "0")
  }

  @Test("What has no counterpart is an error with its place")
  func refusals() {
    let cases: [(String, String)] = [
      ("New Fault.f bus1=s", "the class 'fault' cannot be translated"),
      ("New Generator.g bus1=s kv=0.4 model=3", "a generator that holds a voltage"),
      ("New Load.l bus1=s kv=0.4 model=8", "a load of model 8 has no zipv"),
      ("New Load.l bus1=s kv=0.4 daily=none1", "there is no loadshape 'none1'"),
      ("New Line.l bus1=s bus2=b linecode=none", "there is no linecode 'none'"),
      ("New Line.l bus1=s bus2=b phases=1000000000", "1000000000 is out of range"),
      ("New Transformer.t windings=99", "99 is out of range"),
      ("New Load.l kv=0.4", "the load has no bus1"),
      ("New Capacitor.k bus1=s numsteps=1000000000", "1000000000 is out of range"),
      ("New Load.l bus1=s.40 kv=0.4", "'40' is not a node"),
      ("New LineGeometry.g nconds=1000000000", "1000000000 is out of range"),
    ]
    for (lines, problem) in cases {
      let importing = Importing(lines: lines)
      #expect(importing.scenario == nil, "\(lines)")
      #expect(
        importing.errors.contains { $0.problem.hasPrefix(problem) && $0.location.line == 3 },
        "\(lines): \(importing.errors)")
    }
  }

  @Test("A shape of a trillion points is no more than its values")
  func hugeShape() {
    let importing = Importing(
      lines: """
        New LoadShape.s npts=1000000000000 interval=1 mult=(1 0.5)
        New Load.l bus1=s kv=0.4 kw=1 daily=s
        """)
    #expect(importing.errors.isEmpty)
    #expect(importing.table("profiles-3600s").rows.count == 24)
  }

  @Test("A shape in kW sets the power of a load to its peak")
  func actualShapes() {
    let importing = Importing(
      lines: """
        New LoadShape.s npts=2 interval=1 mult=(2 4) useactual=yes
        New Load.l bus1=s kv=0.4 kw=1 pf=0.8 daily=s
        """)
    #expect(importing.table("loads").row("l")?["power_kw"] == "4")
    #expect(
      importing.table("loads").row("l")?["reactive_power_kvar"].flatMap(Double.init).map {
        isNear($0, 3)
      } == true)
    #expect(importing.table("profiles-3600s").rows.prefix(2).map { $0["s"] } == ["0.5", "1"])
  }

  @Test("A line that a command opens is open, with a note that its charging is gone")
  func openLines() {
    let importing = Importing(
      lines: """
        New Line.a bus1=s bus2=b
        New Line.b bus1=b bus2=d
        open line.b terminal=2
        """)
    #expect(importing.table("lines").row("b")?["state"] == "open")
    #expect(importing.table("lines").row("a")?["state"] == "")
    #expect(
      importing.scenario?.report.contains { $0.kind == .approximated && $0.element == "line.b" }
        == true)
  }

  @Test("Names that clash between classes get the class before them")
  func clashingNames() {
    let importing = Importing(
      lines: """
        New Transformer.x windings=2 buses=(s b)
        New Line.x bus1=b bus2=d
        New Load.y bus1=d kv=0.4
        New Storage.Y bus1=d kv=0.4
        """)
    #expect(importing.table("lines").rows.map { $0["id"] } == ["line-x"])
    #expect(importing.table("loads").rows.map { $0["id"] } == ["y", "storage-Y"])
  }
}
