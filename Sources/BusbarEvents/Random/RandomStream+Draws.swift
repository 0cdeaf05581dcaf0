internal import CGSL
internal import RealModule

/// GSL's distributions over the words of a stream.
extension RandomStream {
  /// Returns a draw from a distribution, which has no fault.
  ///
  /// Takes as many words from the stream as GSL's method for that distribution needs.
  public mutating func draw(_ distribution: Distribution) -> Double {
    distribution.checkFit()
    return switch distribution {
    case .constant(let value): value
    case .uniform(let from, let to): from + (to - from) * uniform()
    case .normal(let mean, let deviation):
      unsafe mean + sample { unsafe gsl_ran_gaussian_ziggurat($0, deviation) }
    case .lognormal(let median, let sigma):
      unsafe median * Double.exp(sample { unsafe gsl_ran_gaussian_ziggurat($0, sigma) })
    case .exponential(let mean): unsafe sample { unsafe gsl_ran_exponential($0, mean) }
    case .gamma(let shape, let scale): unsafe sample { unsafe gsl_ran_gamma($0, shape, scale) }
    case .weibull(let scale, let shape): unsafe sample { unsafe gsl_ran_weibull($0, scale, shape) }
    case .shifted(let minimum, let rest): minimum + draw(rest)
    }
  }

  /// Calls a function of GSL with a generator whose state is this stream.
  private mutating func sample(_ method: (UnsafePointer<gsl_rng>) -> Double) -> Double {
    // SAFETY: all three values live on the stack until `method` has returned, and no function
    // behind it keeps the pointers: GSL's samplers only call `get` and `get_double`.
    unsafe withUnsafeMutablePointer(to: &self) { stream in
      var type = unsafe Self.generatorType
      return unsafe withUnsafePointer(to: &type) { type in
        var generator = unsafe gsl_rng(type: type, state: stream)
        return unsafe withUnsafePointer(to: &generator) { unsafe method($0) }
      }
    }
  }

  /// What GSL needs to know of a generator: its range, and how it gives integers and reals.
  private static var generatorType: gsl_rng_type {
    // SAFETY: the state that GSL hands over is the stream that `sample` gave it.
    unsafe gsl_rng_type(
      name: nil, max: UInt.max, min: 0, size: MemoryLayout<RandomStream>.size, set: nil,
      get: { state in
        UInt(
          unsafe state.unsafelyUnwrapped.assumingMemoryBound(to: RandomStream.self).pointee.next())
      },
      get_double: { state in
        unsafe state.unsafelyUnwrapped.assumingMemoryBound(to: RandomStream.self).pointee.uniform()
      })
  }
}
