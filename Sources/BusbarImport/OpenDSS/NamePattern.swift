/// A pattern of names, as `batchedit` takes them: a small part of regular expressions.
///
/// It matches anywhere in a name, ignoring case, unless `^` and `$` bind it. Time grows with the
/// product of both lengths only.
struct NamePattern {
  struct Fault: Error, Hashable {
    let pattern: String
    let problem: String
  }

  private enum Letter {
    case any
    case one(Character)
    case among([ClosedRange<Character>], isInverted: Bool)

    func matches(_ letter: Character) -> Bool {
      switch self {
      case .any: true
      case .one(let wanted): letter == wanted
      case .among(let ranges, let isInverted):
        ranges.contains { $0.contains(letter) } != isInverted
      }
    }
  }

  private struct Step {
    let letter: Letter
    var isOptional = false
    var isRepeated = false
  }

  private var steps: [Step] = []
  private var startsAtStart = false
  private var endsAtEnd = false

  init(_ text: String) throws(Fault) {
    let shown = String(text.prefix(40))
    guard text.count <= 1_000 else { throw Fault(pattern: shown, problem: "is too long") }
    let letters = Array(text.lowercased())
    var i = 0
    while i < letters.count {
      switch letters[i] {
      case "^" where i == 0: startsAtStart = true
      case "$" where i == letters.count - 1: endsAtEnd = true
      case "*", "+", "?":
        guard var last = steps.popLast(), !last.isOptional, !last.isRepeated else {
          throw Fault(pattern: shown, problem: "repeats what cannot be repeated")
        }
        last.isOptional = letters[i] != "+"
        last.isRepeated = letters[i] != "?"
        steps.append(last)
      case ".": steps.append(Step(letter: .any))
      case "[": steps.append(Step(letter: try Self.class(letters, &i, shown)))
      case "\\" where i + 1 < letters.count && !letters[i + 1].isLetter:
        i += 1
        steps.append(Step(letter: .one(letters[i])))
      case "(", ")", "|", "{", "}", "\\", "^", "$":
        throw Fault(pattern: shown, problem: "has '\(letters[i])', which is not understood here")
      default: steps.append(Step(letter: .one(letters[i])))
      }
      i += 1
    }
  }

  private static func `class`(
    _ letters: [Character], _ i: inout Int, _ shown: String
  ) throws(Fault) -> Letter {
    guard let end = letters[(i + 1)...].firstIndex(of: "]"), end > i + 1 else {
      throw Fault(pattern: shown, problem: "has '[' without ']'")
    }
    var inner = letters[(i + 1)..<end]
    i = end
    let isInverted = inner.first == "^"
    if isInverted { inner.removeFirst() }
    var ranges: [ClosedRange<Character>] = []
    while let first = inner.popFirst() {
      if inner.first == "-", inner.count > 1 {
        inner.removeFirst()
        guard let last = inner.popFirst(), first <= last else {
          throw Fault(pattern: shown, problem: "has letters in the wrong order")
        }
        ranges.append(first...last)
      } else {
        ranges.append(first...first)
      }
    }
    return .among(ranges, isInverted: isInverted)
  }

  /// Returns whether the pattern occurs in a name.
  func matches(_ name: String) -> Bool {
    var states = [Bool](repeating: false, count: steps.count + 1)
    states[0] = true
    skipOptional(&states)
    if states[steps.count] && !endsAtEnd { return true }
    for letter in name.lowercased() {
      var next = [Bool](repeating: false, count: steps.count + 1)
      next[0] = !startsAtStart
      for (i, step) in steps.enumerated() where states[i] && step.letter.matches(letter) {
        next[i + 1] = true
        if step.isRepeated { next[i] = true }
      }
      skipOptional(&next)
      states = next
      if states[steps.count] && !endsAtEnd { return true }
    }
    return states[steps.count]
  }

  private func skipOptional(_ states: inout [Bool]) {
    for (i, step) in steps.enumerated() where states[i] && step.isOptional { states[i + 1] = true }
  }
}
