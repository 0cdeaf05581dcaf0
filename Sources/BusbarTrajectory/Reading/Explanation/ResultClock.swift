public import BusbarEvents
internal import Foundation

/// Shows instants of a result file on the clock of its scenario's zone.
public struct ResultClock: Sendable {
  /// Where simulated time begins.
  public let epoch: Epoch

  /// Makes the clock of an epoch.
  public init(_ epoch: Epoch) { self.epoch = epoch }

  /// Reads the start and the zone of a file's run.
  init(_ reader: TrajectoryReader) throws(TrajectoryError) {
    let unit = try reader.variable(named: "time").unit ?? ""
    let origin = unit.replacing("milliseconds since ", with: "")
    guard let start = CalendarText.unixMilliseconds(origin) else {
      throw .cannotRead(path: reader.path, reason: "'\(unit)' is not a unit of time.")
    }
    let offset = try? reader.file.root.attribute("utc_offset_at_start_seconds", as: Int64.self)
    self.init(
      Epoch(
        unixMilliseconds: start, zone: reader.rootText("time_zone") ?? "UTC",
        offsetSeconds: Int(offset ?? 0)))
  }

  /// An instant such as `2025-01-15 09:27:00 +01:00`, with milliseconds where there are any.
  public func text(_ time: SimulationTime) -> String {
    let utc = epoch.unixMilliseconds + time.milliseconds
    let offset =
      TimeZone(identifier: epoch.zone)?.secondsFromGMT(
        for: Date(timeIntervalSince1970: Double(utc) / 1_000)) ?? epoch.offsetSeconds
    let minutes = abs(offset) / 60
    return CalendarText.utc(utc + Int64(offset) * 1_000)
      + String(format: " %@%02d:%02d", offset < 0 ? "-" : "+", minutes / 60, minutes % 60)
  }
}
