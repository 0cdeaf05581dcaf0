internal import BusbarEvents
internal import BusbarUnits

extension ScenarioDecoder {
  /// Reads the named instants in their order in time; nil when one of them has a fault.
  mutating func checkpoints(
    _ node: TextNode?, _ general: DecodedRecord?
  ) -> [NamedCheckpoint]? {
    guard
      let records = records(
        CheckpointRecord.declaration, node, "checkpoints", id: CheckpointRecord.id)
    else { return nil }
    var isSound = true
    for record in records {
      let id = record[CheckpointRecord.id]
      if id.contains("/") {
        input.diagnostics.error(
          "checkpoint '\(id)' has a slash in its name",
          at: record.location(of: CheckpointRecord.id),
          remedy: "write a name that can be a part of a file's name")
        isSound = false
      }
      guard let general else { continue }
      let end = general[GeneralRecord.warmUp] + general[GeneralRecord.duration]
      if record[CheckpointRecord.at] > end {
        input.diagnostics.error(
          "checkpoint '\(id)' lies behind the end of the run",
          at: record.location(of: CheckpointRecord.at),
          remedy: "write a time up to warm_up and duration together, or make the run longer")
        isSound = false
      }
    }
    guard isSound else { return nil }
    return records.map {
      NamedCheckpoint(
        id: $0[CheckpointRecord.id],
        instant: SimulationTime(milliseconds: $0[CheckpointRecord.at]))
    }.sorted { ($0.instant, $0.id) < ($1.instant, $1.id) }
  }
}
