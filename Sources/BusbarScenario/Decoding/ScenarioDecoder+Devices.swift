internal import BusbarUnits

extension ScenarioDecoder {
  /// Reads the tables of all kinds of devices; nil when one of them has a fault.
  mutating func devices(
    _ node: TextNode?
  ) -> [(kind: Catalog.Kind, records: [DecodedRecord])]? {
    guard let node, node.content != .null else { return [] }
    let names = catalog.kinds.map(\.name)
    guard let section = node.section(allowing: names, &input.diagnostics) else { return nil }
    var result: [(kind: Catalog.Kind, records: [DecodedRecord])] = []
    var isSound = true
    for kind in catalog.kinds {
      guard let table = section[kind.name], table.content != .null else { continue }
      guard
        let records = records(
          kind.declaration, table, "devices.\(kind.name)", id: DeviceRecord.id)
      else {
        isSound = false
        continue
      }
      if !agree(records, kind) { isSound = false }
      if !records.isEmpty { result.append((kind, records)) }
    }
    return isSound ? result : nil
  }

  /// Whether the values of each device go together; reports where they do not.
  private mutating func agree(_ records: [DecodedRecord], _ kind: Catalog.Kind) -> Bool {
    var isSound = true
    for record in records {
      if record[optional: DeviceRecord.legs] != nil {
        for other in [DeviceRecord.phases, DeviceRecord.connection]
        where record[optional: other] != nil {
          input.diagnostics.error(
            "'legs' and '\(other.name)' both say between which conductors the \(kind.name) lies",
            at: record.location(of: other), remedy: "keep one of them")
          isSound = false
        }
      }
      for fault in kind.model.contradictions(in: record.values) {
        input.diagnostics.error(
          fault.problem, at: fault.field.map { record.location(of: $0) } ?? record.location,
          remedy: fault.remedy)
        isSound = false
      }
    }
    return isSound
  }
}
