public import BusbarUnits
public import ComplexModule
public import RealModule

/// The last solution of one simulation's power flows, from which the next one sets out.
///
/// A value: a copy is an independent simulation's state. It never holds anything but a solution
/// (or, before the first one, the unloaded network).
public struct FlowState: Sendable {
  /// Numbers for voltages, for currents, for entries and for loops, behind each other.
  @usableFromInline var solved: [Double]
  /// Room of the same shape for the sweep that is under way, and for the differences of loops.
  var scratch: [Double]
  let layout: FlowLayout

  init(_ layout: FlowLayout, unloaded: UnloadedFlow) {
    self.layout = layout
    solved = unloaded.voltages
    solved += Array(repeating: 0, count: layout.loopStart - solved.count)
    solved += unloaded.loopCurrents
    solved += Array(repeating: 0, count: layout.count - solved.count)
    scratch = solved
  }

  /// All numbers of the solution, for a checkpoint.
  public var numbers: PackedNumbers { PackedNumbers(solved) }

  /// The same state with the numbers of a checkpoint; nil when they belong to another network.
  public func restored(from numbers: PackedNumbers) -> FlowState? {
    guard numbers.values.count == solved.count else { return nil }
    var copy = self
    copy.solved = numbers.values
    copy.scratch = numbers.values
    return copy
  }

  /// The voltage of a terminal against earth, in V.
  ///
  /// Inlinable, because recorders ask for every terminal: measured 16 ns as an opaque call, 3 ns so.
  @inlinable
  public func voltage(at terminal: Int) -> Phasor {
    Phasor(solved[2 * terminal], solved[2 * terminal + 1])
  }

  /// Reads the voltages of chosen terminals against earth, in V, without allocating.
  public func readVoltages(at terminals: [Int], into voltages: inout [Phasor]) {
    precondition(terminals.count == voltages.count, "Each terminal has a place for its voltage.")
    for place in terminals.indices { voltages[place] = phasor(2 * terminals[place]) }
  }

  /// The current that nonlinear devices draw through a terminal and all below it, in A.
  func nonlinearCurrent(at terminal: Int) -> Phasor { phasor(layout.currentStart + 2 * terminal) }

  /// The current that an entry of the demand draws, in A.
  public func current(ofEntry entry: Int) -> Phasor { phasor(layout.entryStart + 2 * entry) }

  @inline(__always)
  private func phasor(_ place: Int) -> Phasor { Phasor(solved[place], solved[place + 1]) }
}

/// Where the parts of a `FlowState` begin, in numbers.
struct FlowLayout: Hashable, Sendable {
  let terminalCount, entryCount, loopCount: Int

  /// Voltages begin at 0.
  var currentStart: Int { 2 * terminalCount }
  var entryStart: Int { 4 * terminalCount }
  var loopStart: Int { entryStart + 2 * entryCount }
  var differenceStart: Int { loopStart + 2 * loopCount }
  /// Where a network with loops keeps the voltages at which its demand was drawn.
  var previousStart: Int { differenceStart + 2 * loopCount }
  var count: Int { previousStart + (loopCount > 0 ? 2 * terminalCount : 0) }
}

/// The network without any demand.
struct UnloadedFlow: Sendable {
  /// Voltages of all terminals in V, as real, imaginary.
  var voltages: [Double]
  /// Currents that close the loops, in A, as real, imaginary.
  var loopCurrents: [Double]

  init(voltages: [Phasor], loopCurrents: [Phasor]) {
    self.voltages = voltages.flatMap { [$0.real, $0.imaginary] }
    self.loopCurrents = loopCurrents.flatMap { [$0.real, $0.imaginary] }
  }
}
