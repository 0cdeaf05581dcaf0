import BusbarGrid
import BusbarSimulation
import BusbarTestSupport
import BusbarUnits
import Testing

/// The day against the solutions that IEEE published, by OpenDSS and by GridLAB-D.
///
/// They carry no licence, so no value of theirs stands here, only how far Busbar is from them.
/// A tolerance is how far the peer's figures are rounded plus the change at which the peer stopped.
@Suite(
  .serialized,
  .enabled(if: EuropeanLVReference.isPresent, EuropeanLVReference.absent),
  .enabled(if: EuropeanLVReference.isOptimized, EuropeanLVReference.unoptimized))
struct EuropeanLVPublishedValidation {
  static let snapshots = [
    (1, "1min_Initialization_Off_Peak"), (566, "566min_On_Peak"), (1_440, "1440min_End"),
  ]
  static let openDSS = "IEEE's OpenDSS solution"
  static let gridLABD = "IEEE's GridLAB-D solution"
  /// OpenDSS stops at a voltage change of 1e-4 pu unless told otherwise.
  static let openDSSStopPerUnit = 1e-4
  /// GridLAB-D stops at 1e-6 pu (`default_maximum_voltage_error`).
  static let gridLABDStopPerUnit = 1e-6

  let day = EuropeanLVDay.solved

  @Test(arguments: snapshots)
  func lowVoltagesAreThoseOfThePublishedOpenDSS(minute: Int, name: String) throws {
    let table = try EuropeanLVReference.table(
      "published/OpenDSS_Snapshot_\(name)_Voltages.csv.gz")
    let simulation = try #require(day.snapshots[minute])
    // Six digits: half a millivolt below 1000 V.
    let rounding = 0.0005
    var size = Distance(
      "low voltage magnitude of every bus, minute \(minute)", to: Self.openDSS, unit: "V",
      rounding: "\(rounding) V", base: EuropeanLVDay.baseVolts)
    var angle = Distance(
      "low voltage angle of every bus, minute \(minute)", to: Self.openDSS, unit: "degree",
      rounding: "0.05 degree")
    for row in table.rows.indices where table.number(row, 1) < 1 {
      let bus = String(table.rows[row][0])
      for phase in 0..<3 {
        let node = try #require(table.header.firstIndex(of: "Node\(phase + 1)"))
        try #require(table.number(row, node) == Double(phase + 1))
        let voltage = try #require(simulation.voltage(atBus: bus, phase: phase))
        let place = "bus \(bus), phase \(phase + 1)"
        size.add(voltage.length - table.number(row, node + 1), at: place)
        angle.add(voltage.degrees.angle(from: table.number(row, node + 2)), at: place)
      }
    }
    #expect(size.count == 906 * 3)
    for distance in [size, angle] { distance.report() }
    #expect(
      size.largest < rounding + Self.openDSSStopPerUnit * EuropeanLVDay.baseVolts, size.sentence)
    #expect(angle.largest < 0.05 + Self.openDSSStopPerUnit * 180 / .pi, angle.sentence)
  }

  @Test(arguments: snapshots)
  func lowVoltagesAreThoseOfThePublishedGridLABD(minute: Int, name: String) throws {
    let table = try EuropeanLVReference.table(
      "published/GridLAB_D_Snapshot_\(name)_Voltages.csv.gz")
    let simulation = try #require(day.snapshots[minute])
    let rounding = 5e-7
    var size = Distance(
      "low voltage magnitude of every bus, minute \(minute)", to: Self.gridLABD, unit: "V",
      rounding: "\(rounding) V", base: EuropeanLVDay.baseVolts)
    var angle = Distance(
      "low voltage angle of every bus, minute \(minute)", to: Self.gridLABD, unit: "degree",
      rounding: "3e-5 degree")
    for row in table.rows.indices where table.rows[row][0].hasPrefix("Bus") {
      let bus = String(table.rows[row][0].dropFirst(3))
      for phase in 0..<3 {
        let voltage = try #require(simulation.voltage(atBus: bus, phase: phase))
        let place = "bus \(bus), phase \(phase + 1)"
        size.add(voltage.length - table.number(row, 2 * phase + 1), at: place)
        let degrees = table.number(row, 2 * phase + 2) * 180 / .pi
        angle.add(voltage.degrees.angle(from: degrees), at: place)
      }
    }
    #expect(size.count == 906 * 3)
    for distance in [size, angle] { distance.report() }
    #expect(
      size.largest < rounding + Self.gridLABDStopPerUnit * EuropeanLVDay.baseVolts, size.sentence)
    #expect(angle.largest < 3e-5 + Self.gridLABDStopPerUnit * 180 / .pi, angle.sentence)
  }

  @Test func transformerPowerOfEveryMinuteIsThatOfThePublishedSolutions() throws {
    let openDSS = try EuropeanLVReference.table(
      "published/OpenDSS_Powers_Transformer_Secondary_24hr_Powers.csv.gz")
    let gridLABD = try EuropeanLVReference.table(
      "published/GridLAB_D_Powers_Transformer_Secondary_24hr_Powers.csv.gz")
    try #require(openDSS.rows.count == 1_440 && gridLABD.rows.count == 1_440)
    var toOpenDSS = Distance(
      "transformer power out of the low-voltage side, per phase, all minutes", to: Self.openDSS,
      unit: "VA", rounding: "0.05 VA in P and in Q")
    var toGridLABD = Distance(
      "transformer power out of the low-voltage side, per phase, all minutes", to: Self.gridLABD,
      unit: "VA", rounding: "0.05 VA in P and in Q")
    for (row, minute) in day.minutes.enumerated() {
      for phase in 0..<3 {
        let place = "minute \(row + 1), phase \(phase + 1)"
        let power = minute.transformerReceived[phase]
        // OpenDSS counts power into the winding, in kW; GridLAB-D power out of it, in W.
        let kilo = Phasor(
          openDSS.number(row, 2 * phase + 2), openDSS.number(row, 2 * phase + 3))
        toOpenDSS.add((power + kilo.multiplied(by: 1_000)).length, at: place)
        let plain = Phasor(
          gridLABD.number(row, 2 * phase + 3), gridLABD.number(row, 2 * phase + 4))
        toGridLABD.add((power - plain).length, at: place)
      }
    }
    // A voltage change shifts the power of a phase by as much, and by twice that where it is squared.
    // Six digits of some 40 kVA leave 0.05 VA in each part.
    let largest = day.minutes.flatMap { $0.transformerReceived.map(\.length) }.max() ?? 0
    #expect(largest < 48_000)
    for (distance, stop) in [
      (toOpenDSS, Self.openDSSStopPerUnit), (toGridLABD, Self.gridLABDStopPerUnit),
    ] {
      distance.report()
      #expect(distance.largest < 0.05 * 2.0.squareRoot() + 2 * stop * largest, distance.sentence)
    }
  }

  @Test(arguments: [(1, 0), (32, 2), (53, 1)])
  func loadVoltageOfEveryMinuteIsThatOfThePublishedSolutions(load: Int, phase: Int) throws {
    let openDSS = try EuropeanLVReference.table(
      "published/OpenDSS_Voltages_and_Currents_Load_1_32_53_24hr_Load_\(load).csv.gz")
    let gridLABD = try EuropeanLVReference.table(
      "published/GridLAB_D_Voltages_Load_1_32_53_24hr_Load_\(load).csv.gz")
    try #require(openDSS.rows.count == 1_440 && gridLABD.rows.count == 1_440)
    try #require(day.plan.connections[load - 1].conductors.positions == [phase])
    var toOpenDSS = Distance(
      "voltage magnitude of load \(load), all minutes", to: Self.openDSS, unit: "V",
      rounding: "0.0005 V", base: EuropeanLVDay.baseVolts)
    var toGridLABD = Distance(
      "voltage phasor of load \(load), all minutes", to: Self.gridLABD, unit: "V",
      rounding: "0.0007 V", base: EuropeanLVDay.baseVolts)
    for (row, minute) in day.minutes.enumerated() {
      let voltage = minute.loadVoltage[load - 1]
      toOpenDSS.add(voltage.length - openDSS.number(row, 2), at: "minute \(row + 1)")
      let expected = Phasor(gridLABD.number(row, 1), gridLABD.number(row, 2))
      toGridLABD.add((voltage - expected).length, at: "minute \(row + 1)")
    }
    for (distance, rounding, stop) in [
      (toOpenDSS, 0.0005, Self.openDSSStopPerUnit),
      (toGridLABD, 0.0005 * 2.0.squareRoot(), Self.gridLABDStopPerUnit),
    ] {
      distance.report()
      #expect(
        distance.largest < rounding + stop * EuropeanLVDay.baseVolts, distance.sentence)
    }
  }
}

extension Simulation {
  /// The voltage of a phase of a bus by the bus's id.
  fileprivate func voltage(atBus id: String, phase: Int) -> Phasor? {
    plan.solver.network.grid.bus(named: id).flatMap { voltage(at: $0, Conductor(position: phase)) }
  }
}
