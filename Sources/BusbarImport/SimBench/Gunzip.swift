/// Unpacks gzip files (RFC 1952), which hold deflated data (RFC 1951).
enum Gunzip {
  /// Why a file cannot be unpacked.
  enum Fault: Error, Hashable {
    case notGzip, truncated, damaged, tooLarge
  }

  /// Returns the content of all members of a file, which together have at most `limit` bytes.
  static func unpacked(_ bytes: [UInt8], limit: Int) throws(Fault) -> [UInt8] {
    var bits = DeflatedBits(bytes)
    var content: [UInt8] = []
    repeat {
      try skipHeader(&bits)
      let start = content.count
      try Inflation.append(&bits, to: &content, limit: limit)
      bits.alignToByte()
      let checksum = UInt32(truncatingIfNeeded: try bits.take(32))
      let length = UInt32(truncatingIfNeeded: try bits.take(32))
      guard length == UInt32(truncatingIfNeeded: content.count - start),
        checksum == self.checksum(content[start...])
      else { throw .damaged }
    } while !bits.isAtEnd
    return content
  }

  private static func skipHeader(_ bits: inout DeflatedBits) throws(Fault) {
    guard try bits.take(16) == 0x8B1F, try bits.take(8) == 8 else { throw .notGzip }
    let flags = try bits.take(8)
    _ = try bits.take(48)
    if flags & 4 != 0 {
      for _ in 0..<(try bits.take(16)) { _ = try bits.take(8) }
    }
    for flag in [8, 16] where flags & flag != 0 {
      while try bits.take(8) != 0 {}
    }
    if flags & 2 != 0 { _ = try bits.take(16) }
  }

  /// CRC-32 of IEEE 802.3, as RFC 1952 wants it.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 != 0 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
    }
  }
}

/// The bits of a file, the lowest of each byte first.
struct DeflatedBits {
  private let bytes: [UInt8]
  private var position = 0
  private var buffer: UInt64 = 0
  private var count = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether no whole byte is left.
  var isAtEnd: Bool { position >= bytes.count && count < 8 }

  /// Takes up to 48 bits as a number.
  @inline(__always)
  mutating func take(_ width: Int) throws(Gunzip.Fault) -> Int {
    fill()
    guard count >= width else { throw .truncated }
    let value = buffer & (1 << UInt64(width) - 1)
    drop(width)
    return Int(value)
  }

  /// The next 15 bits, with zeros behind the end of the file.
  @inline(__always)
  mutating func peek() -> Int {
    fill()
    return Int(buffer & 0x7FFF)
  }

  /// Skips bits that were peeked at.
  @inline(__always)
  mutating func skip(_ width: Int) throws(Gunzip.Fault) {
    guard count >= width else { throw .truncated }
    drop(width)
  }

  mutating func alignToByte() { drop(count & 7) }

  @inline(__always)
  private mutating func drop(_ width: Int) {
    buffer >>= UInt64(width)
    count -= width
  }

  @inline(__always)
  private mutating func fill() {
    while count <= 48 && position < bytes.count {
      buffer |= UInt64(bytes[position]) << UInt64(count)
      position += 1
      count += 8
    }
  }
}
