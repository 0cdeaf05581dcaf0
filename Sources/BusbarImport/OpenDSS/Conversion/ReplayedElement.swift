internal import BusbarScenario

/// The state of an element of OpenDSS while its values are taken over one after another.
///
/// OpenDSS draws conclusions at the end of each edit, and an edit is what stands in one line.
protocol ReplayedElement {
  /// Takes over a value; returns false for a property that it does not know.
  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool
  /// Draws the conclusions of an edit.
  mutating func finishEdit()
  /// Properties that have no effect here, with the reason.
  static var ignored: [String: String] { get }
  /// Properties that `like` does not copy.
  static var notCopied: Set<String> { get }
}

extension ReplayedElement {
  mutating func finishEdit() {}
  static var notCopied: Set<String> { [] }
}

/// Reasons for which properties are ignored in many classes.
enum IgnoredReason {
  static let ratings = "ratings and failure rates do not enter a power flow"
  static let control = "it matters to another way of solving only"
  static let reports = "it only changes what is reported"
  static let harmonics = "it matters to harmonics only"
  static let dynamics = "it matters to dynamics only"

  /// Those that every class has.
  static let common: [String: String] = [
    "normamps": ratings, "emergamps": ratings, "faultrate": ratings, "pctperm": ratings,
    "repair": ratings, "seasons": ratings, "ratings": ratings, "spectrum": harmonics,
  ]
}

extension Conversion {
  /// Takes over all values of an element in order, and reports what cannot be.
  mutating func replay<State: ReplayedElement>(_ element: DSSElement, into state: inout State) {
    let assignments = element.assignments
    var skipped = copiedValues(of: element, State.notCopied)
    var line: (file: String, line: Int?)?
    for (place, assignment) in assignments.enumerated() {
      let current = (assignment.location.file, assignment.location.line)
      if let line, line != current { state.finishEdit() }
      line = current
      let key = assignment.property.key
      if skipped.remove(place) != nil || ["like", "enabled"].contains(key) { continue }
      do throws(DSSValueFault) {
        if try state.take(assignment) || key == "basefreq" { continue }
      } catch {
        diagnostics.error(
          "\(error.problem) in '\(assignment.property.name)'", at: error.location,
          remedy: error.remedy)
        continue
      }
      if let reason = State.ignored[key] ?? IgnoredReason.common[key] {
        notes.add(.ignored, element.id, "\(assignment.property.name): \(reason)")
      } else {
        diagnostics.error(
          "'\(assignment.property.name)' of \(element.type.name) cannot be translated",
          at: assignment.location, remedy: "remove it, if the circuit means the same without it")
      }
    }
    state.finishEdit()
  }

  /// The places of values that `like` brought along though OpenDSS does not copy them.
  private func copiedValues(of element: DSSElement, _ keys: Set<String>) -> Set<Int> {
    guard !keys.isEmpty else { return [] }
    var skipped: Set<Int> = []
    let assignments = element.assignments
    for (place, assignment) in assignments.enumerated() where assignment.property.key == "like" {
      guard let other = circuit.element(element.type.name, assignment.value.text) else { continue }
      for (offset, copied) in other.assignments.enumerated() {
        let copy = place + 1 + offset
        guard copy < assignments.count, assignments[copy] == copied else { break }
        if keys.contains(copied.property.key) { skipped.insert(copy) }
      }
    }
    return skipped
  }

  /// The frequency that an element's values belong to.
  func baseFrequency(of element: DSSElement) -> Double {
    if let value = element.value("basefreq"), let number = try? value.number(), number > 0 {
      return number
    }
    return Self.frequency(after: element.precedingActions, of: circuit)
  }
}
