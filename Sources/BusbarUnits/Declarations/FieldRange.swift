/// The values that a numeric field allows, in stored units.
public struct FieldRange: Sendable, Hashable {
  /// One end of a range.
  public enum End: Sendable, Hashable {
    case unbounded
    /// The value itself is allowed.
    case closed(Double)
    /// The value itself is not allowed.
    case open(Double)
  }

  /// The lower end.
  public let lower: End
  /// The upper end.
  public let upper: End

  /// Creates a range from its two ends.
  public init(from lower: End, to upper: End) {
    self.lower = lower
    self.upper = upper
  }

  /// All finite numbers.
  public static let any = FieldRange(from: .unbounded, to: .unbounded)
  /// More than 0.
  public static let positive = FieldRange(from: .open(0), to: .unbounded)
  /// 0 and more.
  public static let nonNegative = FieldRange(from: .closed(0), to: .unbounded)
  /// Time in ms from 0 to 200 years, the longest run: instants stay within what a run can count.
  public static let time = FieldRange(from: .closed(0), to: .closed(longestTime))
  /// Time in ms of more than 0, up to 200 years.
  public static let positiveTime = FieldRange(from: .open(0), to: .closed(longestTime))
  private static let longestTime = 200 * 366 * 86_400_000.0
  /// From 0 to 1, both allowed.
  public static let fraction = FieldRange(from: .closed(0), to: .closed(1))

  /// Allows both ends and what lies between them.
  public static func closed(_ values: ClosedRange<Double>) -> FieldRange {
    FieldRange(from: .closed(values.lowerBound), to: .closed(values.upperBound))
  }

  /// Allows the value and all above it.
  public static func atLeast(_ value: Double) -> FieldRange {
    FieldRange(from: .closed(value), to: .unbounded)
  }

  /// Allows the value and all below it.
  public static func atMost(_ value: Double) -> FieldRange {
    FieldRange(from: .unbounded, to: .closed(value))
  }

  /// Allows what is larger than the value.
  public static func above(_ value: Double) -> FieldRange {
    FieldRange(from: .open(value), to: .unbounded)
  }

  /// Allows what is smaller than the value.
  public static func below(_ value: Double) -> FieldRange {
    FieldRange(from: .unbounded, to: .open(value))
  }

  /// Whether `value`, in stored units, is allowed; a value that is not finite never is.
  public func contains(_ value: Double) -> Bool {
    guard value.isFinite else { return false }
    let isHighEnough =
      switch lower {
      case .unbounded: true
      case .closed(let end): value >= end
      case .open(let end): value > end
      }
    let isLowEnough =
      switch upper {
      case .unbounded: true
      case .closed(let end): value <= end
      case .open(let end): value < end
      }
    return isHighEnough && isLowEnough
  }

  /// Returns the range in words and in a unit, such as `more than 0 km and at most 5 km`.
  public func description(in unit: UnitOfMeasure) -> String {
    func text(_ end: Double) -> String {
      let number = plainDecimal(unit.amount(ofStored: end))
      return switch unit.symbol {
      case "": number
      case let symbol: "\(number) \(symbol)"
      }
    }
    let low: String? =
      switch lower {
      case .unbounded: nil
      case .closed(let end): "at least \(text(end))"
      case .open(let end): "more than \(text(end))"
      }
    let high: String? =
      switch upper {
      case .unbounded: nil
      case .closed(let end): "at most \(text(end))"
      case .open(let end): "less than \(text(end))"
      }
    if case (.closed(let first), .closed(let last)) = (lower, upper) {
      return first == last ? "exactly \(text(first))" : "from \(text(first)) to \(text(last))"
    }
    let parts = [low, high].compactMap(\.self)
    return parts.isEmpty ? "any number" : parts.joined(separator: " and ")
  }
}

/// Returns `5` rather than `5.0`, for sentences.
public func plainDecimal(_ value: Double) -> String {
  if let whole = Int(exactly: value), abs(whole) < 1_000_000_000_000 { return String(whole) }
  return String(value)
}
