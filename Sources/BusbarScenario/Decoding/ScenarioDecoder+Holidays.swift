internal import BusbarEvents

extension ScenarioDecoder {
  /// Returns the bank holidays in order, or nil after it reported what is no date or given twice.
  mutating func holidays(_ node: TextNode?) -> [LocalDate]? {
    guard let node, node.content != .null else { return [] }
    guard let elements = node.list(&input.diagnostics) else { return nil }
    var places: [LocalDate: SourceLocation] = [:]
    var isSound = true
    for element in elements {
      guard let text = element.singleText(&input.diagnostics) else {
        isSound = false
        continue
      }
      guard let date = LocalDate(text) else {
        input.diagnostics.error(
          "'\(text)' is not a date", at: element.location,
          remedy: "write a day of the calendar such as 2025-12-25")
        isSound = false
        continue
      }
      if let earlier = places[date] {
        input.diagnostics.error(
          "the holiday \(date) is given already at \(earlier)", at: element.location,
          remedy: "give each holiday once")
        isSound = false
      } else {
        places[date] = element.location
      }
    }
    return isSound ? places.keys.sorted() : nil
  }
}
