public import BusbarUnits
public import ComplexModule
public import RealModule

/// The last solution of one simulation's power flows, from which the next one sets out.
///
/// A value: a copy is an independent simulation's state. It never holds anything but a solution
/// (or, before the first one, the unloaded network).
public struct FlowState: Sendable {
  /// Numbers for voltages, for currents and for entries, behind each other.
  @usableFromInline var solved: [Double]
  /// Room of the same shape for the sweep that is under way.
  var scratch: [Double]
  let terminalCount: Int
  let entryCount: Int

  init(unloadedVoltage: [Double], entryCount: Int) {
    terminalCount = unloadedVoltage.count / 2
    self.entryCount = entryCount
    solved = unloadedVoltage
    solved += Array(repeating: 0, count: unloadedVoltage.count + 2 * entryCount)
    scratch = solved
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
  func nonlinearCurrent(at terminal: Int) -> Phasor { phasor(2 * (terminalCount + terminal)) }

  /// The current that an entry of the demand draws, in A.
  public func current(ofEntry entry: Int) -> Phasor {
    phasor(2 * (2 * terminalCount + entry))
  }

  @inline(__always)
  private func phasor(_ place: Int) -> Phasor { Phasor(solved[place], solved[place + 1]) }
}
