import BusbarGrid
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

struct LineConstantsTests {
  private static let samples: [LineGeometry] = [
    LineSample.fourWire(LineSample.acsr556, LineSample.acsr40),
    LineSample.fourWire(LineSample.acsr556, LineSample.acsr40, neutrals: .explicit),
    LineSample.threeCables(), LineSample.cableAndNeutral(neutrals: .explicit),
  ]

  @Test(arguments: samples, EarthModel.allCases)
  func theMatricesAreSymmetric(_ geometry: LineGeometry, _ model: EarthModel) throws {
    let constants = try geometry.constants(at: .hertz(50), over: Earth(model: model))
    for matrix in [constants.seriesImpedance, constants.shuntAdmittance] {
      for row in 0..<matrix.order {
        for column in 0..<row {
          // 1e-14 of the self element: rounding of the elimination.
          let difference = matrix[row, column] - matrix[column, row]
          #expect(difference.length <= 1e-14 * matrix[0, 0].length)
        }
      }
    }
  }

  /// Reduction by the neutral alone: Zij − Zin Znj/Znn, and rows of the admittance are left out.
  @Test(arguments: EarthModel.allCases)
  func aReducedNeutralIsTheEliminatedOne(_ model: EarthModel) throws {
    let earth = Earth(model: model)
    let full = try Self.samples[1].constants(at: .hertz(60), over: earth)
    let reduced = try Self.samples[0].constants(at: .hertz(60), over: earth)
    let z = full.seriesImpedance
    for row in 0..<3 {
      for column in 0..<3 {
        let byHand = z[row, column] - z[row, 3] * z[3, column] / z[3, 3]
        let difference = reduced.seriesImpedance[row, column] - byHand
        #expect(difference.length < 1e-14 * z[0, 0].length)
        #expect(reduced.shuntAdmittance[row, column] == full.shuntAdmittance[row, column])
      }
    }
  }

  @Test func reductionInTwoStepsIsReductionInOne() throws {
    var random = SeededNumbers(seed: 7)
    var matrix = ComplexMatrix(zero: 5)
    for row in 0..<5 {
      for column in 0..<5 {
        matrix[row, column] = Phasor(
          .random(in: -1...1, using: &random), .random(in: -1...1, using: &random))
      }
      matrix[row, row] += Phasor(4, 4)
    }
    let once = try #require(matrix.kronReduced(keeping: [3, 0]))
    let twice = try #require(matrix.kronReduced(keeping: [3, 0, 1])?.kronReduced(keeping: [0, 1]))
    for row in 0..<2 {
      for column in 0..<2 { #expect((once[row, column] - twice[row, column]).length < 1e-14) }
    }
    #expect(matrix.kronReduced(keeping: [0, 1, 2, 3, 4]) == matrix)
    #expect(ComplexMatrix(zero: 2).kronReduced(keeping: [0]) == nil)
  }

  @Test func theShuntAdmittanceIsProportionalToFrequency() throws {
    for geometry in Self.samples {
      let one = try geometry.constants(at: .hertz(50)).shuntAdmittance[0, 0].imaginary
      let three = try geometry.constants(at: .hertz(150)).shuntAdmittance[0, 0].imaginary
      #expect(one > 0)
      #expect(abs(three / one - 3) < 1e-13)
    }
  }

  /// Of Carson's and Deri's formulas: what counts of the earth is ρ/f, and the reactance without
  /// skin effect is proportional to f where ρ/f is the same.
  @Test(arguments: EarthModel.allCases)
  func theReactanceScalesWithFrequencyAtTheSameSkinDepth(_ model: EarthModel) throws {
    let geometry = Self.samples[1]
    let low = try geometry.constants(
      at: .hertz(50), over: Earth(model: model, resistivity: 100)
    ).seriesImpedance
    let high = try geometry.constants(
      at: .hertz(150), over: Earth(model: model, resistivity: 300)
    ).seriesImpedance
    #expect(abs(high[0, 0].imaginary / low[0, 0].imaginary - 3) < 1e-13)
    #expect((high[0, 3] / low[0, 3] - 3).length < 1e-13)
  }

  /// The height does not matter to Carson's first terms, and little to the other models.
  @Test func theEarthModelsAgreeWithinTwoPerCentAtPowerFrequency() throws {
    let deri = try Self.samples[1].constants(at: .hertz(50)).seriesImpedance
    for model in [EarthModel.carson, .fullCarson] {
      let other = try Self.samples[1].constants(
        at: .hertz(50), over: Earth(model: model)
      ).seriesImpedance
      #expect((other[0, 0] - deri[0, 0]).length < 0.02 * deri[0, 0].length)
    }
  }

  /// At 1 mHz the earth's resistance, ω μ₀/8, is 1e-9 Ω/m and the wire has its DC resistance.
  @Test func theSkinEffectVanishesAtLowFrequency() throws {
    func own(_ hertz: Double) throws -> Double {
      let pair = LineSample.geometry(
        [
          (.wire(LineSample.acsr556), x: 0, height: 28),
          (.wire(LineSample.acsr40), x: 0, height: 24),
        ],
        phases: 2)
      let z = try pair.constants(at: .hertz(hertz), over: Earth(resistivity: hertz)).seriesImpedance
      return z[0, 0].real
    }
    let dc = LineSample.acsr556.dcResistance
    #expect(abs(try own(1e-3) / dc - 1) < 1e-4)
    #expect(try own(60) > dc)
    // A wire of next to no resistance has an end, too.
    var ideal = LineSample.acsr556
    ideal.dcResistance = 1e-30
    let line = LineSample.geometry([(.wire(ideal), x: 0, height: 28)], phases: 1)
    #expect(try line.constants(at: .hertz(60)).seriesImpedance.isFinite)
  }
}

struct LineGeometryFaultTests {
  private func fault(_ geometry: LineGeometry) -> LineGeometryFault? {
    do throws(LineGeometryFault) {
      _ = try geometry.constants(at: .hertz(50))
      return nil
    } catch { return error }
  }

  private static let wire = LineConductor.wire(LineSample.acsr40)

  @Test func aGeometryNeedsAPhase() {
    let one = LineSample.geometry([(Self.wire, x: 0, height: 10)], phases: 0)
    #expect(fault(one) == .phaseCount(0, conductors: 1))
    #expect(fault(LineSample.geometry([], phases: 1)) == .phaseCount(1, conductors: 0))
  }

  @Test func conductorsMayNotOverlapOrTouchTheEarth() {
    let same = LineSample.geometry(
      [(Self.wire, x: 0, height: 10), (Self.wire, x: 0, height: 10)], phases: 2)
    #expect(fault(same) == .overlap(1, 2))
    let surface = LineSample.geometry([(Self.wire, x: 0, height: 0)], phases: 1)
    #expect(fault(surface) == .atSurface(conductor: 1))
  }

  @Test(arguments: [0, -1, Double.nan, .infinity])
  func aResistanceIsAPositiveNumber(_ resistance: Double) {
    var wire = LineSample.acsr40
    wire.acResistance = resistance
    guard
      case .dimension(_, conductor: 1) = fault(
        LineSample.geometry([(.wire(wire), x: 0, height: 10)], phases: 1))
    else {
      Issue.record("a resistance of \(resistance) was taken")
      return
    }
  }
}
