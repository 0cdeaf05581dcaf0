internal import BusbarGrid
internal import BusbarUnits

/// The keys of a tap changer, wherever it is.
struct TapFields {
  let position: Field<Int>
  let minimum: Field<Int>
  let maximum: Field<Int>
  let step: Field<Double>

  /// Declares a tap changer at a place, such as `at from_bus`.
  init(_ place: String) {
    position = .integer(
      "tap_position", default: 0, range: .closed(-100...100),
      "The position of the tap changer \(place); 0 is neutral.")
    minimum = .integer(
      "tap_minimum", default: 0, range: .closed(-100...0), "The lowest tap position.")
    maximum = .integer(
      "tap_maximum", default: 0, range: .closed(0...100), "The highest tap position.")
    step = .quantity(
      "tap_step", .ratio, default: 0, range: .closed(0...1),
      "The change of the turns \(place) with each tap position.")
  }

  var all: [any DeclaredField] { [position, minimum, maximum, step] }

  /// Whether the position can be reached; appends why not.
  func check(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> Bool {
    let range = record[minimum]...record[maximum]
    guard range.contains(record[position]) else {
      diagnostics.error(
        "tap_position \(record[position]) lies outside \(range.lowerBound) to \(range.upperBound)",
        at: record.location(of: position),
        remedy: "give a position within tap_minimum and tap_maximum")
      return false
    }
    return true
  }

  /// The tap changer of a record that was checked; nil when there is one position only.
  func changer(_ record: DecodedRecord) -> TapChanger? {
    let range = record[minimum]...record[maximum]
    return range.count > 1
      ? TapChanger(
        range: range, step: .perUnit(record[step]), initialPosition: record[position]) : nil
  }
}
