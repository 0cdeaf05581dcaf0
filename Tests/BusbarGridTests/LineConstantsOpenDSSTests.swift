import BusbarGrid
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Foundation
import Testing

/// Primitive admittances of OpenDSS, DSS C-API 0.14.5, 12 digits.
@Suite(
  .enabled(
    if: PackageFolder.sharedData("ieee_variants") != nil,
    Comment(rawValue: PackageFolder.absentData)))
struct LineConstantsOpenDSSTests {
  private typealias Section = (line: String, geometry: LineGeometry, feet: Double)

  private static let overhead: [Section] = {
    let main = LineSample.fourWire(LineSample.acsr556, LineSample.acsr40)
    let branch = LineSample.fourWire(LineSample.acsr40, LineSample.acsr40)
    return [
      ("650632", main, 2_000), ("632670", main, 667), ("670671", main, 1_333),
      ("671680", main, 1_000), ("632633", branch, 500), ("632645", LineSample.threeWire, 500),
      ("671684", LineSample.threeWire, 300), ("684611", LineSample.twoWire, 300),
    ]
  }()
  /// `Assets` takes this one from a matrix.
  private static let lateral: [Section] = [("645646", LineSample.threeWire, 300)]
  private static let cables: [Section] = [
    ("692675", LineSample.threeCables(), 500), ("684652", LineSample.cableAndNeutral(), 800),
  ]
  private static let fourBus: [Section] = {
    let line = LineSample.fourWire(
      LineSample.wire(ac: 0.306, gmr: 0.0244 * 12, diameter: 0.721),
      LineSample.wire(ac: 0.592, gmr: 0.008_14 * 12, diameter: 0.563), x: [-4, -1.5, 3])
    return [("line1", line, 2_000), ("line2", line, 2_500)]
  }()

  @Test(arguments: ["LineGeometry", "LineSpacing", "SpacingGeometry"])
  func overheadLinesOfThe13NodeFeederAgree(_ name: String) throws {
    try compare("ieee_variants/reference/IEEE13_\(name)", Self.overhead + Self.lateral, Earth())
  }

  @Test(arguments: ["IEEE13_LineAndCableSpacing", "CapControlFollow"])
  func linesAndCablesOfThe13NodeFeederAgree(_ name: String) throws {
    try compare(
      "ieee_variants/reference/\(name)", Self.overhead + Self.lateral + Self.cables, Earth())
  }

  @Test func assetsOfThe13NodeFeederAgree() throws {
    try compare("ieee_variants/reference/IEEE13_Assets", Self.overhead + Self.cables, Earth())
  }

  @Test(arguments: ["DY", "GrdYD", "YD", "YY"])
  func linesOfThe4BusFeedersAgreeByCarson(_ name: String) throws {
    try compare(
      "ieee/reference/4Bus-\(name)-Bal/control", Self.fourBus, Earth(model: .carson))
  }

  @Test func linesOfTheOpenDelta4BusFeederAgreeByDeri() throws {
    try compare("ieee/reference/4Bus-OYOD-Bal/control", Self.fourBus, Earth())
  }

  private func compare(_ folder: String, _ sections: [Section], _ earth: Earth) throws {
    let file = try #require(PackageFolder.sharedData(folder + "/yprim.csv.gz"))
    let table = try ReferenceTable(file)
    for section in sections {
      let rows = table.rows.indices.filter { table.rows[$0][0] == "Line.\(section.line)" }
      let ours = try primitive(section.geometry, metres: section.feet * 0.3048, earth)
      var difference = 0.0
      var largest = 0.0
      var seen = 0
      for row in rows {
        let value = Phasor(table.number(row, 3), table.number(row, 4))
        let element = ours[Int(table.number(row, 1)) - 1, Int(table.number(row, 2)) - 1]
        difference = max(difference, (element - value).length)
        largest = max(largest, value.length)
        seen += 1
      }
      #expect(seen == ours.order * ours.order, "\(section.line)")
      // 1e-10: the table has 12 digits and OpenDSS's 2π ten; measured 2.5e-12 and less.
      #expect(difference < 1e-10 * largest, "\(section.line): \(difference / largest)")
    }
  }

  /// Series and shunt of a section as OpenDSS orders them: all conductors of one end, then the other.
  private func primitive(
    _ geometry: LineGeometry, metres: Double, _ earth: Earth
  ) throws -> ComplexMatrix {
    let constants = try geometry.constants(at: .hertz(60), over: earth)
    let order = constants.seriesImpedance.order
    let series = try #require((constants.seriesImpedance * metres).inverse)
    let half = constants.shuntAdmittance * (metres / 2)
    var result = ComplexMatrix(zero: 2 * order)
    for row in 0..<order {
      for column in 0..<order {
        let own = series[row, column] + half[row, column]
        result[row, column] = own
        result[row + order, column + order] = own
        result[row, column + order] = -series[row, column]
        result[row + order, column] = -series[row, column]
      }
    }
    return result
  }
}

/// Single elements of OpenDSS's matrices that are in the code, so that each clone proves them.
///
/// DSS C-API 0.14.5 by opendssdirect.py 0.9.4, 50 Hz, 1,000 Ω m, the wires and positions of
/// `LineSample`, Ω/m and nF/m from `Lines.RMatrix`, `XMatrix` and `CMatrix`.
struct LineConstantsOpenDSSElementTests {
  typealias Element = (row: Int, column: Int, ohms: Phasor)

  private func compare(
    _ geometry: LineGeometry, _ model: EarthModel, _ elements: [Element],
    nanofarads: [Double]
  ) throws {
    let constants = try geometry.constants(
      at: .hertz(50), over: Earth(model: model, resistivity: 1_000))
    for element in elements {
      let ours = constants.seriesImpedance[element.row, element.column]
      // 1e-10: OpenDSS's 2π has ten digits, and the values here twelve.
      #expect((ours - element.ohms).length < 1e-10 * element.ohms.length, "\(model) \(element)")
    }
    for (column, value) in nanofarads.enumerated() {
      let ours = constants.shuntAdmittance[0, column].imaginary / (100 * .pi) * 1e9
      #expect(abs(ours - value) < 1e-9 * nanofarads[0])
    }
  }

  @Test(arguments: [
    (
      EarthModel.carson, Phasor(1.67234563095e-4, 7.94601581891e-4),
      Phasor(4.93480195915e-5, 4.67661365287e-4), Phasor(4.24556799906e-4, 8.78822501932e-4)
    ),
    (
      .fullCarson, Phasor(1.66922243606e-4, 7.94954540715e-4),
      Phasor(4.90576918231e-5, 4.67991735479e-4), Phasor(4.24288546501e-4, 8.7913026915e-4)
    ),
    (
      .deri, Phasor(1.65393865489e-4, 7.9972687331e-4),
      Phasor(4.91275677004e-5, 4.72769639929e-4), Phasor(4.17219697981e-4, 8.83913759669e-4)
    ),
  ])
  func anExplicitNeutralAgrees(
    _ model: EarthModel, own: Phasor, mutual: Phasor, neutral: Phasor
  ) throws {
    try compare(
      LineSample.fourWire(LineSample.acsr556, LineSample.acsr40, neutrals: .explicit), model,
      [(0, 0, own), (3, 0, mutual), (3, 3, neutral)],
      nanofarads: [0.009_610_821_774_47, -0.002_913_430_699_65, -0.001_230_581_242_93])
  }

  @Test(arguments: [
    (
      EarthModel.carson, Phasor(4.83599206579e-4, 2.48479011211e-4),
      Phasor(1.82979180168e-4, 5.09093462361e-6)
    ),
    (
      .fullCarson, Phasor(4.83609209558e-4, 2.4847702897e-4),
      Phasor(1.82989181764e-4, 5.08895340434e-6)
    ),
    (
      .deri, Phasor(4.79342961383e-4, 2.48134477337e-4),
      Phasor(1.83389324805e-4, 4.74640088168e-6)
    ),
  ])
  func concentricNeutralCablesAgree(_ model: EarthModel, own: Phasor, mutual: Phasor) throws {
    try compare(
      LineSample.threeCables(), model, [(0, 0, own), (0, 2, mutual)],
      nanofarads: [0.238_580_866_552, 0, 0])
  }

  @Test(arguments: [
    (
      EarthModel.carson, Phasor(8.1775242547e-4, 7.98564856758e-4),
      Phasor(1.88992835637e-4, 6.10606305316e-4)
    ),
    (
      .fullCarson, Phasor(8.17747667822e-4, 7.98650619025e-4),
      Phasor(1.88984993861e-4, 6.10691896536e-4)
    ),
    (
      .deri, Phasor(8.08032549755e-4, 8.02658868502e-4),
      Phasor(1.90804815141e-4, 6.14770770239e-4)
    ),
  ])
  func aTapeShieldCableWithExplicitNeutralAgrees(
    _ model: EarthModel, own: Phasor, mutual: Phasor
  ) throws {
    try compare(
      LineSample.cableAndNeutral(neutrals: .explicit), model, [(0, 0, own), (0, 1, mutual)],
      nanofarads: [0.166_358_780_162, 0])
  }

  /// Near cables show the correction of the distance between strands and another core.
  @Test func nearConcentricNeutralCablesAgree() throws {
    try compare(
      LineSample.geometry(
        [-0.13, 0, 0.13].map { (LineSample.concentric(), x: $0, height: -4) }, phases: 3), .deri,
      [
        (0, 0, Phasor(0.000464574345905, 0.000193266172816)),
        (0, 1, Phasor(0.000210094668366, 5.39367985905e-05)),
      ], nanofarads: [])
  }

  /// Three cables at their own diameter from each other, at places whose difference is rounded.
  @Test func cablesThatTouchHaveLineConstants() throws {
    let apart = 1.29 / 12
    let geometry = LineSample.geometry(
      [1, 2, 3].map { (LineSample.concentric(), x: $0 * apart, height: -4) }, phases: 3)
    #expect(try geometry.constants(at: .hertz(50)).seriesImpedance.isFinite)
  }
}
