public import BusbarEvents

/// Values over time given as input: each holds for one step, the first from the start of the run.
public struct Profile: Hashable, Sendable {
  /// The user's name of the profile.
  public let id: String
  /// How long each value holds; above zero.
  public let step: Interval
  /// The values, all finite, at least one.
  public let values: [Double]

  /// Makes a profile.
  public init(id: String, step: Interval, values: [Double]) {
    precondition(step > .zero && !values.isEmpty, "A profile has a step and at least one value.")
    precondition(values.allSatisfy(\.isFinite), "The values of a profile are finite.")
    self.id = id
    self.step = step
    self.values = values
  }

  /// The time that the values cover.
  public var duration: Interval {
    Interval(milliseconds: step.milliseconds * Int64(values.count))
  }

  /// The value that holds at an age since the start; the last one holds on after the end.
  public func value(at age: Interval) -> Double {
    let step = age.milliseconds / step.milliseconds
    return values[min(Int(max(step, 0)), values.count - 1)]
  }

  /// The time from an age until the value may change next; nil after the last step has begun.
  public func timeUntilNextStep(after age: Interval) -> Interval? {
    let next = age.milliseconds / step.milliseconds + 1
    guard next < Int64(values.count) else { return nil }
    return Interval(milliseconds: next * step.milliseconds - age.milliseconds)
  }
}
