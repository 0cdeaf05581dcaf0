import BusbarGrid
import BusbarTestSupport
import BusbarUnits

/// A random feeder with all that the network model has: neutrals, loops, taps, shunts, load laws.
///
/// The line codes and the source are symmetrical in the phases, so that a feeder can be rotated.
struct RandomFeeder {
  private(set) var feeder: TestFeeder
  private var numbers: SeededNumbers
  /// The buses with a neutral, and the phases that reach them.
  private var phases: [String: ConductorSet] = ["1": .abc]
  /// The radial lines, in which something can be inserted.
  private(set) var radialLines: [Int] = []

  /// Makes the feeder of a seed.
  init(_ seed: UInt64) {
    numbers = SeededNumbers(seed: seed)
    feeder = TestFeeder(
      positive: Phasor(0.02, 0.01), zero: Phasor(0.05, 0.03), capacitance: 1e-7,
      sourceImpedance: SequenceImpedance(positive: Phasor(0.01, 0.02), zero: Phasor(0.03, 0.05)))
    feeder.grid.lineCodes.append(Self.fourWires)
    addSubstation()
    for bus in 2...24 { addSection(to: "\(bus)") }
    addRegulatorBank()
    addThreeWindings()
    addCentreTap()
    addTies()
  }

  /// Three phases and a neutral in Ω/m and S/m: the neutral is thinner than the phases.
  static let fourWires: LineCode = {
    var impedance = ComplexMatrix(zero: 4)
    var charging = ComplexMatrix(zero: 4)
    for row in 0..<4 {
      for column in 0..<4 {
        let joinsNeutral = row == 3 || column == 3
        impedance[row, column] =
          row == column
          ? Phasor(joinsNeutral ? 0.05 : 0.03, 0.02) : Phasor(0.004, joinsNeutral ? 0.006 : 0.008)
        charging[row, column] = Phasor(0, row == column ? 3e-5 : -5e-6)
      }
    }
    return LineCode(id: "four", seriesImpedance: impedance, shuntAdmittance: charging)
  }()

  private mutating func number(_ range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &numbers)
  }

  /// A bus with a phase of which there is one at least, of those with all three on request.
  private mutating func bus(_ needed: ConductorSet = []) -> String {
    let names = phases.keys.filter { phases[$0]?.isSuperset(of: needed) == true }.sorted()
    return names.randomElement(using: &numbers) ?? "1"
  }

  /// A delta-wye transformer whose star point is the neutral of the feeder, earthed.
  private mutating func addSubstation() {
    feeder.grid.buses.append(TestFeeder.bus("1"))
    var transformer = Transformer(
      id: "T", fromBus: "0", toBus: "1", vectorGroup: .dyn5, ratedPower: .voltAmperes(1e5),
      fromVoltage: .volts(400), toVoltage: .volts(400), resistance: .perUnit(0.01),
      reactance: .perUnit(0.04), antifloatPPM: 100)
    for phase in 0..<3 { transformer.windings[1].coils[phase].minus = .n }
    transformer.noLoadLoss = .perUnit(0.002)
    transformer.magnetisingCurrent = .perUnit(0.01)
    feeder.grid.transformers = [transformer]
    feeder.earth(.n, of: "1", by: Phasor(1 / number(0.1...2), 0))
  }

  private mutating func addSection(to id: String) {
    let parent = bus()
    var set = phases[parent] ?? .abc
    if Bool.random(using: &numbers), number(0...1) < 0.5,
      let one = set.members.randomElement(using: &numbers)
    {
      set = ConductorSet(one)
    }
    phases[id] = set
    feeder.grid.buses.append(TestFeeder.bus(id))
    radialLines.append(feeder.grid.lines.count)
    feeder.grid.lines.append(
      Line(
        id: "line-\(id)", fromBus: parent, toBus: id, conductors: set.union(.n), lineCode: "four",
        length: .metres(number(0.1...2))))
    if number(0...1) < 0.3 { feeder.earth(.n, of: id, by: Phasor(1 / number(0.5...20), 0)) }
    addLoads(at: id)
    if number(0...1) < 0.2 { addCapacitor(at: id) }
  }

  private mutating func addLoads(at id: String) {
    let members = (phases[id] ?? []).members
    for (place, phase) in members.enumerated() where Bool.random(using: &numbers) {
      let next = members[(place + 1) % members.count]
      let isDelta = next != phase && number(0...1) < 0.3
      let rated = isDelta ? TestFeeder.nominalVolts : TestFeeder.phaseVolts
      let power = Phasor(number(-400...900), number(-100...300))
      feeder.addLoad(
        "\(phase.name)-\(isDelta ? next.name : "n")", at: id, power,
        TestLeg.Law(
          response(), ratedVolts: rated,
          window: number(0...1) < 0.3 ? VoltageWindow(minimum: 0.9, maximum: 1.1, low: 0.5) : nil))
    }
  }

  private mutating func response() -> VoltageResponse {
    switch Int.random(in: 0..<6, using: &numbers) {
    case 0: .constantCurrent
    case 1: .constantImpedance
    case 2: .motor
    case 3: .exponential(active: number(0.5...2), reactive: number(1...3))
    case 4:
      .zip(
        ZIPCoefficients(active: (0.3, 0.3, 0.4), reactive: (0.5, 0.2, 0.3), cutoff: 0.6))
    default: .constantPower
    }
  }

  /// A delta of capacitors in two steps, or one from a phase to the neutral.
  private mutating func addCapacitor(at id: String) {
    let members = (phases[id] ?? []).members
    let susceptance = Phasor(0, number(1e-4...1e-3))
    let conductors: [Conductor?] =
      members.count == 3 ? ConductorSet.abc.members : [members[0], .n]
    var matrix = ComplexMatrix(zero: conductors.count)
    for row in conductors.indices {
      for column in conductors.indices {
        matrix[row, column] =
          row == column
          ? susceptance.multiplied(by: Double(conductors.count - 1)) : -susceptance
      }
    }
    feeder.grid.shunts.append(
      Shunt(
        id: "capacitor-\(id)", connection: Connection(bus: id, conductors: conductors),
        steps: [
          Shunt.Step(admittance: matrix),
          Shunt.Step(admittance: matrix * 0.5, isClosed: Bool.random(using: &numbers)),
        ]))
  }

  /// Three single-phase units at different taps between one pair of buses.
  private mutating func addRegulatorBank() {
    let parent = bus(.abc)
    phases["regulated"] = .abc
    feeder.grid.buses.append(TestFeeder.bus("regulated"))
    for phase in ConductorSet.abc.members {
      let changer = TapChanger(
        range: -16...16, step: .perUnit(0.00625),
        initialPosition: Int.random(in: -8...8, using: &numbers))
      let coil = [ConductorPair(phase, .n)]
      let volts = Voltage.volts(TestFeeder.phaseVolts)
      feeder.grid.transformers.append(
        Transformer(
          id: "regulator-\(phase.name)",
          windings: [
            Winding(bus: parent, coils: coil, coilVoltage: volts, resistance: .perUnit(0.001)),
            Winding(
              bus: "regulated", coils: coil, coilVoltage: volts, resistance: .perUnit(0.001),
              tapChanger: changer),
          ], ratedPower: .voltAmperes(2e4), shortCircuitReactance: [.perUnit(0.01)]))
    }
    // The bank keeps both neutrals as one conductor.
    feeder.grid.lines.append(
      Line(
        id: "bank-neutral", fromBus: parent, toBus: "regulated", conductors: .n, lineCode: "code",
        length: .metres(0.1)))
    feeder.grid.lines[feeder.grid.lines.count - 1].lineCode = "neutral"
    feeder.grid.lineCodes.append(
      LineCode(
        id: "neutral", seriesImpedance: ComplexMatrix(rows: [[Phasor(0.01, 0.01)]]),
        shuntAdmittance: ComplexMatrix(zero: 1)))
    addLoads(at: "regulated")
    addSection(to: "behind-regulator")
  }

  /// Wye, earthed wye and delta on three buses.
  private mutating func addThreeWindings() {
    let parent = bus(.abc)
    feeder.grid.buses += [TestFeeder.bus("second"), TestFeeder.bus("third")]
    func coils(_ ends: [String]) -> [ConductorPair] { ends.compactMap { ConductorPair($0) } }
    let wye = TestFeeder.phaseVolts
    feeder.grid.transformers.append(
      Transformer(
        id: "three",
        windings: [
          Winding(
            bus: parent, coils: coils(["a-n", "b-n", "c-n"]), coilVoltage: .volts(wye),
            resistance: .perUnit(0.005)),
          Winding(
            bus: "second", coils: coils(["a-n", "b-n", "c-n"]), coilVoltage: .volts(wye),
            resistance: .perUnit(0.004)),
          Winding(
            bus: "third", coils: coils(["a-b", "b-c", "c-a"]), coilVoltage: .volts(400),
            resistance: .perUnit(0.006)),
        ], ratedPower: .voltAmperes(5e4),
        shortCircuitReactance: [.perUnit(0.04), .perUnit(0.05), .perUnit(0.06)],
        noLoadLoss: .perUnit(0.001), magnetisingCurrent: .perUnit(0.005), antifloatPPM: 100))
    feeder.earth(.n, of: "second", by: Phasor(0.5, 0))
    phases["second"] = .abc
    addLoads(at: "second")
    for ends in ["a-b", "b-c", "c-a"] {
      feeder.addLoad(
        ends, at: "third", Phasor(number(0...600), number(0...200)))
    }
  }

  /// A single-phase transformer with two halves and loads across each and across both.
  private mutating func addCentreTap() {
    let parent = bus()
    let phase = (phases[parent] ?? .abc).members[0]
    feeder.grid.buses.append(Bus(id: "split", nominalVoltage: .volts(208)))
    func half(_ plus: Conductor, _ minus: Conductor) -> Winding {
      Winding(
        bus: "split", coils: [ConductorPair(plus, minus)], coilVoltage: .volts(120),
        resistance: .perUnit(0.012))
    }
    feeder.grid.transformers.append(
      Transformer(
        id: "split",
        windings: [
          Winding(
            bus: parent, coils: [ConductorPair(phase, .n)],
            coilVoltage: .volts(TestFeeder.phaseVolts), resistance: .perUnit(0.006)),
          // Conductors that a rotation of the phases leaves alone.
          half(Conductor(position: 4), .n), half(.n, Conductor(position: 5)),
        ], ratedPower: .voltAmperes(1e4),
        shortCircuitReactance: [.perUnit(0.0204), .perUnit(0.0204), .perUnit(0.0136)],
        antifloatPPM: 100))
    feeder.earth(.n, of: "split", by: Phasor(0.2, 0))
    for (plus, minus) in [("5", "n"), ("n", "6"), ("5", "6")] {
      feeder.addLoad("\(plus)-\(minus)", at: "split", Phasor(number(0...900), number(0...200)))
    }
  }

  /// Lines that close loops, each over the conductors that both ends have.
  private mutating func addTies() {
    for tie in 0..<Int.random(in: 0...3, using: &numbers) {
      let (one, other) = (bus(), bus())
      let shared = (phases[one] ?? []).intersection(phases[other] ?? [])
      guard one != other, !shared.isEmpty else { continue }
      feeder.grid.lines.append(
        Line(
          id: "tie-\(tie)", fromBus: one, toBus: other, conductors: shared.union(.n),
          lineCode: "four", length: .metres(number(0.5...2))))
    }
  }
}
