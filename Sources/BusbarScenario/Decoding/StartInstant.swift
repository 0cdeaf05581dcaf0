internal import BusbarEvents
internal import Foundation

/// Turns the text of a start, and the name of a zone, into an instant.
enum StartInstant {
  /// What is wrong with a start, and how to mend it.
  struct Fault: Error {
    var problem: String
    var remedy: String
    /// Which of the two keys is wrong.
    var key = Key.start
  }

  /// The keys that say when a run begins.
  enum Key {
    case start
    case timeZone
  }

  private static let form =
    "write a date and a time such as 2025-01-15T00:00:00 of a year from \(years.lowerBound) to "
    + "\(years.upperBound), with an offset such as +01:00 or with the key time_zone"

  /// Reads a start with an offset, or local to a zone; refuses times that a zone skips or repeats.
  static func epoch(_ text: String, zone: String?) -> Result<Epoch, Fault> {
    guard let parsed = parse(text) else {
      return .failure(Fault(problem: "'\(text)' is not a date and a time", remedy: form))
    }
    var timeZone: TimeZone?
    if let zone {
      timeZone =
        TimeZone.knownTimeZoneIdentifiers.contains(zone) || zone == "UTC"
        ? TimeZone(identifier: zone) : nil
      if timeZone == nil {
        return .failure(
          Fault(
            problem: "'\(zone)' is not the name of a time zone",
            remedy: suggestion(zone), key: .timeZone))
      }
    }
    switch (parsed.offsetSeconds, timeZone, zone) {
    case (nil, nil, _):
      return .failure(Fault(problem: "the start has no offset and no time_zone", remedy: form))
    case (let offset?, nil, _):
      return .success(
        Epoch(
          unixMilliseconds: parsed.localMilliseconds - Int64(offset) * 1_000,
          zone: offsetText(offset), offsetSeconds: offset))
    case (let offset?, let timeZone?, let zone):
      let instant = parsed.localMilliseconds - Int64(offset) * 1_000
      let actual = timeZone.secondsFromGMT(for: date(instant))
      guard actual == offset else {
        return .failure(
          Fault(
            problem: "\(zone ?? "the zone") is at \(offsetText(actual)) then, not at "
              + offsetText(offset), remedy: "mend the offset, or leave it out"))
      }
      return .success(
        Epoch(unixMilliseconds: instant, zone: zone ?? "", offsetSeconds: offset))
    case (nil, let timeZone?, let zone):
      return local(parsed.localMilliseconds, timeZone, zone ?? "", text)
    }
  }

  private static func local(
    _ milliseconds: Int64, _ timeZone: TimeZone, _ zone: String, _ text: String
  ) -> Result<Epoch, Fault> {
    let day: Int64 = 86_400_000
    let around = [milliseconds - day, milliseconds + day].map {
      timeZone.secondsFromGMT(for: date($0))
    }
    let offsets = Set(around).sorted().filter { offset in
      timeZone.secondsFromGMT(for: date(milliseconds - Int64(offset) * 1_000)) == offset
    }
    guard let offset = offsets.first else {
      return .failure(
        Fault(
          problem: "the clocks of \(zone) skip '\(text)'",
          remedy: "begin an hour later, or give the start with an offset"))
    }
    guard offsets.count == 1 else {
      return .failure(
        Fault(
          problem: "the clocks of \(zone) show '\(text)' twice",
          remedy: "say which: "
            + offsets.map { "\(text)\(offsetText($0))" }
            .joined(separator: " or ")))
    }
    return .success(
      Epoch(
        unixMilliseconds: milliseconds - Int64(offset) * 1_000, zone: zone,
        offsetSeconds: offset))
  }

  private static func date(_ unixMilliseconds: Int64) -> Date {
    Date(timeIntervalSince1970: Double(unixMilliseconds) / 1_000)
  }

  private static func suggestion(_ zone: String) -> String {
    let known = TimeZone.knownTimeZoneIdentifiers
    let nearest = NearestName.of(zone, among: known)
    return nearest.map { "write '\($0)'" } ?? "use an IANA name such as Europe/London or UTC"
  }

  /// An offset such as `+01:00`.
  static func offsetText(_ seconds: Int) -> String {
    let minutes = abs(seconds) / 60
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(seconds < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
  }

  // MARK: Text

  /// Years whose instants fit into the 64-bit nanoseconds of pandas, with room for a long run.
  private static let years = 1700...2060

  private struct Parsed {
    /// Milliseconds from 1970-01-01T00:00 on the local clock.
    var localMilliseconds: Int64
    var offsetSeconds: Int?
  }

  private static func parse(_ text: String) -> Parsed? {
    let pattern =
      /(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})?/
    guard let match = text.wholeMatch(of: pattern) else { return nil }
    func number(_ part: Substring?) -> Int { part.flatMap { Int($0) } ?? 0 }
    let (year, month, day) = (number(match.1), number(match.2), number(match.3))
    let (hour, minute, second) = (number(match.4), number(match.5), number(match.6))
    guard Self.years.contains(year), let date = LocalDate(year: year, month: month, day: day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let fraction = match.7.map { number($0 + String(repeating: "0", count: 3 - $0.count)) } ?? 0
    var offset: Int?
    if let written = match.8 {
      offset = 0
      if written != "Z" {
        let parts = written.dropFirst().split(separator: ":").map { number($0) }
        guard parts[0] <= 18, parts[1] < 60 else { return nil }
        offset = (parts[0] * 60 + parts[1]) * 60 * (written.hasPrefix("-") ? -1 : 1)
      }
    }
    let seconds =
      Int64(date.daysSince1970) * 86_400
      + Int64((hour * 60 + minute) * 60 + second)
    return Parsed(localMilliseconds: seconds * 1_000 + Int64(fraction), offsetSeconds: offset)
  }
}
