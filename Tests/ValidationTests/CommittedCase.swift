import BusbarScenario
import BusbarTestSupport
import BusbarUnits
import Foundation
import Testing

/// A feeder of the package with its solution by OpenDSS, written by `make_cases.py`.
struct CommittedCase: CustomTestStringConvertible, Sendable {
  /// The folder of one source of networks, such as `ieee`.
  let origin: String
  let network: String
  /// Which taps and loads, such as `control` or `published_taps_wide`.
  let variant: String
  /// The largest difference of a voltage against earth, relative to the base.
  let voltageLimit: Double
  /// The largest difference of an angle in degrees, where the voltage exceeds 0.01 pu.
  let angleLimit: Double

  static let origins = ["ieee", "ieee_variants", "unit_circuits"]
  static let cases = PackageFolder.url.appendingPathComponent("Tests/ValidationTests/Cases")

  /// What the tables of tolerances list; an unreadable table lists nothing.
  static let all: [CommittedCase] = origins.flatMap { (try? listed(in: $0)) ?? [] }

  var testDescription: String { "\(origin)/\(network)/\(variant)" }

  private var folder: URL {
    Self.cases.appendingPathComponent(origin).appendingPathComponent(network)
  }

  private static func listed(in origin: String) throws -> [CommittedCase] {
    let table = try ReferenceTable(cases.appendingPathComponent("\(origin)/tolerances.csv"))
    return try table.rows.indices.map { row in
      let parts = table.rows[row][0].split(separator: "/").map(String.init)
      try #require(parts.count == 2, "\(table.rows[row][0]) is no network with a variant")
      return CommittedCase(
        origin: origin, network: parts[0], variant: parts[1],
        voltageLimit: table.number(row, 1), angleLimit: table.number(row, 2))
    }
  }

  /// The names `network/variant` of the references that lie in the folder of an origin; a network
  /// without any is listed with an empty variant.
  static func present(in origin: String) throws -> Set<String> {
    let folder = cases.appendingPathComponent(origin)
    let networks = try names(in: folder).filter { !$0.contains(".") }
    return try Set(
      networks.flatMap { network in
        let variants = try names(in: folder.appendingPathComponent(network))
          .filter { $0.hasPrefix("reference-") }
          .map { $0.dropFirst("reference-".count).dropLast(".csv".count) }
        return variants.isEmpty ? ["\(network)/"] : variants.map { "\(network)/\($0)" }
      })
  }

  private static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
  }
}

extension CommittedCase {
  /// The scenario with the taps and the loads of the variant.
  func scenario() throws -> Scenario {
    let scenario = folder.appendingPathComponent("scenario")
    var files: [String: [UInt8]] = [:]
    for name in try Self.names(in: scenario) {
      files[name] = Array(try Data(contentsOf: scenario.appendingPathComponent(name)))
    }
    if variant.hasSuffix("_wide") { files["loads.csv"] = try contents("loads-wide.csv") }
    let reading = Scenario.read(files: files, taps: try taps())
    return try #require(reading.scenario, "\(testDescription): \(reading.diagnostics)")
  }

  /// The frozen taps, which every network with regulators has.
  private func taps() throws -> TapSettings? {
    let file = "taps-\(variant.replacing("_wide", with: "")).csv"
    let hasRegulators = FileManager.default.fileExists(
      atPath: folder.appendingPathComponent("scenario/regulators.csv").path)
    guard hasRegulators else { return nil }
    var diagnostics = Diagnostics()
    let read = TapSettings(try contents(file), file: file, &diagnostics)
    let taps: TapSettings = try #require(read, "\(testDescription): \(diagnostics)")
    return taps
  }

  private func contents(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(file)))
  }

  /// The reference's voltages of all nodes.
  func reference() throws -> [ReferenceVoltage] {
    let table = try ReferenceTable(folder.appendingPathComponent("reference-\(variant).csv"))
    return try table.rows.indices.map { row in
      let cells = table.rows[row]
      let node = try #require(Int(cells[1]), "\(cells[1]) is no node")
      return ReferenceVoltage(
        bus: String(cells[0]), node: node,
        voltage: Phasor(magnitude: table.number(row, 2), degrees: table.number(row, 3)),
        base: table.number(row, 4))
    }
  }

  /// Where a solution departs from the reference, as sentences.
  func faults(of comparison: CaseComparison) -> [String] {
    let name = testDescription
    let (voltage, angle) = (comparison.voltage, comparison.angle)
    var faults = comparison.missing.map { "\(name) lacks \($0)" }
    if voltage.count == 0 { faults.append("\(name) compares nothing") }
    if !(voltage.size <= voltageLimit) {
      faults.append("\(name): the voltage of \(voltage.place) is off by \(voltage.size) pu")
    }
    if !(angle.size <= angleLimit) {
      faults.append("\(name): the angle of \(angle.place) is off by \(angle.size) degrees")
    }
    return faults
  }
}
