import BusbarTestSupport
import Foundation

/// Every case of the reference data, found by its folders.
enum CaseCatalog {
  /// The cases, or none where the data are absent.
  static let all: [ValidationCase] =
    ieee + variants + unitCircuits + enwl + fourWire + csiro + ausnet

  static let wide = "batchedit load..* vminpu=0.01 vmaxpu=5"

  static var data: URL? {
    let given = ProcessInfo.processInfo.environment["BUSBAR_DATA"]
      .map { URL(fileURLWithPath: $0) }
      .flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
    return given ?? PackageFolder.sharedData("ieee")?.deletingLastPathComponent()
  }

  private static func names(_ path: String) -> [String] {
    guard let folder = data?.appendingPathComponent(path) else { return [] }
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  private static func file(_ path: String) -> URL? {
    guard let file = data?.appendingPathComponent(path) else { return nil }
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }

  /// The OpenDSS file of a folder whose name matches, whatever its case.
  private static func master(_ folder: String, _ matches: (String) -> Bool) -> URL? {
    names(folder).first { matches($0.lowercased()) }.flatMap { file("\(folder)/\($0)") }
  }

  private static var ieee: [ValidationCase] {
    let masters = [
      "123Bus": "123Bus/IEEE123Master.dss", "13Bus": "13Bus/IEEE13Nodeckt.dss",
      "34Bus-Mod1": "34Bus/ieee34Mod1.dss", "34Bus-Mod2": "34Bus/ieee34Mod2.dss",
      "37Bus": "37Bus/ieee37.dss",
    ]
    return names("ieee/reference").flatMap { network -> [ValidationCase] in
      let found =
        masters[network].flatMap { file("ieee/\($0)") }
        ?? master("ieee/\(network)") { $0.hasPrefix("4bus") && $0.hasSuffix(".dss") }
      guard let found else { return [] }
      return names("ieee/reference/\(network)").compactMap { variant in
        // The first circuit of a file of two is not what importing the file gives.
        guard variant != "script1_ppm0",
          let folder = file("ieee/reference/\(network)/\(variant)/voltages.csv")?
            .deletingLastPathComponent()
        else { return nil }
        return ValidationCase(
          name: "ieee/\(network)/\(variant)", master: found,
          edits: ReferenceFolder(folder).edits + (variant.hasSuffix("wide") ? [wide] : []),
          reference: folder)
      }
    }
  }

  private static var variants: [ValidationCase] {
    names("ieee_variants/reference").compactMap { network in
      guard let folder = file("ieee_variants/reference/\(network)"),
        let master = master("ieee_variants", { $0 == "\(network.lowercased()).dss" })
      else { return nil }
      return ValidationCase(
        name: "ieee_variants/\(network)", master: master, edits: ReferenceFolder(folder).edits,
        reference: folder)
    }
  }

  private static var unitCircuits: [ValidationCase] {
    names("unit_circuits").filter { $0.hasSuffix(".dss") }.compactMap { name in
      file("unit_circuits/\(name)").map {
        ValidationCase(
          name: "unit_circuits/\(name.dropLast(4))", master: $0, edits: [],
          settlesControls: true, reference: nil)
      }
    }
  }

  private static var enwl: [ValidationCase] {
    names("enwl/reference").flatMap { network in
      names("enwl/reference/\(network)").compactMap { feeder in
        guard let folder = file("enwl/reference/\(network)/\(feeder)/snapshot_1kW"),
          let master = master("enwl/\(network)/\(feeder)", { $0.hasPrefix("master.") })
        else { return nil }
        return ValidationCase(
          name: "enwl/\(network)/\(feeder)", master: master,
          edits: [
            "batchedit load..* kw=1 pf=0.95 vminpu=0.01 vmaxpu=5", "edit vsource.source pu=1.00",
          ], reference: folder)
      }
    }
  }

  private static var fourWire: [ValidationCase] {
    names("enwl_4wire_derived").compactMap { network in
      guard let folder = file("enwl_4wire_derived/\(network)/reference/snapshot_1kW"),
        let master = file("enwl_4wire_derived/\(network)/Master.dss")
      else { return nil }
      return ValidationCase(
        name: "enwl_4wire_derived/\(network)", master: master,
        edits: ["batchedit load..* kw=1 pf=0.95 vminpu=0.01 vmaxpu=5"], reference: folder)
    }
  }

  private static var csiro: [ValidationCase] {
    names("csiro_lvft/reference").compactMap { network in
      guard let folder = file("csiro_lvft/reference/\(network)"),
        let master = file("csiro_lvft/\(network)/Master.dss")
      else { return nil }
      return ValidationCase(
        name: "csiro_lvft/\(network)", master: master, edits: ReferenceFolder(folder).edits,
        reference: folder)
    }
  }

  private static var ausnet: [ValidationCase] {
    ["HPK11_urban", "CRE21_urban", "KLO14_rural"].flatMap { network in
      [("snapshot_0p5kW", (0.5, 20.0)), ("snapshot_1p5kW", (1.5, 40.0))].compactMap {
        snapshot, kilowatts in
        guard let folder = file("ausnet_mvlv/\(network)/reference/\(snapshot)"),
          let master = file("ausnet_mvlv/\(network)/Master.dss")
        else { return nil }
        return ValidationCase(
          name: "ausnet_mvlv/\(network)/\(snapshot)", master: master,
          edits: ReferenceFolder(folder).edits, kilowatts: kilowatts,
          reference: folder)
      }
    }
  }
}
