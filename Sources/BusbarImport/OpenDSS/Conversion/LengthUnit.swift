/// A unit of length that OpenDSS knows by name.
enum LengthUnit: String, CaseIterable {
  case none, mi, kft, km, m, ft, `in`, cm, mm

  init(_ value: DSSValue) throws(DSSValueFault) {
    let word = value.text.lowercased()
    let synonyms: [String: LengthUnit] = ["meter": .m, "meters": .m, "miles": .mi, "mile": .mi]
    guard let unit = LengthUnit(rawValue: word) ?? synonyms[word] else {
      throw value.fault(
        "'\(value.shortText)' is not a unit of length",
        remedy: "write none, mi, kft, km, m, ft, in, cm or mm")
    }
    self = unit
  }

  /// The unit in metres; nil when it is not known.
  var metres: Double? {
    switch self {
    case .none: nil
    case .mi: 1_609.344
    case .kft: 304.8
    case .km: 1_000
    case .m: 1
    case .ft: 0.3048
    case .in: 0.0254
    case .cm: 0.01
    case .mm: 0.001
    }
  }

  /// How many of another unit make one of this; one where either is not known.
  func factor(to other: LengthUnit) -> Double {
    guard let metres, let others = other.metres else { return 1 }
    return metres / others
  }
}
