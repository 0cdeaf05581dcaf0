/// A rolling 128-bit hash over the events of a run, in the order in which they happened.
///
/// Two runs with the same hash had, beyond reasonable doubt, the same events at the same instants.
/// Not a cryptographic hash. Each word is mixed by the finaliser of SplitMix64 [1] into two lanes
/// with different additive constants.
///
/// 1. G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators",
///    OOPSLA 2014, doi:10.1145/2660193.2660195.
public struct EventLogHash: Hashable, Sendable, Codable, CustomStringConvertible {
  private var high: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var low: UInt64 = 0xD1B5_4A32_D192_ED03
  /// The number of events absorbed.
  public private(set) var count = 0

  /// Makes the hash of an empty log.
  public init() {}

  /// Absorbs one event: its key, the kind of event, and what it carried.
  public mutating func absorb(_ key: EventKey, kind: UInt64, payload: UInt64) {
    absorb(key.instantBits)
    absorb(key.senderBits)
    absorb(kind)
    absorb(payload)
    count += 1
  }

  private mutating func absorb(_ word: UInt64) {
    high = Self.mix(high ^ word &+ 0x9E37_79B9_7F4A_7C15)
    low = Self.mix(low &+ word ^ 0xD6E8_FEB8_6659_FD93) &+ high
  }

  private static func mix(_ word: UInt64) -> UInt64 {
    var bits = word
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  /// The hash as 32 hexadecimal digits.
  public var description: String {
    [high, low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
