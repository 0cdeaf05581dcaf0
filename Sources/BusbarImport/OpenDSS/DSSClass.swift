/// A property of a class, as OpenDSS names it.
public struct DSSProperty: Sendable, Hashable {
  /// What a property's text is read as.
  public enum Kind: Sendable, Hashable {
    case text, number, wholeNumber, boolean, numbers, matrix, names, file
  }

  /// The name with OpenDSS's capitals.
  public let name: String
  /// The name in small letters, by which it is looked up.
  public let key: String
  /// What the text is read as.
  public let kind: Kind

  /// Reads `kV#`: `#` marks a number, `##` a whole one, `?` yes or no, `[#]` a list of numbers,
  /// `[,]` a matrix, `[]` a list of names and `@` a file.
  init(_ mark: Substring) {
    let marks: [(String, Kind)] = [
      ("[#]", .numbers), ("[,]", .matrix), ("[]", .names), ("##", .wholeNumber), ("#", .number),
      ("?", .boolean), ("@", .file),
    ]
    let found = marks.first { mark.hasSuffix($0.0) }
    name = String(mark.dropLast(found?.0.count ?? 0))
    key = name.lowercased()
    kind = found?.1 ?? .text
  }
}

/// A class of OpenDSS with its properties in the order that unnamed values follow.
public struct DSSClass: Sendable {
  /// The name in small letters.
  public let name: String
  /// The properties in OpenDSS's order, of which the last is always `like`.
  public let properties: [DSSProperty]
  private let positions: [String: Int]

  init(_ name: String, _ properties: String) {
    self.name = name
    self.properties = properties.split(whereSeparator: \.isWhitespace).map(DSSProperty.init)
    positions = Dictionary(
      self.properties.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Returns the place of a property, for its name or the beginning of its name in any case.
  ///
  /// Of several names with one beginning the first is meant, as in OpenDSS.
  public func position(of name: String) -> Int? {
    let key = name.lowercased()
    if let position = positions[key] { return position }
    guard !key.isEmpty else { return nil }
    return properties.firstIndex { $0.key.hasPrefix(key) }
  }

  /// All classes by name.
  ///
  /// The names and their order are those that the engine DSS C-API 0.14.5 reports.
  public static let all: [String: DSSClass] = Dictionary(
    uniqueKeysWithValues: (libraryClasses + deliveryClasses + conversionClasses + controlClasses)
      .map { ($0.name, $0) })

  /// The names of the classes that OpenDSS has and whose elements are not circuit elements.
  static let libraryNames = Set(libraryClasses.map(\.name))
}
