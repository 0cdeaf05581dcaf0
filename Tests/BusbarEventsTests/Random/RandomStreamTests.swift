import BusbarTestSupport
import Foundation
import Testing

@testable import BusbarEvents

struct Philox4x32Tests {
  /// The known answers of Random123, file `kat_vectors`, lines `philox4x32 10`.
  @Test(arguments: [
    (
      SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4<UInt32>(repeating: .max), SIMD2<UInt32>(repeating: .max),
      SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
      SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func aBlockIsThePublishedOne(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>
  ) {
    #expect(Philox4x32.block(counter, key: key) == expected)
  }

  @Test func wordsOf64BitsHoldTheLowHalfFirst() {
    let (low, high) = Philox4x32.block(
      low: 0x85a3_08d3_243f_6a88, high: 0x0370_7344_1319_8a2e, key: 0x299f_31d0_a409_3822)
    #expect(low == 0x94fd_cceb_d16c_fe09)
    #expect(high == 0x2412_6ea1_5001_e420)
  }
}

/// Design, section 4: each draw comes from a stream keyed by seed, entity and purpose.
struct RandomStreamTests {
  private static func words(_ stream: RandomStream, _ count: Int = 1_000) -> [UInt64] {
    var stream = stream
    return (0..<count).map { _ in stream.next() }
  }

  private static let stream = RandomStream(seed: 7, entity: "house-12/ev", purpose: "arrival")

  @Test func theSameNameGivesTheSameNumbers() {
    let again = RandomStream(seed: 7, entity: "house-12/ev", purpose: "arrival")
    #expect(Self.words(again) == Self.words(Self.stream))
  }

  @Test func anyOtherSeedEntityOrPurposeGivesNumbersThatNeverMeet() {
    let names: [(UInt64, String, String)] = [
      (7, "house-12/ev", "arrival"), (8, "house-12/ev", "arrival"),
      (7 << 32, "house-12/ev", "arrival"), (7, "house-13/ev", "arrival"),
      (7, "house-12/ev", "departure"), (7, "arrival", "house-12/ev"), (7, "", "arrival"),
      (7, "house-12/e", "varrival"), (7, "house-12/eva", "rrival"), (7, "house-12/ev\0", "arrival"),
      (7, "a", "bc"), (7, "ab", "c"), (7, "abc", ""), (7, "", "abc"), (7, "", ""), (0, "", ""),
    ]
    var seen: Set<UInt64> = []
    for (seed, entity, purpose) in names {
      seen.formUnion(Self.words(RandomStream(seed: seed, entity: entity, purpose: purpose)))
    }
    // 16,000 words of 64 bits coincide with a probability of 7e-12.
    #expect(seen.count == names.count * 1_000)
  }

  @Test(arguments: [1, 2, 17, 500])
  func aLongerSequenceExtendsAShorterOne(length: Int) {
    #expect(Self.words(Self.stream).starts(with: Self.words(Self.stream, length)))
  }

  @Test func aCopyGoesOnWithTheSameNumbersOnItsOwn() {
    var stream = Self.stream
    _ = stream.next()
    var copy = stream
    let ahead = (0..<10).map { _ in copy.draw(.normal(mean: 0, standardDeviation: 1)) }
    #expect(copy != stream)
    #expect((0..<10).map { _ in stream.draw(.normal(mean: 0, standardDeviation: 1)) } == ahead)
    #expect(copy == stream)
  }

  @Test(arguments: [0, 1, 2, 333])
  func aDecodedStreamGoesOnWhereTheEncodedOneStood(drawn: Int) throws {
    var stream = Self.stream
    for _ in 0..<drawn { _ = stream.draw(.gamma(shape: 0.7, scale: 2)) }
    let decoded = try JSONDecoder().decode(
      RandomStream.self, from: JSONEncoder().encode(stream))
    #expect(decoded == stream)
    #expect(Self.words(decoded) == Self.words(stream))
  }

  @Test func uniformNumbersLieFromZeroToBelowOne() {
    var stream = Self.stream
    for _ in 0..<100_000 {
      let number = stream.uniform()
      #expect(number >= 0 && number < 1)
    }
  }

  @Test func whatHasProbabilityZeroNeverHappensAndOneAlways() {
    var stream = Self.stream
    for _ in 0..<10_000 {
      let (never, always) = (
        stream.happens(withProbability: 0), stream.happens(withProbability: 1)
      )
      #expect(!never && always)
    }
  }

  /// A count of n trials has the standard deviation √(n p (1 − p)); five of them are exceeded
  /// with a probability of 6e-7.
  @Test(arguments: [0.01, 0.5, 0.93])
  func whatIsProbableHappensAsOften(probability: Double) {
    var stream = Self.stream
    let count = 100_000
    let happened = (0..<count).count { _ in stream.happens(withProbability: probability) }
    let deviation = (Double(count) * probability * (1 - probability)).squareRoot()
    #expect(abs(Double(happened) - Double(count) * probability) < 5 * deviation)
  }

  @Test func aDecisionTakesOneWordWhateverItsProbability() {
    let after = [0, 0.3, 1].map { probability in
      var stream = Self.stream
      _ = stream.happens(withProbability: probability)
      return stream
    }
    #expect(Set(after).count == 1)
  }

  /// Each bit of a fair word is set with probability 1/2: 64 binomial counts of 100,000 words, with
  /// the standard deviation √n / 2; five are exceeded by one of 64 with a probability of 4e-5.
  @Test func eachBitIsSetHalfOfTheTime() {
    let count = 100_000
    var set = Array(repeating: 0, count: 64)
    var stream = Self.stream
    for _ in 0..<count {
      let word = stream.next()
      for bit in 0..<64 where word >> bit & 1 == 1 { set[bit] += 1 }
    }
    let bound = 5 * Double(count).squareRoot() / 2
    for bit in 0..<64 { #expect(abs(Double(set[bit]) - Double(count) / 2) < bound) }
  }
}
