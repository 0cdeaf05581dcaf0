internal import BusbarEvents
internal import Foundation

/// Numbers as the tables of a report show them.
enum ReportNumber {
  /// A whole number with a thin space between groups of three digits, such as `525 600`.
  static func whole(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { text += "\u{202F}" }
      text.append(digit)
    }
    return number < 0 ? "\u{2212}" + text : text
  }

  /// A voltage in pu with four decimals.
  static func perUnit(_ value: Double) -> String { FigureNumber.fixed(value, 4) }

  /// An energy in the unit that suits it.
  static func energy(_ joules: Double) -> String {
    let kilowattHours = joules / 3.6e6
    return kilowattHours.magnitude < 10_000
      ? FigureNumber.fixed(kilowattHours, 3) + " kWh"
      : FigureNumber.fixed(kilowattHours / 1_000, 3) + " MWh"
  }

  /// A power in the unit that suits it.
  static func power(_ watts: Double) -> String {
    watts.magnitude < 1e6
      ? FigureNumber.fixed(watts / 1e3, 2) + " kW" : FigureNumber.fixed(watts / 1e6, 3) + " MW"
  }

  /// A share in percent.
  static func percent(_ share: Double, _ decimals: Int = 2) -> String {
    FigureNumber.fixed(share * 100, decimals) + " %"
  }

  /// A length of time, such as `2 h 35 min`.
  static func duration(_ interval: Interval) -> String {
    let parts: [(Int64, String)] = [
      (86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s"), (1, "ms"),
    ]
    var rest = interval.milliseconds
    var words: [String] = []
    for (length, unit) in parts where rest >= length {
      words.append("\(rest / length) \(unit)")
      rest %= length
    }
    return words.isEmpty ? "0 s" : words.joined(separator: " ")
  }

  /// A length of time to the second.
  static func duration(seconds: Double) -> String {
    duration(Interval(milliseconds: Int64(seconds.rounded()) * 1_000))
  }

  /// A number of instants, with the time that they stand for where it is known.
  static func instants(_ count: Int, every interval: Interval?) -> String {
    guard count > 0, let interval else { return whole(count) }
    let time = Interval(milliseconds: interval.milliseconds * Int64(count))
    return "\(whole(count)) (\(duration(time)))"
  }
}
