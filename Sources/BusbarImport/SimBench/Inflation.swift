/// Decodes deflated data, RFC 1951.
enum Inflation {
  /// Appends the content of all blocks up to the last one.
  static func append(
    _ bits: inout DeflatedBits, to content: inout [UInt8], limit: Int
  ) throws(Gunzip.Fault) {
    let start = content.count
    while true {
      let isLast = try bits.take(1) == 1
      switch try bits.take(2) {
      case 0: try copyStored(&bits, to: &content, limit: limit)
      case 1:
        guard let literals = fixedLiterals, let distances = fixedDistances else { throw .damaged }
        try decode(&bits, (literals, distances), to: &content, start, limit)
      case 2:
        let codes = try readCodes(&bits)
        try decode(&bits, codes, to: &content, start, limit)
      default: throw .damaged
      }
      if isLast { return }
    }
  }

  private static func copyStored(
    _ bits: inout DeflatedBits, to content: inout [UInt8], limit: Int
  ) throws(Gunzip.Fault) {
    bits.alignToByte()
    let length = try bits.take(16)
    guard try bits.take(16) == ~length & 0xFFFF else { throw .damaged }
    guard content.count + length <= limit else { throw .tooLarge }
    for _ in 0..<length { content.append(UInt8(try bits.take(8))) }
  }

  // MARK: Codes

  private typealias Codes = (literals: HuffmanCode, distances: HuffmanCode)

  private static let fixedLiterals = HuffmanCode(
    lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = HuffmanCode(lengths: Array(repeating: 5, count: 30))

  /// The order in which the lengths of the code for lengths are written.
  private static let lengthOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  private static func readCodes(_ bits: inout DeflatedBits) throws(Gunzip.Fault) -> Codes {
    let literalCount = try bits.take(5) + 257
    let distanceCount = try bits.take(5) + 1
    let lengthCount = try bits.take(4) + 4
    var lengthLengths = [Int](repeating: 0, count: 19)
    for place in lengthOrder.prefix(lengthCount) { lengthLengths[place] = try bits.take(3) }
    guard let lengthCode = HuffmanCode(lengths: lengthLengths) else { throw .damaged }
    var lengths: [Int] = []
    while lengths.count < literalCount + distanceCount {
      switch try lengthCode.symbol(&bits) {
      case 16:
        guard let last = lengths.last else { throw .damaged }
        lengths += Array(repeating: last, count: try bits.take(2) + 3)
      case 17: lengths += Array(repeating: 0, count: try bits.take(3) + 3)
      case 18: lengths += Array(repeating: 0, count: try bits.take(7) + 11)
      case let length: lengths.append(length)
      }
    }
    guard lengths.count == literalCount + distanceCount,
      let literals = HuffmanCode(lengths: Array(lengths[..<literalCount])),
      let distances = HuffmanCode(lengths: Array(lengths[literalCount...]))
    else { throw .damaged }
    return (literals, distances)
  }

  // MARK: Content

  /// The shortest length, and the shortest distance, of each symbol; and how many bits add to it.
  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]

  private static func decode(
    _ bits: inout DeflatedBits, _ codes: Codes, to content: inout [UInt8], _ start: Int,
    _ limit: Int
  ) throws(Gunzip.Fault) {
    while true {
      let symbol = try codes.literals.symbol(&bits)
      if symbol < 256 {
        guard content.count < limit else { throw .tooLarge }
        content.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      guard symbol - 257 < lengthBase.count else { throw .damaged }
      let length = lengthBase[symbol - 257] + (try bits.take(lengthBits[symbol - 257]))
      let far = try codes.distances.symbol(&bits)
      guard far < distanceBase.count else { throw .damaged }
      let distance = distanceBase[far] + (try bits.take(max(0, far / 2 - 1)))
      guard distance <= content.count - start else { throw .damaged }
      guard content.count + length <= limit else { throw .tooLarge }
      for _ in 0..<length { content.append(content[content.count - distance]) }
    }
  }
}

/// A prefix code whose words of one length follow one another, RFC 1951, section 3.2.2.
struct HuffmanCode {
  /// For each sequence of 15 bits the symbol that it starts with, times 16, plus the word's length.
  private let entries: [UInt16]

  /// Makes a code from the length of each symbol's word; nil when there are too many short words.
  init?(lengths: [Int]) {
    var counts = [Int](repeating: 0, count: 16)
    for length in lengths where length > 0 { counts[length] += 1 }
    var next = [Int](repeating: 0, count: 16)
    for length in 1...15 { next[length] = (next[length - 1] + counts[length - 1]) << 1 }
    guard (1...15).allSatisfy({ next[$0] + counts[$0] <= 1 << $0 }) else { return nil }
    var entries = [UInt16](repeating: 0, count: 1 << 15)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      var word = 0
      for bit in 0..<length where next[length] >> bit & 1 != 0 { word |= 1 << (length - 1 - bit) }
      next[length] += 1
      for place in stride(from: word, to: 1 << 15, by: 1 << length) {
        entries[place] = UInt16(symbol << 4 | length)
      }
    }
    self.entries = entries
  }

  /// Takes the next word and returns its symbol.
  @inline(__always)
  func symbol(_ bits: inout DeflatedBits) throws(Gunzip.Fault) -> Int {
    let entry = entries[bits.peek()]
    guard entry != 0 else { throw .damaged }
    try bits.skip(Int(entry & 15))
    return Int(entry >> 4)
  }
}
