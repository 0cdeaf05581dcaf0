internal import BusbarUnits

/// What devices draw from the terminals of a network: constant powers, phase to earth.
///
/// One entry for each phase of each device. Sums over entries run in index order, so the order of
/// the entries is part of the result's last bits; build it from sorted ids.
public struct Demand: Sendable {
  /// The terminal of each entry, as `Network.terminal(at:phase:)` gives it.
  public let terminals: [Int32]
  /// The highest terminal of all entries, or −1 without any; lets a solver check them at once.
  let highestTerminal: Int
  /// Active power of each entry in W, positive when drawn from the grid.
  public var activePower: [Double]
  /// Reactive power of each entry in var, positive when drawn from the grid.
  public var reactivePower: [Double]

  /// Makes a demand of zero at the given terminals, none of which is negative.
  public init(at terminals: [Int]) {
    precondition(terminals.allSatisfy { $0 >= 0 }, "A terminal is not negative.")
    highestTerminal = terminals.max() ?? -1
    self.terminals = terminals.map(Int32.init)
    activePower = Array(repeating: 0, count: terminals.count)
    reactivePower = Array(repeating: 0, count: terminals.count)
  }

  /// The number of entries.
  public var count: Int { terminals.count }
}
