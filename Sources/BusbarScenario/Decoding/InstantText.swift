internal import BusbarEvents

/// An instant that a user writes, on the clock of a zone.
public enum InstantText {
  /// A text that is no instant of the zone: what is wrong, and how to mend it.
  public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
  }

  /// Returns milliseconds from 1970-01-01T00:00Z to an instant such as `2025-01-15T09:27:00`.
  ///
  /// Without an offset of its own it is local to the zone, which has an IANA name or is an offset
  /// such as `+01:00`. A time that the clocks of the zone skip or show twice throws.
  public static func unixMilliseconds(
    _ text: String, zone: String
  ) throws(Fault) -> Int64 {
    let hasOffset = text.contains(/(Z|[+-]\d{2}:\d{2})$/)
    let zoneIsOffset = zone.contains(/^[+-]\d{2}:\d{2}$/)
    let full = hasOffset || !zoneIsOffset ? text : text + zone
    let isComplete = hasOffset || zoneIsOffset
    switch StartInstant.epoch(full, zone: isComplete ? nil : zone) {
    case .success(let epoch): return epoch.unixMilliseconds
    case .failure(let fault):
      throw Fault(description: "\(fault.problem): \(fault.remedy).")
    }
  }
}
