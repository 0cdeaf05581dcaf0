import BusbarImport
import BusbarTestSupport
import Foundation

/// A value of the engine's model of a circuit.
indirect enum EngineValue: Decodable {
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list([EngineValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else {
      self = .list(try container.decode([EngineValue].self))
    }
  }

  /// The properties of each element, by class.
  static func model(_ url: URL) throws -> [String: [[String: EngineValue]]] {
    let text = try Command.run(URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-dc", url.path])
    return try JSONDecoder().decode(
      [String: [[String: EngineValue]]].self, from: Data(text.output.utf8))
  }

  /// Whether a value of a file says the same: numbers within 1e-9 of each other, relatively.
  func agrees(with value: DSSValue) -> Bool {
    switch self {
    case .boolean(let wanted): (try? value.boolean()) == wanted
    case .number(let wanted): (try? value.number()).map { Self.isNear($0, wanted) } ?? false
    case .text(let wanted): Self.isSame(value.text, wanted)
    case .list(let wanted):
      if case .list = wanted.first {
        agrees(withMatrix: (try? value.symmetricMatrix()) ?? [], wanted)
      } else if let words = try? value.words(), words.count == wanted.count,
        !(value.isQuoted && wanted.count == 1)
      {
        zip(wanted, words).allSatisfy { $0.agrees(with: $1) }
      } else if wanted.count == 1, !value.isEmpty {
        wanted[0].agrees(with: value)
      } else {
        false
      }
    }
  }

  private func agrees(withMatrix rows: [[Double]], _ wanted: [EngineValue]) -> Bool {
    guard rows.count == wanted.count else { return false }
    return zip(rows, wanted).allSatisfy { row, wanted in
      guard case .list(let numbers) = wanted, numbers.count == row.count else { return false }
      return zip(row, numbers).allSatisfy {
        if case .number(let number) = $1 { Self.isNear($0, number) } else { false }
      }
    }
  }

  static func isNear(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-9 * max(abs(a), abs(b))
  }

  /// Names without their class, and choices by their beginning, in any case.
  private static func isSame(_ written: String, _ wanted: String) -> Bool {
    let (written, wanted) = (written.lowercased(), wanted.lowercased())
    if written == wanted || wanted.hasSuffix("." + written) { return true }
    let synonyms = ["y": "wye", "ln": "wye", "d": "delta", "ll": "delta"]
    return synonyms[written] == wanted || !written.isEmpty && wanted.hasPrefix(written)
  }
}

/// The values of an element by property, with those for a winding or conductor in lists.
struct ElementValues {
  private(set) var values: [String: DSSValue] = [:]
  private(set) var lists: [String: [Int: DSSValue]] = [:]

  private static let selectors = ["transformer": "wdg", "xfmrcode": "wdg", "linegeometry": "cond"]
  private static let plurals = [
    "buses": "bus", "conns": "conn", "kvs": "kv", "kvas": "kva", "taps": "tap", "%rs": "%r",
    "wires": "wire", "cncables": "wire", "tscables": "wire", "cncable": "wire", "tscable": "wire",
  ]

  init(_ element: DSSElement) {
    let selector = Self.selectors[element.type.name]
    var selected = 1
    for assignment in element.assignments {
      let key = assignment.property.key
      values[key] = assignment.value
      guard let selector else {
        if Self.plurals[key] == "wire", let words = try? assignment.value.words() {
          // Wires follow the cables that were named before them.
          let count = lists["wire"]?.count ?? 0
          for (i, word) in words.enumerated() { lists["wire", default: [:]][count + i + 1] = word }
        }
        continue
      }
      if key == selector {
        selected = (try? assignment.value.wholeNumber()) ?? selected
      } else if [.numbers, .names].contains(assignment.property.kind) {
        guard let words = try? assignment.value.words() else { continue }
        for (i, word) in words.enumerated() {
          lists[Self.plurals[key] ?? key, default: [:]][i + 1] = word
        }
      } else {
        lists[Self.plurals[key] ?? key, default: [:]][selected] = assignment.value
      }
    }
  }
}
