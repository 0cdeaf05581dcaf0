import BusbarImport
import BusbarTestSupport
import Foundation
import Testing

@Suite("Elements against the engine's model")
struct EngineModelTests {
  /// Names of the engine for what files call otherwise.
  static let otherNames = [
    "x12": ["x12", "xhl"], "x13": ["x13", "xht"], "x23": ["x23", "xlt"],
    "conductors": ["wires", "cncables", "tscables"], "pmult": ["pmult", "mult"],
    "ptcurve": ["p-tcurve"],
  ]

  /// Properties that the engine lists though no file gives them, with the reason.
  static let derived = [
    "line.normamps": "copied from the line code or from the wires",
    "line.emergamps": "1.5 times normamps", "line.ratings": "normamps again",
    "line.phases": "set by the line code, the geometry or the spacing",
    "line.r1": "of a switch", "line.x1": "of a switch", "line.r0": "of a switch",
    "line.x0": "of a switch", "line.c1": "of a switch", "line.c0": "of a switch",
    "line.rmatrix": "of a switch", "line.xmatrix": "of a switch", "line.cmatrix": "of a switch",
    "line.length": "of a switch", "line.units": "of the line code",
    "vsource.bus1": "a default", "vsource.basekv": "a default", "vsource.mvasc3": "a default",
    "vsource.mvasc1": "a default", "transformer.x12": "a default", "storage.pf": "a default",
    "relay.shots": "a default", "relay.recloseintervals": "a default",
    "regcontrol.delay": "set by the script that runs the 123 nodes",
    "regcontrol.maxtapchange": "set by the script that runs the 123 nodes",
  ]

  /// Values in which the engine's model differs from the file, with the reason.
  static let differences = [
    "IEEE13_CDPSM transformer.reg1.tap": "moved by the control in the solution",
    "IEEE13_CDPSM transformer.reg2.tap": "moved by the control in the solution",
    "IEEE13_CDPSM transformer.reg3.tap": "moved by the control in the solution",
    "IEEE13_CDPSM line.sect1.rmatrix": "a solved switch has the matrix of its r1 and x1",
    "IEEE13_CDPSM line.sect1.xmatrix": "a solved switch has the matrix of its r1 and x1",
    "IEEE13_CDPSM line.sect1.cmatrix": "a solved switch has the matrix of its r1 and x1",
    "IEEE13_Assets line.645646.units": "the engine forgets units when a matrix follows",
  ]

  /// Elements that the engine makes itself.
  static let ownClasses: Set<String> = ["loadshape", "growthshape", "tcc_curve", "spectrum"]

  static let masters: [(reference: String, master: String)] =
    [
      ("european_lv/reference", "european_lv/opendss/Master.dss"),
      ("ieee/reference/13Bus", "ieee/13Bus/IEEE13Nodeckt.dss"),
      ("ieee/reference/34Bus-Mod1", "ieee/34Bus/ieee34Mod1.dss"),
      ("ieee/reference/34Bus-Mod2", "ieee/34Bus/ieee34Mod2.dss"),
      ("ieee/reference/37Bus", "ieee/37Bus/ieee37.dss"),
      ("ieee/reference/123Bus", "ieee/123Bus/IEEE123Master.dss"),
      ("ieee/reference/4Bus-OYOD-UnBal", "ieee/4Bus-OYOD-UnBal/4bus-OYOD-UnBal.dss"),
    ]
    + ["DY-Bal", "GrdYD-Bal", "OYOD-Bal", "YD-Bal", "YY-Bal"].map {
      ("ieee/reference/4Bus-\($0)", "ieee/4Bus-\($0)/4Bus-\($0).DSS")
    }
    + [
      "CapControlFollow", "CapacitorConfigs", "IEEE13_Assets", "IEEE13_CDPSM",
      "IEEE13_LineAndCableSpacing", "IEEE13_LineGeometry", "IEEE13_LineSpacing",
      "IEEE13_SpacingGeometry", "LoadTest", "ODRegTest", "PVSystemTest", "ReactorConfigs",
      "YgD-Test",
    ].map {
      ("ieee_variants/reference/\($0)", "ieee_variants/\($0).\($0 == "LoadTest" ? "DSS" : "dss")")
    }

  @Test("Each value of a file agrees with the engine's model, and each difference has its reason")
  func valuesAgree() throws {
    guard let folder = PackageFolder.sharedData(".") else { return print(PackageFolder.absentData) }
    var compared = 0
    var differing: Set<String> = []
    var left: [String: Int] = [:]
    for (reference, master) in Self.masters {
      let url = folder.appendingPathComponent("\(reference)/model_asparsed.json.gz")
      let reading = Reading(folder.appendingPathComponent(master).path, from: DSSDiskFiles())
      for (type, elements) in try EngineValue.model(url) {
        for properties in elements {
          guard case .text(let name) = properties["Name"] else { continue }
          guard let element = reading.circuit?.element(type, name) else {
            // Besides its predefined objects the engine makes codes when it exports to CIM.
            let isOwn =
              Self.ownClasses.contains(type.lowercased()) || name.hasPrefix("cimxfmrcode_")
            #expect(isOwn, "\(master): no \(type).\(name)")
            continue
          }
          let values = ElementValues(element)
          for (property, wanted) in properties where property != "Name" {
            let key = property.lowercased().replacing("pct", with: "%")
            switch Self.agreement(of: wanted, for: key, values) {
            case true?: compared += 1
            case false?:
              let place = "\(reference.split(separator: "/").last ?? "") \(element.id).\(key)"
              #expect(Self.differences[place] != nil, "\(place): \(wanted)")
              differing.insert(place)
            case nil: left["\(type.lowercased()).\(key)", default: 0] += 1
            }
          }
        }
      }
    }
    print(compared, "values agree; left out, as no file gives them:")
    for (key, count) in left.sorted(by: { $0.key < $1.key }) {
      print("  \(key) \(count): \(Self.derived[key] ?? "no reason known")")
      #expect(Self.derived[key] != nil, "\(key)")
    }
    #expect(differing == Set(Self.differences.keys))
    #expect(compared > 10_000)
  }

  /// Returns whether the values agree, or nil if the file gives none.
  static func agreement(
    of wanted: EngineValue, for key: String, _ values: ElementValues
  ) -> Bool? {
    let names = otherNames[key] ?? [key]
    let listKey = key == "conductors" ? "wire" : key
    if case .list(let items) = wanted, let list = values.lists[listKey], !list.isEmpty {
      return items.enumerated().allSatisfy { i, item in
        list[i + 1].map { item.agrees(with: $0) } ?? true
      }
    }
    if let value = names.lazy.compactMap({ values.values[$0] }).first {
      // Long shapes stand in files, of which the model tells the number of values only.
      if case .text(let text) = wanted, text.hasSuffix("points>") {
        return value.text.lowercased().hasPrefix("file=")
      }
      return wanted.agrees(with: value)
    }
    return agreementOfCalculated(wanted, for: key, values)
  }

  /// Compares what the engine keeps in another form than the file.
  private static func agreementOfCalculated(
    _ wanted: EngineValue, for key: String, _ values: ElementValues
  ) -> Bool? {
    func number(_ key: String) -> Double? { try? values.values[key]?.number() }
    switch (key, wanted) {
    case ("radius", .number(let radius)):
      return number("diam").map { EngineValue.isNear($0 / 2, radius) }
    case ("interval", .number(let hours)):
      let written = number("minterval").map { $0 / 60 } ?? number("sinterval").map { $0 / 3_600 }
      return written.map { EngineValue.isNear($0, hours) }
    case ("z1", .list(let parts)), ("z0", .list(let parts)):
      let order = key.dropFirst()
      guard let r = number("r\(order)"), let x = number("x\(order)"), parts.count == 2,
        case .number(let resistance) = parts[0], case .number(let reactance) = parts[1]
      else { return nil }
      return EngineValue.isNear(r, resistance) && EngineValue.isNear(x, reactance)
    default: return nil
    }
  }
}
