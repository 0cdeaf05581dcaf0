internal import BusbarEvents

/// Whether something is supplied with electricity.
public enum SupplyState: UInt8, Sendable, Hashable, Codable {
  /// Without voltage.
  case lost
  /// With voltage.
  case present
}

/// Which meters have their supply, and which can still say that they lost it.
struct SupplyWatch: Sendable, Hashable, Codable {
  private let recharge: Interval
  private var supplied: [Bool]
  /// The instant from which the store for a last gasp is full.
  private var charged: [SimulationTime]
  /// Meters that were without supply since the last row.
  private(set) var interrupted: [Bool]

  init(meters: Int, recharge: Interval) {
    self.recharge = recharge
    supplied = Array(repeating: true, count: meters)
    charged = Array(repeating: .start, count: meters)
    interrupted = Array(repeating: false, count: meters)
  }

  var meterCount: Int { supplied.count }

  func isOn(_ meter: Int) -> Bool { supplied[meter] }

  /// Returns whether the meter can send a last gasp; false when it had no supply anyway.
  mutating func lose(_ meter: Int, at now: SimulationTime) -> Bool {
    guard supplied[meter] else { return false }
    supplied[meter] = false
    interrupted[meter] = true
    return now >= charged[meter]
  }

  /// Returns whether the supply has just come back.
  mutating func restore(_ meter: Int, at now: SimulationTime) -> Bool {
    guard !supplied[meter] else { return false }
    supplied[meter] = true
    charged[meter] = now + recharge
    return true
  }

  /// Begins a new row: only meters that are still without supply count as interrupted.
  mutating func beginRow() {
    for meter in supplied.indices { interrupted[meter] = !supplied[meter] }
  }
}
