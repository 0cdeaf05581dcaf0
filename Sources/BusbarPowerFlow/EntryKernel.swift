internal import BusbarUnits

/// The currents of the entries of a demand at given voltages, for one lane type.
@safe struct EntryKernel<L: PhasorLanes> {
  /// The terminals of each entry; −1 is earth.
  let plus, minus: UnsafePointer<Int32>
  /// The law of each entry, unless all are constant powers against earth.
  let laws: UnsafePointer<ResponseLaw>?
  let count: Int
  /// Active power of each entry in W.
  let activePower: UnsafePointer<Double>
  /// Reactive power of each entry in var.
  let reactivePower: UnsafePointer<Double>
  /// Where the current of each entry is left, in A.
  let current: UnsafeMutablePointer<Double>

  @inline(__always) private var stride: Int { 2 * L.width }

  // SAFETY (this file): every pointer covers `count` entries, × 2 × width numbers for `current` and
  // × width for the powers; terminals lie within the voltages and the sums, which
  // `FlowSolver.solve` checks. The buffers do not overlap.

  /// Computes the current of each entry and adds what the network does not carry to the terminals.
  @inline(__always)
  func draw(at voltage: UnsafePointer<Double>, addingTo sums: UnsafeMutablePointer<Double>) {
    if let laws = unsafe laws {
      for entry in 0..<count { unsafe drawGeneral(entry, laws, voltage, sums) }
      return
    }
    for entry in 0..<count {
      let terminal = unsafe Int(plus[entry]) &* stride
      let across = unsafe L(loading: voltage + terminal)
      let p = unsafe L.Real(loading: activePower + entry &* L.width)
      let q = unsafe L.Real(loading: reactivePower + entry &* L.width)
      // I = (P − jQ) / V*, the conjugate of the power over that of the voltage.
      let scale = L.Real(repeating: 1) / across.squaredMagnitude
      let drawn = (across * p - across.rotated * q) * scale
      unsafe drawn.store(to: current + entry &* stride)
      unsafe (L(loading: sums + terminal) + drawn).store(to: sums + terminal)
    }
  }

  /// One entry of any law between any two terminals, lane by lane.
  private func drawGeneral(
    _ entry: Int, _ laws: UnsafePointer<ResponseLaw>, _ voltage: UnsafePointer<Double>,
    _ sums: UnsafeMutablePointer<Double>
  ) {
    let law = unsafe laws[entry]
    let from = unsafe Int(plus[entry])
    let to = unsafe Int(minus[entry])
    for lane in 0..<L.width {
      var real = 0.0
      var imaginary = 0.0
      if from >= 0 {
        unsafe real = voltage[from &* stride &+ lane]
        unsafe imaginary = voltage[from &* stride &+ L.width &+ lane]
      }
      if to >= 0 {
        unsafe real -= voltage[to &* stride &+ lane]
        unsafe imaginary -= voltage[to &* stride &+ L.width &+ lane]
      }
      let square = real * real + imaginary * imaginary
      var drawnReal = 0.0
      var drawnImaginary = 0.0
      // Nothing is drawn where there is no voltage at all: a dead terminal.
      if square > 0 {
        let factors = law.factors(at: square.squareRoot())
        let scale = 1 / (law.rated * law.rated)
        let g = unsafe activePower[entry &* L.width &+ lane] * factors.active * scale
        let b = unsafe reactivePower[entry &* L.width &+ lane] * factors.reactive * scale
        drawnReal = g * real + b * imaginary
        drawnImaginary = g * imaginary - b * real
      }
      unsafe current[entry &* stride &+ lane] = drawnReal
      unsafe current[entry &* stride &+ L.width &+ lane] = drawnImaginary
      let linear = law.linear
      drawnReal -= linear.real * real - linear.imaginary * imaginary
      drawnImaginary -= linear.real * imaginary + linear.imaginary * real
      if from >= 0 {
        unsafe sums[from &* stride &+ lane] += drawnReal
        unsafe sums[from &* stride &+ L.width &+ lane] += drawnImaginary
      }
      if to >= 0 {
        unsafe sums[to &* stride &+ lane] -= drawnReal
        unsafe sums[to &* stride &+ L.width &+ lane] -= drawnImaginary
      }
    }
  }
}
