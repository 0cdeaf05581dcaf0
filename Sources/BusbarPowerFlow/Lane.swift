/// The number that the kernel computes with: one scenario, or several in lock step.
///
/// The sweep is written once over this protocol and specialised for each conforming type in this
/// module. A value holds the same quantity of `width` scenarios, which lie side by side in memory.
protocol Lane {
  /// The number of scenarios in one value.
  static var width: Int { get }
  init(repeating value: Double)
  init(loading address: UnsafePointer<Double>)
  func store(to address: UnsafeMutablePointer<Double>)
  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
  /// The larger of two values in each lane; the second one where they cannot be compared.
  static func larger(_ left: Self, _ right: Self) -> Self
}

extension Double: Lane {
  @inline(__always) static var width: Int { 1 }
  @inline(__always) init(repeating value: Double) { self = value }
  @inline(__always) init(loading address: UnsafePointer<Double>) {
    // SAFETY: the kernel passes addresses inside the buffers that it was given.
    self = unsafe address.pointee
  }
  @inline(__always) func store(to address: UnsafeMutablePointer<Double>) {
    // SAFETY: as above.
    unsafe address.pointee = self
  }
  @inline(__always) static func larger(_ left: Double, _ right: Double) -> Double {
    left >= right ? left : right
  }
}
