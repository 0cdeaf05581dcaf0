internal import BusbarEvents
internal import BusbarMessaging
internal import BusbarUnits

/// Something that is done to the messages of a link, or of all links of a medium (D-43).
enum LinkFaultRecord {
  static let id = Field.identifier("id", "The name of the fault.")
  static let link = Field.identifier("link", "The link whose messages it strikes.").optional
  static let medium = Field.identifier(
    "medium", "The medium on all of whose links it strikes messages."
  ).optional
  static let kind = Field.choice(
    "kind", Kind.allCases.map(\.rawValue),
    "drop: messages are lost; delay: they take longer; forge: their numbers are multiplied; replay: "
      + "they are delivered again; flood: frames of others occupy the channel.")
  static let from = Field.interval(
    "from", default: 0, range: .time, "When it begins, from the start of the run.")
  static let until = Field.interval(
    "until", range: .positiveTime, "When it ends, from the start of the run.")
  static let probability = Field.quantity(
    "probability", .ratio, default: 1, range: FieldRange(from: .closed(0), to: .closed(1)),
    "The share of messages that it strikes.")
  static let delay = Field.interval(
    "delay", range: .positiveTime, "How much later delayed or replayed messages arrive."
  ).optional
  static let factor = Field.number(
    "factor", range: .closed(-1e9...1e9), "What the numbers of forged messages are multiplied by."
  ).optional
  static let size = Field.quantity(
    "size", .dataSize, range: .closed(1...1e9), "The size of a frame of a flood."
  ).optional
  static let rate = Field.number(
    "per_second", range: .closed(1e-9...1e6), "The number of frames of a flood in a second."
  ).optional

  private enum Kind: String, CaseIterable {
    case drop, delay, forge, replay, flood
  }

  static let declaration = RecordDeclaration(
    "link fault", "Something that an attacker, or a test, does to messages.", id, link, medium,
    kind, from, until, probability, delay, factor, size, rate)

  /// A fault for each link that a record strikes; nil after a fault of the record was reported.
  static func faults(
    _ record: DecodedRecord, links: [LinkDeclaration], _ diagnostics: inout Diagnostics
  ) -> [LinkFault]? {
    guard let kind = kind(record, &diagnostics) else { return nil }
    let struck: [String]
    switch (record[optional: link], record[optional: medium]) {
    case (let link?, nil): struck = [link]
    case (nil, let medium?):
      struck = links.filter { $0.medium == medium }.map(\.id)
      guard !struck.isEmpty else {
        let names = Set(links.compactMap(\.medium)).sorted(by: NaturalOrder.precedes)
        diagnostics.error(
          "no link uses a medium '\(medium)'", at: record.location(of: Self.medium),
          remedy: NearestName.of(medium, among: names).map { "write '\($0)'" }
            ?? "name a medium that links use")
        return nil
      }
    default:
      diagnostics.error(
        "link fault '\(record[id])' strikes a link or a medium, but names "
          + (record[optional: link] == nil ? "neither" : "both"),
        at: record.location, remedy: "write one of 'link' and 'medium'")
      return nil
    }
    return struck.map { link in
      var fault = LinkFault(
        id: struck.count == 1 ? record[id] : "\(record[id])@\(link)", link: link, kind: kind,
        from: SimulationTime(milliseconds: record[from]),
        until: SimulationTime(milliseconds: record[until]))
      fault.probability = record[probability]
      return fault
    }
  }

  private static func kind(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> LinkFault.Kind? {
    guard let kind = Kind(rawValue: record[kind]) else {
      preconditionFailure("A kind is one of the words of its field.")
    }
    func required<Value>(_ field: Field<Value>) -> Value? {
      if let value = record[optional: field] { return value }
      diagnostics.error(
        "a link fault of kind '\(kind.rawValue)' needs '\(field.name)'", at: record.location,
        remedy: "add '\(field.name)'")
      return nil
    }
    switch kind {
    case .drop: return .drop
    case .delay: return required(delay).map { .delay(Interval(milliseconds: $0)) }
    case .forge: return required(factor).map { .forge(factor: $0) }
    case .replay: return required(delay).map { .replay(after: Interval(milliseconds: $0)) }
    case .flood:
      guard let bytes = required(size), let rate = required(rate) else { return nil }
      return .flood(bytes: Int(bytes), perSecond: rate)
    }
  }
}
