/// The random numbers of one entity for one purpose.
///
/// Each stream is its own, so that one more device disturbs the draws of no other, and a longer run
/// extends those of a shorter one. A value: a copy goes on with the same numbers independently. The
/// state is where the stream stands, nothing more: word n of a stream is a function of the stream
/// and of n (Philox4x32-10; J. K. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3",
/// SC 2011, doi:10.1145/2063384.2063405).
public struct RandomStream: Sendable, Hashable, Codable, RandomNumberGenerator {
  private let key: UInt64
  /// The upper half of the generator's counter; the lower half counts blocks of two words.
  private let stream: UInt64
  /// The number of 64-bit words drawn so far.
  private var position: UInt64 = 0

  /// Makes the stream of an entity and a purpose, such as `("house-12/ev", "arrival")`, at its start.
  ///
  /// Streams of other seeds, entities or purposes are statistically independent: two of n streams
  /// are the same with a probability of about n² / 2¹²⁹.
  public init(seed: UInt64, entity: String, purpose: String) {
    var digest = StreamDigest()
    digest.absorb(seed)
    digest.absorb(entity)
    digest.absorb(purpose)
    key = digest.words.0
    stream = digest.words.1
  }

  /// Returns 64 random bits.
  public mutating func next() -> UInt64 {
    let block = Philox4x32.block(low: position >> 1, high: stream, key: key)
    defer { position &+= 1 }
    return position & 1 == 0 ? block.0 : block.1
  }

  /// Returns a number from 0 to below 1, a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Decides whether something happens: never with probability 0, always with probability 1.
  ///
  /// Takes one word from the stream whatever the probability is, so that a change of it shifts no
  /// later draw.
  public mutating func happens(withProbability probability: Double) -> Bool {
    precondition((0...1).contains(probability), "A probability lies between 0 and 1.")
    return uniform() < probability
  }
}

/// Digests what names a stream to 128 bits.
///
/// A chain of Philox blocks in the form of Davies and Meyer: each word of the message is the key
/// under which the state so far is mixed. A text is preceded by its length, so that its end is part
/// of the message. Not a cryptographic hash.
private struct StreamDigest {
  private(set) var words: (UInt64, UInt64) = (0, 0)

  mutating func absorb(_ word: UInt64) {
    let block = Philox4x32.block(low: words.0, high: words.1, key: word)
    words = (words.0 ^ block.0, words.1 ^ block.1)
  }

  mutating func absorb(_ text: String) {
    absorb(UInt64(text.utf8.count))
    var (word, length): (UInt64, UInt64) = (0, 0)
    for byte in text.utf8 {
      word |= UInt64(byte) << (8 * length)
      length += 1
      if length == 8 {
        absorb(word)
        (word, length) = (0, 0)
      }
    }
    if length > 0 { absorb(word) }
  }
}
