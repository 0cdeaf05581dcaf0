internal import BusbarEvents

/// A row as one piece of bytes, because there may be thousands of meters in each of thousands.
extension MeterRow {
  /// The row's number and end, then the values, clock errors and flags of all meters.
  ///
  /// Whole numbers and bit patterns of reals, least significant byte first.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount(meters: meterCount))
    append(UInt64(bitPattern: Int64(number)), to: &bytes)
    append(UInt64(bitPattern: end.milliseconds), to: &bytes)
    for value in values { append(value.bitPattern, to: &bytes) }
    for error in clockErrors { append(UInt32(bitPattern: error), to: &bytes) }
    for flag in flags { bytes.append(flag.rawValue) }
    return bytes
  }

  /// Makes a row from its bytes; nil when they are not those of a row.
  public init?(bytes: [UInt8]) {
    let perMeter = 4 * Self.valuesPerMeter + 5
    guard bytes.count >= 16, (bytes.count - 16) % perMeter == 0 else { return nil }
    let meters = (bytes.count - 16) / perMeter
    func word(at place: Int) -> UInt32 {
      (0..<4).reversed().reduce(0) { $0 << 8 | UInt32(bytes[place + $1]) }
    }
    func long(at place: Int) -> Int64 {
      Int64(bitPattern: UInt64(word(at: place + 4)) << 32 | UInt64(word(at: place)))
    }
    let errors = 16 + 4 * Self.valuesPerMeter * meters
    let flags = errors + 4 * meters
    guard let number = Int(exactly: long(at: 0)), number >= 0 else { return nil }
    self.init(
      number: number, end: SimulationTime(milliseconds: long(at: 8)),
      values: (0..<Self.valuesPerMeter * meters).map {
        Float(bitPattern: word(at: 16 + 4 * $0))
      },
      flags: (0..<meters).map { MeterRecordFlags(rawValue: bytes[flags + $0]) },
      clockErrors: (0..<meters).map { Int32(bitPattern: word(at: errors + 4 * $0)) })
  }

  /// The length of `bytes` for a number of meters.
  public static func byteCount(meters: Int) -> Int { 16 + meters * (4 * valuesPerMeter + 5) }

  private func append<Word: FixedWidthInteger>(_ word: Word, to bytes: inout [UInt8]) {
    var rest = word
    for _ in 0..<Word.bitWidth / 8 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }
}
