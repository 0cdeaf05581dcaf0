import BusbarEvents
import BusbarSimulation
import BusbarTrajectory
import Foundation

/// Numbers and instants as a summary shows them.
enum Figures {
  /// A number with a fixed count of decimals.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }

  /// A number with three significant digits, such as `2.1e-09`.
  static func short(_ value: Double) -> String { String(format: "%.2g", value) }

  /// An energy in kWh.
  static func kilowattHours(_ joules: Double) -> String { fixed(joules / 3.6e6, 3) + " kWh" }

  /// A count with its noun, such as `1 sweep` or `50 sweeps`.
  static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// What is wrong when controls never come to rest, and how to mend it.
  static func sentence(_ hunting: ControlHunting) -> String {
    let names = hunting.controls.map { "'\($0)'" }.joined(separator: ", ")
    return "controls do not come to rest: \(names) move again and again. Widen their bands, or "
      + "give them different delays."
  }

  /// What is wrong when an instant has no end, and how to mend it.
  static func sentence(_ endless: EndlessInstant) -> String {
    "the events of one instant bring about others without an end: after "
      + "\(endless.rounds) rounds, still at it are \(endless.participants.joined(separator: ", ")). "
      + "Give them delays, or widen the bands of controls."
  }

  /// What is wrong when switching has left a network without a unique solution.
  static func sentence(_ failure: NetworkFailure, _ epoch: Epoch) -> String {
    "the network that is left by switching at \(instant(failure.time, epoch)) cannot be solved: "
      + failure.reason
  }

  /// Who waits for what when nothing is left to happen.
  static func sentence(_ stall: Stall, _ epoch: Epoch) -> String {
    "nothing is left to happen after \(instant(stall.time, epoch)), but "
      + stall.waiting.joined(separator: "; ")
      + ". Give the steps of the process retry_after, or mend the links."
  }

  /// A count of bytes in the unit that suits it.
  static func bytes(_ count: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var value = Double(count)
    var unit = 0
    while value >= 1_024, unit + 1 < units.count {
      value /= 1_024
      unit += 1
    }
    return unit == 0 ? "\(count) B" : fixed(value, 1) + " " + units[unit]
  }

  /// An instant on the clock of the scenario's zone, with its offset.
  static func instant(_ time: SimulationTime, _ epoch: Epoch) -> String {
    ResultClock(epoch).text(time)
  }
}
