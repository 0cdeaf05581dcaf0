public import BusbarUnits
public import ComplexModule
public import RealModule

/// One part of what a device draws: a power between two terminals.
public struct DemandEntry: Hashable, Sendable {
  /// The terminal that the current enters, as `Network.terminal(at:_:)` gives it; nil is earth.
  public var plus: Int?
  /// The terminal that it leaves; nil is earth.
  public var minus: Int?
  /// How the power depends on the voltage.
  public var response: VoltageResponse
  /// The voltage across the entry at which the response is 1; needed for all but constant power.
  public var ratedVoltage: Voltage?
  /// The voltages between which the response holds; nil for all.
  public var window: VoltageWindow?
  /// The admittance in S that the network already carries for the entry, as a `LinearDemand`.
  public var linearAdmittance: Phasor

  /// Makes an entry; a rated voltage, where it is given, is above zero.
  public init(
    plus: Int?, minus: Int? = nil, response: VoltageResponse = .constantPower,
    ratedVoltage: Voltage? = nil, window: VoltageWindow? = nil, linearAdmittance: Phasor = .zero
  ) {
    self.plus = plus
    self.minus = minus
    self.response = response
    self.ratedVoltage = ratedVoltage
    self.window = window
    self.linearAdmittance = linearAdmittance
  }
}

/// What devices draw from the terminals of a network.
///
/// One entry for each leg of each device. Sums over entries run in index order, so the order of
/// the entries is part of the result's last bits; build it from sorted ids.
public struct Demand: Sendable {
  /// Active power of each entry in W at rated voltage, positive when drawn from the grid.
  public var activePower: [Double]
  /// Reactive power of each entry in var at rated voltage, positive when drawn from the grid.
  public var reactivePower: [Double]
  /// The terminal at either end of each entry; −1 is earth.
  let plus, minus: [Int32]
  /// The law of each entry.
  let laws: [ResponseLaw]
  /// Whether all entries are constant powers against earth.
  let isPlain: Bool
  /// Whether an entry keeps to its response between two voltages only.
  public let hasWindows: Bool
  /// The highest terminal of all entries, or −1 without any; lets a solver check them at once.
  let highestTerminal: Int

  /// Makes a demand of zero with the given entries, whose terminals are not negative.
  public init(_ entries: [DemandEntry]) {
    let ends = entries.flatMap { [$0.plus, $0.minus] }
    precondition(ends.allSatisfy { $0 ?? 0 >= 0 }, "A terminal is not negative.")
    highestTerminal = ends.compactMap { $0 }.max() ?? -1
    plus = entries.map { Int32($0.plus ?? -1) }
    minus = entries.map { Int32($0.minus ?? -1) }
    let laws = entries.map(ResponseLaw.init)
    hasWindows = laws.contains { $0.maximum < .infinity }
    isPlain = zip(entries, laws).allSatisfy { entry, law in
      entry.plus != nil && entry.minus == nil && law == .constantPower
    }
    self.laws = laws
    activePower = Array(repeating: 0, count: entries.count)
    reactivePower = Array(repeating: 0, count: entries.count)
  }

  /// Makes a demand of constant powers, all zero, between the given terminals and earth.
  public init(at terminals: [Int]) { self.init(terminals.map { DemandEntry(plus: $0) }) }

  /// The number of entries.
  public var count: Int { plus.count }

  /// The terminals of an entry; nil is earth.
  public func terminals(ofEntry entry: Int) -> (plus: Int?, minus: Int?) {
    (plus[entry] < 0 ? nil : Int(plus[entry]), minus[entry] < 0 ? nil : Int(minus[entry]))
  }
}
