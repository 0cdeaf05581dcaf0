internal import BusbarEvents

/// A flood, as the channel that it occupies sees it.
struct ChannelFlood: Sendable {
  /// The position of the fault in the plan.
  let fault: Int
  /// The begin of its window in µs; frame 0 comes then.
  let begin: Int64
  /// The end of its window in µs.
  let end: Int64
  /// The time from one frame to the next in µs.
  let period: Double
  /// The time in µs that a frame occupies the channel.
  let occupation: Int64

  /// The number of frames that have come up to an instant in µs, inclusive.
  func frames(until now: Int64) -> Int64 {
    let last = min(now, end - 1)
    guard last >= begin else { return 0 }
    return Int64((Double(last - begin) / period).rounded(.down)) + 1
  }

  /// The instant in µs at which a frame comes.
  func arrival(_ frame: Int64) -> Int64 { begin + Int64((Double(frame) * period).rounded()) }
}

/// How far a flood has come.
struct FloodProgress: Hashable, Sendable, Codable {
  /// The number of frames put on the channel so far.
  var frames: Int64 = 0
}

/// The frames of a flood between two uses of its channel, as one piece of work.
///
/// Frame k goes to slot k mod slots. Within a slot the frames come evenly spaced and are equally
/// long, so the instant at which the last one is done has a closed form, and an hour of flood costs
/// as much as a second. Floods that share a channel are worked off one after the other.
struct FloodWork {
  private let flood: ChannelFlood
  private let frames: Range<Int64>

  /// Makes the work of some frames; at least one.
  init(_ flood: ChannelFlood, frames: Range<Int64>) {
    self.flood = flood
    self.frames = frames
  }

  /// Returns when a slot that is busy until an instant is done with its share of the frames, in µs.
  ///
  /// A frame that would wait longer than `longestWait` is dropped.
  func end(inSlot slot: Int, of slots: Int, busyUntil: Int64, longestWait: Int64?) -> Int64 {
    let stride = Int64(slots)
    let offset = (Int64(slot) - frames.lowerBound % stride + stride) % stride
    let first = frames.lowerBound + offset
    guard first < frames.upperBound else { return busyUntil }
    let count = (frames.upperBound - 1 - first) / stride + 1
    let last = flood.arrival(first + (count - 1) * stride)
    // A flood without bounds fills the channel until beyond the end of any run.
    let (product, overflows) = count.multipliedReportingOverflow(by: flood.occupation)
    let work = overflows ? Microseconds.beyond : min(product, Microseconds.beyond)
    // The slot never falls idle, or idles before the first frame, or (when the frames come slower
    // than they are sent) before the last one.
    let end = max(busyUntil + work, flood.arrival(first) + work, last + flood.occupation)
    guard let longestWait else { return min(end, Microseconds.beyond) }
    return max(busyUntil, min(end, last + longestWait + flood.occupation))
  }
}
