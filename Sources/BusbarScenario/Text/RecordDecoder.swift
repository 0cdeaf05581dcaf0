public import BusbarUnits

/// Turns the texts of records into values as a declaration asks, and reports all faults of each.
///
/// An override beats what the record says about the same field, in whichever unit that is written.
public struct RecordDecoder: Sendable {
  /// The fields that records may have.
  public let declaration: RecordDeclaration

  /// Prepares to decode records of one sort.
  public init(_ declaration: RecordDeclaration) {
    self.declaration = declaration
  }

  /// Returns the values of one record, or appends all its faults and returns `nil`.
  public func decode(
    _ record: Record, _ diagnostics: inout Diagnostics
  ) -> DecodedRecord? {
    let reported = record.faultyKeys.compactMap { declaration.use(ofKey: $0)?.position }
    let decoded = decode(record, absent: Set(reported), &diagnostics)
    return record.faultyKeys.isEmpty ? decoded : nil
  }

  /// Decodes a record whose `absent` fields are already known, and reported, to be missing.
  func decode(
    _ record: Record, absent: Set<Int>, _ diagnostics: inout Diagnostics
  ) -> DecodedRecord? {
    var isSound = absent.isEmpty
    var chosen = [(entry: Record.Entry, key: FieldDeclaration.Key)?](
      repeating: nil, count: declaration.fields.count)
    for entry in record.entries {
      guard let use = declaration.use(ofKey: entry.key) else {
        reportUnknown(entry.key, "key", at: entry.keyLocation, &diagnostics)
        isSound = false
        continue
      }
      if let earlier = chosen[use.position]?.entry, !entry.isOverride {
        if earlier.isOverride { continue }
        reportTwice(entry.key, earlier.key, at: entry.keyLocation, &diagnostics)
        isSound = false
        continue
      }
      chosen[use.position] = (entry, use.key)
    }
    var values: [FieldValue?] = []
    for (position, field) in declaration.fields.enumerated() {
      guard let (entry, key) = chosen[position] else {
        if field.presence == .required && !absent.contains(position) {
          reportMissing(field, in: record, &diagnostics)
          isSound = false
        }
        values.append(nil)
        continue
      }
      switch ValueDecoder(field: field, key: key).decode(entry.text) {
      case .success(let value): values.append(value)
      case .failure(let fault):
        diagnostics.error(fault.problem, at: entry.location, remedy: fault.remedy)
        isSound = false
        values.append(nil)
      }
    }
    guard isSound else { return nil }
    return DecodedRecord(
      FieldValues(of: declaration, inOrder: values), at: record.location,
      chosen.map { $0?.entry.location })
  }

  // MARK: Sentences

  func reportUnknown(
    _ key: String, _ noun: String, at location: SourceLocation,
    _ diagnostics: inout Diagnostics
  ) {
    let keys = declaration.allKeys
    let allowed = "allowed \(noun)s: \(keys.joined(separator: ", "))"
    let nearest = NearestName.of(key, among: keys)
    diagnostics.error(
      "unknown \(noun) '\(key)' of \(declaration.name)", at: location,
      remedy: nearest.map { "write '\($0)'; \(allowed)" } ?? allowed)
  }

  func reportTwice(
    _ key: String, _ earlier: String, at location: SourceLocation,
    _ diagnostics: inout Diagnostics
  ) {
    diagnostics.error(
      key == earlier ? "'\(key)' is given twice" : "'\(key)' says the same as '\(earlier)'",
      at: location, remedy: "keep one of them")
  }

  private func reportMissing(
    _ field: FieldDeclaration, in record: Record, _ diagnostics: inout Diagnostics
  ) {
    diagnostics.error(
      "\(declaration.name) lacks '\(field.name)'", at: record.location, remedy: Self.add(field))
  }

  static func add(_ field: FieldDeclaration) -> String {
    let names = field.keys.map { "'\($0.name)'" }
    let list = names.count == 1 ? names[0] : "one of \(names.joined(separator: ", "))"
    return "add \(list): \(field.documentation)"
  }
}

extension Record.Entry {
  var isOverride: Bool { location.place == .argument }
}
