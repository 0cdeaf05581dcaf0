/// Writes line codes, each once.
struct LineCodeWriter {
  private struct Content: Hashable {
    let values: LineValues
    let unit: Double
    let origin: String?
  }

  private var ids: [Content: String] = [:]

  /// Returns what is known of a code, or nil if it has not been written.
  func id(_ values: LineValues, unit: Double, from origin: String?) -> String? {
    ids[Content(values: values, unit: unit, origin: origin?.lowercased())]
  }

  mutating func set(_ id: String, _ values: LineValues, unit: Double, from origin: String?) {
    ids[Content(values: values, unit: unit, origin: origin?.lowercased())] = id
  }
}
