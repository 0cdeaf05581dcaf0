/// A line code of OpenDSS.
struct LineCodeState: ReplayedElement {
  var values: LineValues
  var units = LengthUnit.none
  /// The rated current in A, if one is written.
  private(set) var ratedCurrent: Double?

  static let ignored = ["linetype": IgnoredReason.ratings, "neutral": "kron is not asked for"]

  init(baseFrequency: Double) { values = LineValues(baseFrequency: baseFrequency) }

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "nphases":
      let count = try value.phases()
      if count != values.phases { values.setPhases(count) }
    case "units": units = try LengthUnit(value)
    case "normamps": ratedCurrent = try value.number()
    case "basefreq": values.setBaseFrequency(try value.positive())
    case "kron":
      if try value.boolean() {
        throw value.fault(
          "the reduction of a neutral is not repeated here", remedy: "write reduced matrices")
      }
    default:
      if try values.takeSequence(key, value) {
        values.isSymmetrical = true
      } else if try values.takeMatrix(key, value) {
        values.isSymmetrical = false
      } else {
        return try values.takeEarth(key, value)
      }
    }
    return true
  }

  mutating func finishEdit() {
    if values.isSymmetrical { values.calculateMatrices() }
  }
}
