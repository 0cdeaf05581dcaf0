import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

/// Taps, no-load losses and the zero sequence of transformers, by hand.
struct TransformerLossTests: TransformerSamples {
  // MARK: Taps

  /// Single-phase units of one bank have taps of their own.
  @Test func eachPhaseOfABankHasItsOwnTap() throws {
    let positions = [-8, 0, 5]
    let bank = zip(ConductorSet.abc.members, positions).map { phase, position in
      unit(
        "R-\(phase.name)",
        [
          winding("0", "\(phase.name)-e", volts: e),
          winding(
            "low", "\(phase.name)-e", volts: e,
            tap: TapChanger(
              range: -16...16, step: .perUnit(0.00625), initialPosition: position)),
        ])
    }
    var feeder = feeder(bank)
    let unloaded = try feeder.solve()
    for (phase, position) in positions.enumerated() {
      let ratio = unloaded.voltage("low", phase) / unloaded.voltage("0", phase)
      #expect((ratio - Phasor(1 + 0.00625 * Double(position), 0)).length < 1e-12)
    }
    // They feed one node side by side, and one tap moves one phase alone.
    for phase in ["a", "b", "c"] { feeder.addLoad("\(phase)-e", at: "low", Phasor(3_000, 500)) }
    let loaded = try feeder.solve()
    #expect(loaded.largestImbalance.amperes < 1e-8)
    var network = loaded.network
    let moved = try #require(network.grid.branch(named: "R-b"))
    #expect(try network.moveTap(ofTransformer: moved, winding: 1, to: 4) == .parameters)
    let after = feeder.solve(
      try FlowSolver(network), ConvergenceCriterion(tolerance: .perUnit(1e-12)))
    #expect((after.voltage("low", .a) - loaded.voltage("low", .a)).length < 1e-9)
    #expect(after.voltage("low", .b).length - loaded.voltage("low", .b).length > 5)
  }

  // MARK: No load

  /// The no-load branch lies behind the leakage: Z + 1/(y₀), both on the transformer's base.
  @Test func withoutALoadTheNoLoadBranchIsDrawn() throws {
    var transformer = unit(
      "T", [winding("0", "a-e b-e c-e", volts: e), winding("low", "a-e b-e c-e", volts: 100)],
      kilovoltAmperes: 30)
    transformer.noLoadLoss = .perUnit(0.004)
    transformer.magnetisingCurrent = .perUnit(0.02)
    let solved = try feeder([transformer], lowVolts: 173.2).solve()
    let branch = Phasor.one / Phasor(0.004, -0.02)
    let seen: Phasor = (branch + Phasor(0.02, 0.04)) * Phasor(e * e / 10_000, 0)
    let expected = Phasor(e * e, 0) / seen.conjugate
    for phase in ConductorSet.abc.members {
      let power = solved.flows.power(into: solved.branch("T"), end: 0, phase, in: solved.state)
      #expect((power - expected).length < 1e-9 * expected.length)
    }
    // About 0.4 % of the rating is lost, and 2 % is magnetising power.
    let loss = solved.flows.totalLoss(in: solved.state)
    #expect(abs(loss.real / 30_000 - 0.004) < 1e-4)
    #expect(abs(loss.imaginary / 30_000 - 0.02) < 1e-3)
    #expect((loss - solved.flows.power(outOf: Index(0), in: solved.state)).length < 1e-9)
  }

  // MARK: Zero sequence

  /// What three phases draw that have one and the same voltage against earth.
  private func zeroSequenceCurrent(_ group: VectorGroup, shorted: Bool) throws -> [Phasor] {
    var feeder = feeder([
      Transformer(
        id: "T", fromBus: "0", toBus: "low", vectorGroup: group, ratedPower: .voltAmperes(30_000),
        fromVoltage: .volts(400), toVoltage: .volts(400), resistance: .perUnit(0.02),
        reactance: .perUnit(0.04), antifloatPPM: 1e-3)
    ])
    feeder.grid.sources[0].electromotiveForce = Array(repeating: Phasor(10, 0), count: 3)
    if shorted {
      for phase in ConductorSet.abc.members { feeder.earth(phase, of: "low", by: Phasor(1e9, 0)) }
    }
    let solved = try feeder.solve()
    return ConductorSet.abc.members.map {
      solved.flows.current(outOf: Index(0), $0, in: solved.state)
    }
  }

  /// An earthed star beside a delta is a path for the zero sequence through the leakage; a delta
  /// is none; two earthed stars pass it on.
  @Test func theZeroSequenceTakesTheWayOfTheConnection() throws {
    let leakage = Phasor(0.02, 0.04).multiplied(by: e * e / 10_000)
    let through = Phasor(10, 0) / leakage
    for (group, shorted, expected) in [
      (VectorGroup.ynd1, false, through), (.ynd11, false, through), (.ynd5, false, through),
      (.ynyn0, true, through), (.ynyn6, true, through), (.ynyn0, false, .zero),
      (.dyn1, true, .zero), (.dyn11, true, .zero), (.dd0, true, .zero),
    ] {
      for current in try zeroSequenceCurrent(group, shorted: shorted) {
        // 1e-6: the antifloat admittances, and an earth of 1 nΩ.
        #expect((current - expected).length < 1e-6 * through.length, "\(group), \(shorted)")
      }
    }
  }
}
