internal import Foundation

/// Numbers that are encoded as one piece of bytes, for states with very many of them.
///
/// Each number takes eight bytes, least significant first, so that every bit comes back.
public struct PackedNumbers: Codable, Hashable, Sendable {
  /// The numbers.
  public var values: [Double]

  /// Packs numbers.
  public init(_ values: [Double]) { self.values = values }

  public init(from decoder: any Decoder) throws {
    let bytes = [UInt8](try decoder.singleValueContainer().decode(Data.self))
    guard bytes.count % 8 == 0 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a number lacks some bytes"))
    }
    values = stride(from: 0, to: bytes.count, by: 8).map { start in
      var bits: UInt64 = 0
      for place in (start..<(start + 8)).reversed() { bits = bits << 8 | UInt64(bytes[place]) }
      return Double(bitPattern: bits)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 8)
    for value in values {
      var bits = value.bitPattern
      for _ in 0..<8 {
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
      }
    }
    var container = encoder.singleValueContainer()
    try container.encode(Data(bytes))
  }
}
