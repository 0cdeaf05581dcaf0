/// Where simulated time begins on the world's clock, and which days are holidays there.
public struct Epoch: Hashable, Sendable, Codable {
  /// Milliseconds from 1970-01-01T00:00Z to the start of the scenario.
  public var unixMilliseconds: Int64
  /// The IANA name of the zone, or an offset such as `+01:00`, as the scenario gives it.
  public var zone: String
  /// The zone's offset from UTC at the start, in seconds; positive east of Greenwich.
  public var offsetSeconds: Int
  /// The bank holidays, in order of their dates.
  public var holidays: [LocalDate] = []

  /// Makes an epoch from the UTC instant of the start and the zone that named it.
  public init(unixMilliseconds: Int64, zone: String, offsetSeconds: Int) {
    self.unixMilliseconds = unixMilliseconds
    self.zone = zone
    self.offsetSeconds = offsetSeconds
  }
}
