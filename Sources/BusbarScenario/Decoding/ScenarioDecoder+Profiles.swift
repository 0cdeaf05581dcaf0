internal import BusbarDevices
internal import BusbarEvents
internal import BusbarUnits

/// The profiles of a scenario with their names.
struct DecodedProfiles {
  var library: ProfileLibrary
  var names: Set<String>
}

extension ScenarioDecoder {
  /// Reads all profile tables; nil when one has a fault or is shorter than the run.
  mutating func profiles(_ node: TextNode?, runLength general: DecodedRecord?) -> DecodedProfiles? {
    guard let node, node.content != .null else {
      return DecodedProfiles(library: ProfileLibrary([]), names: [])
    }
    guard let elements = node.list(&input.diagnostics) else { return nil }
    var profiles: [Profile] = []
    var first: [String: SourceLocation] = [:]
    var isSound = true
    for element in elements {
      let record = input.record(of: ProfileRecord.declaration, in: element)
      guard let file = element.entries?.first(where: { $0.key == ProfileRecord.file.name })?.value,
        let table = input.table(namedBy: file)
      else {
        isSound = false
        continue
      }
      for column in table.header {
        if let earlier = first[column.name] {
          input.diagnostics.error(
            "profile '\(column.name)' is given already at \(earlier)", at: column.location,
            remedy: "give each profile a name of its own")
          isSound = false
        }
        first[column.name] = column.location
      }
      let columns = table.numbers(inColumns: Array(table.header.indices), &input.diagnostics)
      let step = record.map { Interval(milliseconds: $0[ProfileRecord.step]) }
      if let step, !checkLength(table, step, general) { isSound = false }
      guard let columns, let step else {
        isSound = false
        continue
      }
      for (column, values) in zip(table.header, columns) where !values.isEmpty {
        profiles.append(Profile(id: column.name, step: step, values: values))
      }
    }
    guard isSound else { return nil }
    return DecodedProfiles(library: ProfileLibrary(profiles), names: Set(first.keys))
  }

  private mutating func checkLength(
    _ table: CSVTable, _ step: Interval, _ general: DecodedRecord?
  ) -> Bool {
    guard let general else { return true }
    let (covered, overflows) = Int64(table.rowCount).multipliedReportingOverflow(
      by: step.milliseconds)
    let duration = general[GeneralRecord.warmUp] + general[GeneralRecord.duration]
    guard !overflows, covered < duration else { return true }
    let needed = (duration - 1) / step.milliseconds + 1
    input.diagnostics.error(
      "the profiles cover \(table.rowCount) steps of \(step.seconds) s, but the run needs \(needed)",
      at: table.location(ofRow: table.rowCount - 1),
      remedy: "add \(needed - Int64(table.rowCount)) rows, or shorten duration")
    return false
  }
}
