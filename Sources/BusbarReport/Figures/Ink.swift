/// A colour by what it means; a ``Theme`` says which one it is.
public enum Ink: Sendable, Hashable {
  /// One of the colours for things that differ in kind, by its number; they repeat.
  case series(Int)
  /// A conductor by its name: a, b, c, n or a number.
  case conductor(String)
  /// A class of several from low to high, by its number.
  case grade(Int, of: Int)
  /// A value on the panel's scale of colours.
  case value(Double)
  /// Limits that should not be crossed.
  case limit
  /// What stands in the background.
  case muted
  /// Text and axes.
  case foreground

  /// A transparent version of an ink stands for a range; this is its share of the colour.
  static let shade = 0.3

  /// The place of a conductor among the colours for kinds; nil for the neutral.
  static func place(ofConductor name: String) -> Int? {
    switch name {
    case "a": 0
    case "b": 1
    case "c": 2
    case "n": nil
    default: Int(name).map { $0 + 2 } ?? 3
    }
  }
}

/// Values as colours, from a key beside the panel.
public struct ColourScale: Sendable, Hashable {
  /// The quantity with its unit.
  public var label: String
  /// The values at both ends.
  public var range: ClosedRange<Double>
  /// The number of colours.
  public var steps: Int

  /// Makes a scale; an empty range is widened, so that it has two ends.
  public init(_ label: String, range: ClosedRange<Double>, steps: Int = 64) {
    precondition(steps > 1, "A scale has more than one colour.")
    self.label = label
    let least = max(abs(range.lowerBound) * 1e-6, 1e-9)
    self.range =
      range.upperBound - range.lowerBound > least
      ? range : (range.lowerBound - least)...(range.upperBound + least)
    self.steps = steps
  }

  /// The place of a value's colour, 0 to `steps` - 1.
  public func step(of value: Double) -> Int {
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return min(max(Int((share * Double(steps)).rounded(.down)), 0), steps - 1)
  }

  /// The value in the middle of a step.
  public func middle(ofStep step: Int) -> Double {
    range.lowerBound
      + (range.upperBound - range.lowerBound) * (Double(step) + 0.5) / Double(steps)
  }
}
