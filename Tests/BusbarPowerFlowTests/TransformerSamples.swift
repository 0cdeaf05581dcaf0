import BusbarGrid
import BusbarTestSupport
import BusbarUnits

/// Transformers between bus 0, where an ideal source is, and a bus `low`.
protocol TransformerSamples {}

extension TransformerSamples {
  /// The voltage of a phase of bus 0 against earth, in V.
  var e: Double { TestFeeder.phaseVolts }

  /// A feeder whose bus 0 is an ideal source, with a bus `low`.
  func feeder(_ transformers: [Transformer], lowVolts: Double = 400) -> TestFeeder {
    var feeder = TestFeeder(positive: Phasor(1, 0))
    feeder.grid.buses.append(Bus(id: "low", nominalVoltage: .volts(lowVolts)))
    feeder.grid.transformers = transformers
    return feeder
  }

  func winding(
    _ bus: String, _ ends: String, volts: Double, resistance: Double = 0.01,
    tap: TapChanger? = nil
  ) -> Winding {
    Winding(
      bus: bus, coils: ends.split(separator: " ").compactMap { ConductorPair($0) },
      coilVoltage: .volts(volts), resistance: .perUnit(resistance), tapChanger: tap)
  }

  func unit(
    _ id: String, _ windings: [Winding], kilovoltAmperes: Double = 10,
    reactance: [Double] = [0.04]
  ) -> Transformer {
    Transformer(
      id: id, windings: windings, ratedPower: .voltAmperes(kilovoltAmperes * 1_000),
      shortCircuitReactance: reactance.map { .perUnit($0) })
  }
}
