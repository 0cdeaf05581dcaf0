/// What happened on one channel since the start of the run.
public struct ChannelCounters: Hashable, Sendable, Codable {
  /// Messages and confirmations carried.
  public internal(set) var transmissions = 0
  /// The time in µs for which these occupied the channel, summed over them.
  public internal(set) var occupiedMicroseconds: Int64 = 0
  /// Frames of floods that came, those that found the queue full included.
  public internal(set) var floodFrames = 0
}
