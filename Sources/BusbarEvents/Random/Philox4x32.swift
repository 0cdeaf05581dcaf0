/// The counter-based generator Philox4x32 with ten rounds.
///
/// A keyed bijection of 128 bits, whose outputs for successive counters pass the statistical
/// batteries of TestU01 [1, table 2].
///
/// 1. J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel Random Numbers: As Easy as
///    1, 2, 3", SC 2011, doi:10.1145/2063384.2063405, section 5.
enum Philox4x32 {
  /// The multipliers of the two halves of a round [1, section 5.3].
  private static let multiplier: (UInt64, UInt64) = (0xD251_1F53, 0xCD9E_8D57)
  /// What is added to the key between rounds: the golden ratio, and the square root of 3 minus 1.
  private static let keyStep: (UInt32, UInt32) = (0x9E37_79B9, 0xBB67_AE85)

  /// Returns the four words that belong to a counter under a key.
  static func block(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (x0, x1, x2, x3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let first = multiplier.0 * UInt64(x0)
      let second = multiplier.1 * UInt64(x2)
      x0 = UInt32(truncatingIfNeeded: second >> 32) ^ x1 ^ k0
      x1 = UInt32(truncatingIfNeeded: second)
      x2 = UInt32(truncatingIfNeeded: first >> 32) ^ x3 ^ k1
      x3 = UInt32(truncatingIfNeeded: first)
      k0 &+= keyStep.0
      k1 &+= keyStep.1
    }
    return SIMD4(x0, x1, x2, x3)
  }

  /// Returns the two 64-bit words that belong to a counter of two 64-bit words, low word first.
  static func block(low: UInt64, high: UInt64, key: UInt64) -> (UInt64, UInt64) {
    let words = block(
      SIMD4(
        UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32),
        UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32)),
      key: SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)))
    return (
      UInt64(words[1]) << 32 | UInt64(words[0]), UInt64(words[3]) << 32 | UInt64(words[2])
    )
  }
}
