public import BusbarEvents

/// How a kind of communication link treats a message: how long it takes, and what may go wrong.
///
/// It describes one direction; the other direction is a link of its own. A class says nothing of
/// what is sent, and nothing of who may send at the same time: that is the ``Medium``.
public struct LinkClass: Hashable, Sendable {
  /// The name by which scenarios and tables refer to the class.
  public var name: String
  /// The time from leaving the sender to reaching the receiver, in ms, without the transmission time.
  ///
  /// A draw below zero counts as zero, and one above ten years as ten years.
  public var latency: Distribution
  /// The share of messages that never arrive, between 0 and 1.
  public var loss = 0.0
  /// The share of messages of which the receiver gets a second copy, between 0 and 1.
  public var duplication = 0.0
  /// The share of messages that leave the order of the others, between 0 and 1.
  ///
  /// Such a message takes a detour, that is a second draw of the latency on top of the first. It
  /// neither waits for messages sent before it nor holds back those sent after it; all others arrive
  /// in the order in which they were sent.
  public var reordering = 0.0
  /// The rate of transmission in bit/s; nil when a transmission takes no time worth counting.
  public var bitsPerSecond: Double?
  /// What the protocol adds to each message, in bytes.
  public var overheadBytes = 0
  /// The answer that the protocol itself gives to each message; nil when it gives none.
  public var confirmation: Confirmation?
  /// When the link fails by itself; nil for a link that does not.
  public var outages: OutageProcess?
  /// Whether the link works only while its ends have supply.
  public var supply = SupplyDependence.none
  /// Where the figures come from, and which of them nobody has published.
  public var source: String

  /// Makes a class that loses, copies and reorders nothing, from its latency in ms.
  public init(name: String, latency: Distribution, source: String) {
    self.name = name
    self.latency = latency
    self.source = source
  }
}

/// An answer of the protocol, such as the activation confirmation of IEC 60870-5-104.
///
/// The receiver sends it back when the message arrives. It uses the medium of the link, and may be
/// lost with the probability of the link's class.
public struct Confirmation: Hashable, Sendable {
  /// The time from the arrival of the message to that of the confirmation, in ms.
  public var latency: Distribution
  /// The size of the confirmation without the overhead of the protocol, in bytes.
  public var bytes: Int

  /// Makes a confirmation from its latency in ms and its size in bytes.
  public init(latency: Distribution, bytes: Int = 0) {
    self.latency = latency
    self.bytes = bytes
  }
}

/// Failures of a link that come and go whether or not anybody sends.
///
/// The times of working and of failure are exponentially distributed, and the link works at the
/// start. In the long run it fails for the share duration / (between + duration) of the time.
public struct OutageProcess: Hashable, Sendable {
  /// The mean time from the end of an outage to the beginning of the next; above zero.
  public var meanTimeBetween: Interval
  /// The mean length of an outage; above zero.
  public var meanDuration: Interval

  /// Makes a process from the mean times of working and of failure.
  public init(meanTimeBetween: Interval, meanDuration: Interval) {
    self.meanTimeBetween = meanTimeBetween
    self.meanDuration = meanDuration
  }

  /// The share of the time, between 0 and 1, for which the link fails in the long run.
  public var unavailability: Double {
    meanDuration.seconds / (meanTimeBetween.seconds + meanDuration.seconds)
  }
}

/// Whether a link needs the supply of the buses at which its ends stand.
public enum SupplyDependence: String, Hashable, Sendable, Codable, CaseIterable {
  /// It works whatever happens to the grid.
  case none
  /// It works only while both ends have supply, so that a power cut also cuts the messages.
  case ends
}

extension LinkClass {
  /// The same class with latencies that scatter about the same median.
  ///
  /// They become lognormal with the standard deviation `sigma` of their logarithm, which is above
  /// zero. It is the way to give a spread to figures that were published without one.
  public func spreadingLatency(sigma: Double) -> LinkClass {
    var result = self
    result.latency = .lognormal(median: latency.quantile(0.5), sigma: sigma)
    if let confirmation {
      result.confirmation?.latency = .lognormal(
        median: confirmation.latency.quantile(0.5), sigma: sigma)
    }
    return result
  }

  /// The time in ms that a message of a size in bytes occupies the medium.
  public func transmissionMilliseconds(bytes: Int) -> Double {
    guard let bitsPerSecond else { return 0 }
    return Double(8 * (bytes + overheadBytes)) / bitsPerSecond * 1_000
  }

  /// The median time in ms until a message has arrived, and been confirmed where that is usual.
  ///
  /// It counts latencies and transmission times, but no waiting for a medium.
  public func medianMilliseconds(bytes: Int = 0) -> Double {
    var median = transmissionMilliseconds(bytes: bytes) + latency.quantile(0.5)
    if let confirmation {
      median += transmissionMilliseconds(bytes: confirmation.bytes)
      median += confirmation.latency.quantile(0.5)
    }
    return median
  }
}
