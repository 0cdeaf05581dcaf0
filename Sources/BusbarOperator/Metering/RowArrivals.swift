internal import BusbarDevices
internal import BusbarEvents

/// Which meters' records of one row have arrived, and how fast.
struct RowArrivals: Sendable, Hashable, Codable {
  /// One bit for each meter; empty once the row is complete.
  private var bits: [UInt64]
  private let meterCount: Int
  /// Records that arrived with values.
  private(set) var arrived = 0
  /// Records of which the head-end learned that the meter registered nothing.
  private(set) var absent = 0
  private(set) var late = 0
  private(set) var delaySeconds = 0.0
  private(set) var longestDelay = Interval.zero
  /// For each delay of the plan, the records that arrived within it but not within the one before.
  private(set) var byDelay: [Int]
  private(set) var completion: SimulationTime?

  init(meterCount: Int, delays: Int) {
    self.meterCount = meterCount
    bits = Array(repeating: 0, count: (meterCount + 63) / 64)
    byDelay = Array(repeating: 0, count: delays)
  }

  var settled: Int { arrived + absent }
  var isComplete: Bool { settled == meterCount }

  func isSettled(_ meter: Int) -> Bool {
    isComplete || bits[meter >> 6] >> UInt64(meter & 63) & 1 == 1
  }

  mutating func settle(_ meter: Int) { bits[meter >> 6] |= 1 << UInt64(meter & 63) }

  mutating func countArrival(after delay: Interval, late isLate: Bool, delays: [Interval]) {
    arrived += 1
    if isLate { late += 1 }
    delaySeconds += delay.seconds
    longestDelay = max(longestDelay, delay)
    if let slot = delays.firstIndex(where: { delay <= $0 }) { byDelay[slot] += 1 }
  }

  mutating func countAbsence() { absent += 1 }

  /// Frees the bits of a row to which nothing can be added any more.
  mutating func close(at now: SimulationTime) {
    guard isComplete, completion == nil else { return }
    completion = now
    bits = []
  }
}
