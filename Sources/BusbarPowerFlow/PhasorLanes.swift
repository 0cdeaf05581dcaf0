/// A phasor of one scenario, or of several in lock step, as the kernel computes with it.
///
/// The sweep is written once over this protocol and specialised for each conforming type in this
/// module. In memory a value is the real parts of all lanes, then the imaginary parts.
protocol PhasorLanes {
  /// A real quantity of each lane.
  associatedtype Real: RealLanes

  /// The number of scenarios in one value.
  static var width: Int { get }
  static var zero: Self { get }
  init(loading address: UnsafePointer<Double>)
  func store(to address: UnsafeMutablePointer<Double>)
  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Real) -> Self
  /// The phasor times the imaginary unit.
  var rotated: Self { get }
  /// The square of the magnitude.
  var squaredMagnitude: Real { get }
}

/// A real number for each lane.
protocol RealLanes {
  init(repeating value: Double)
  init(loading address: UnsafePointer<Double>)
  static func + (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
  /// The larger of two values in each lane; the second one where they cannot be compared.
  ///
  /// Written so that it becomes one instruction of the processor.
  static func larger(_ left: Self, _ right: Self) -> Self
}

/// The phasor of a single scenario; real and imaginary part share one vector register.
struct SinglePhasor: PhasorLanes {
  typealias Real = Double

  @usableFromInline var parts: SIMD2<Double>

  @inline(__always) init(_ parts: SIMD2<Double>) { self.parts = parts }
  @inline(__always) static var width: Int { 1 }
  @inline(__always) static var zero: SinglePhasor { SinglePhasor(.zero) }
  @inline(__always) init(loading address: UnsafePointer<Double>) {
    // SAFETY: the kernel passes addresses of two numbers inside the buffers that it was given.
    parts = unsafe SIMD2(address[0], address[1])
  }
  @inline(__always) func store(to address: UnsafeMutablePointer<Double>) {
    // SAFETY: as above.
    unsafe address[0] = parts.x
    unsafe address[1] = parts.y
  }
  @inline(__always) static func + (left: SinglePhasor, right: SinglePhasor) -> SinglePhasor {
    SinglePhasor(left.parts + right.parts)
  }
  @inline(__always) static func - (left: SinglePhasor, right: SinglePhasor) -> SinglePhasor {
    SinglePhasor(left.parts - right.parts)
  }
  @inline(__always) static func * (left: SinglePhasor, right: Double) -> SinglePhasor {
    SinglePhasor(left.parts * right)
  }
  @inline(__always) var rotated: SinglePhasor { SinglePhasor(SIMD2(-parts.y, parts.x)) }
  @inline(__always) var squaredMagnitude: Double {
    let squares = parts * parts
    return squares.x + squares.y
  }
}

extension Double: RealLanes {
  @inline(__always) init(repeating value: Double) { self = value }
  @inline(__always) init(loading address: UnsafePointer<Double>) {
    // SAFETY: the kernel passes addresses inside the buffers that it was given.
    self = unsafe address.pointee
  }
  @inline(__always) static func larger(_ left: Double, _ right: Double) -> Double {
    left > right ? left : right
  }
}
