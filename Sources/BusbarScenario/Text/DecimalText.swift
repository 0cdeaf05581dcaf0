/// A decimal number as it was written: digits, an optional fraction, an optional exponent.
///
/// Its value is `mantissa` times ten to the power of `exponent`.
struct DecimalText {
  let isNegative: Bool
  let mantissa: UInt64
  let exponent: Int
  /// Whether all digits fit into `mantissa`.
  let isExact: Bool

  /// Why a text is not a finite decimal number.
  enum Fault: Error, Hashable {
    case empty, notANumber, notFinite, hexadecimal, digitSeparator, decimalComma, tooLarge
    case sexagesimal

    /// What is wrong, to follow `'x' `.
    var problem: String {
      switch self {
      case .empty: "is empty"
      case .notANumber: "is not a number"
      case .notFinite: "is not a finite number"
      case .hexadecimal: "is not a decimal number"
      case .digitSeparator: "has separators between its digits"
      case .decimalComma: "has a decimal comma"
      case .sexagesimal: "is not a decimal number"
      case .tooLarge: "is too large for a number"
      }
    }

    var remedy: String {
      switch self {
      case .empty: "write a number"
      case .notANumber: "write a decimal number, such as 12.5 or 1e-3"
      case .notFinite: "write a finite number; leave out what is not known"
      case .hexadecimal: "write the number with decimal digits"
      case .digitSeparator: "write the digits without separators"
      case .decimalComma: "use a decimal point"
      case .sexagesimal: "write one decimal number instead of hours and minutes"
      case .tooLarge: "write a number below 1.8e308"
      }
    }
  }

  /// Scans the longest number at the start of `bytes` and returns it with its length in bytes.
  @inline(__always)
  static func scan(_ bytes: Span<UInt8>, from start: Int) -> (DecimalText, end: Int)? {
    var i = start
    let count = bytes.count
    var isNegative = false
    if i < count, bytes[i] == 0x2D || bytes[i] == 0x2B {
      isNegative = bytes[i] == 0x2D
      i += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var dropped = 0
    var fraction = 0
    var isExact = true
    var isInFraction = false
    while i < count {
      let digit = bytes[i] &- 0x30
      if digit < 10 {
        digits += 1
        if mantissa < 1_000_000_000_000_000_000 {
          mantissa = mantissa &* 10 &+ UInt64(digit)
          if isInFraction { fraction += 1 }
        } else {
          isExact = isExact && digit == 0
          if !isInFraction { dropped += 1 }
        }
      } else if bytes[i] == 0x2E && !isInFraction {
        isInFraction = true
      } else {
        break
      }
      i += 1
    }
    guard digits > 0 else { return nil }
    var exponent = dropped - fraction
    if i < count, bytes[i] | 0x20 == 0x65 {
      var j = i + 1
      var isDown = false
      if j < count, bytes[j] == 0x2D || bytes[j] == 0x2B {
        isDown = bytes[j] == 0x2D
        j += 1
      }
      let first = j
      var power = 0
      while j < count, bytes[j] &- 0x30 < 10 {
        power = min(power * 10 + Int(bytes[j] &- 0x30), 1_000_000)
        j += 1
      }
      if j > first {
        exponent += isDown ? -power : power
        i = j
      }
    }
    let number = DecimalText(
      isNegative: isNegative, mantissa: mantissa, exponent: exponent, isExact: isExact)
    return (number, i)
  }

  /// The value rounded to the nearest `Double`, if that takes only a few operations.
  @inline(__always)
  var quickValue: Double? {
    guard isExact, exponent >= -19, exponent <= 22 else { return nil }
    let magnitude: Double
    if mantissa <= 1 << 53 {
      // Both numbers are exact, so that one operation rounds once.
      magnitude =
        exponent < 0
        ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
    } else if exponent <= 0 {
      magnitude = Self.quotient(mantissa, byTenToThe: -exponent)
    } else {
      return nil
    }
    return isNegative ? -magnitude : magnitude
  }

  /// Divides in 64-bit integers, of which the lowest bit keeps that there is a remainder.
  ///
  /// The quotient has at least 62 significant bits, so its conversion rounds as if it were exact.
  private static func quotient(_ mantissa: UInt64, byTenToThe power: Int) -> Double {
    let divisor = wholePowersOfTen[power]
    let (shift, divisorShift) = (mantissa.leadingZeroBitCount, divisor.leadingZeroBitCount)
    let (quotient, remainder) = (divisor << divisorShift).dividingFullWidth(
      ((mantissa << shift) >> 1, (mantissa << shift) << 63))
    let significand = Double(quotient | (remainder == 0 ? 0 : 1))
    let scale = Double(sign: .plus, exponent: divisorShift - shift - 63, significand: 1)
    return significand * scale
  }

  /// Returns the number times `factor` if it is whole and fits.
  func whole(times factor: Int64 = 1) -> Int64? {
    guard isExact, mantissa <= UInt64(Int64.max) else { return nil }
    if mantissa == 0 { return 0 }
    let (product, isTooLarge) = Int64(mantissa).multipliedReportingOverflow(by: factor)
    if isTooLarge { return nil }
    var value = product
    for _ in 0..<min(abs(exponent), 40) {
      if exponent < 0 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10)
        guard remainder == 0 else { return nil }
        value = quotient
      } else {
        let (larger, isTooLarge) = value.multipliedReportingOverflow(by: 10)
        if isTooLarge { return nil }
        value = larger
      }
    }
    return isNegative ? -value : value
  }
}

/// The powers of ten that a `Double` holds exactly.
private let powersOfTen: InlineArray<23, Double> = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

/// The powers of ten that a `UInt64` holds.
private let wholePowersOfTen: InlineArray<20, UInt64> = [
  1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
  1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
  1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]
