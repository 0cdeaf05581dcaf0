internal import BusbarGrid
internal import BusbarUnits

extension ValueDecoder {
  private static let names = "a, b, c, n and numbers from 5 to \(Conductor.capacity)"

  /// Reads conductors or legs; the text stays as it was written.
  func conductors(_ text: String) -> Result<FieldValue, Fault> {
    if field.kind == .legs { return legs(text) }
    guard let ends = Connection.conductors(text) else {
      return fault(
        "'\(text)' does not name conductors",
        "write some of \(Self.names), such as 'abc' or 'a.b.5'")
    }
    guard ends.count <= Conductor.capacity else {
      return fault(
        "'\(text)' names \(ends.count) conductors",
        "name at most \(Conductor.capacity)")
    }
    if field.kind == .connection {
      guard ends.contains(where: { $0 != nil }) else {
        return fault("'\(text)' names earth alone", "name at least one conductor of the bus")
      }
      return .success(.text(text))
    }
    guard !ends.contains(nil) else {
      return fault(
        "'\(text)' names earth, which is no conductor of a bus", "leave out the letter e")
    }
    guard Set(ends).count == ends.count else {
      return fault("'\(text)' names a conductor twice", "name each conductor once")
    }
    return .success(.text(text))
  }

  private func legs(_ text: String) -> Result<FieldValue, Fault> {
    let pieces = text.split(separator: " ")
    guard !pieces.isEmpty else {
      return fault("the value is empty", "write pairs of conductors, such as 'a-b b-c'")
    }
    guard pieces.count <= Conductor.capacity else {
      return fault(
        "there are \(pieces.count) legs", "write at most \(Conductor.capacity)")
    }
    for piece in pieces {
      guard let pair = ConductorPair(piece) else {
        return fault(
          "'\(piece)' is not a pair of conductors",
          "write two of \(Self.names), or e for earth, such as 'a-b' or 'a-e'")
      }
      guard pair.plus != pair.minus else {
        return fault(
          "both ends of '\(piece)' are the same", "join two different conductors, or one and earth")
      }
    }
    return .success(.text(text))
  }
}

extension ConductorPair {
  /// Reads the legs of a text that decoding has found to be sound.
  static func legs(_ text: String) -> [ConductorPair] {
    text.split(separator: " ").map { piece in
      guard let pair = ConductorPair(piece) else {
        preconditionFailure("'\(piece)' is a leg, or decoding would have refused it.")
      }
      return pair
    }
  }

  /// The conductors at its ends, without earth.
  var conductors: ConductorSet { ConductorSet([plus, minus].compactMap { $0 }) }
}

extension Connection {
  /// Makes a connection from a text that decoding has found to be sound.
  init(bus: String, text: String) {
    guard let conductors = Connection.conductors(text) else {
      preconditionFailure("'\(text)' names conductors, or decoding would have refused it.")
    }
    self.init(bus: bus, conductors: conductors)
  }
}

extension JSONSchema {
  /// The regular expression of a field of conductors, connections or legs.
  static func conductorPattern(_ kind: FieldKind) -> String {
    let number = "[5-9]|[12][0-9]|3[0-2]"
    switch kind {
    case .conductors:
      return "^((?![0-9]+$)(?!.*(.).*\\2)[abcn5-9]+|([abcn]|\(number))(\\.([abcn]|\(number)))*)$"
    case .connection:
      return "^((?![0-9]+$)[abcne5-9]+|([abcne]|\(number))(\\.([abcne]|\(number)))*)$"
    default:
      let end = "([abcne]|\(number))"
      return "^ *\(end)(-\(end))?( +\(end)(-\(end))?)* *$"
    }
  }
}
