internal import BusbarUnits

/// Minimum, sum and maximum, element by element, of the rows of one period so far.
struct RunningExtremes: Sendable, Codable {
  private(set) var minimum: [Double]
  private(set) var sum: [Double]
  private(set) var maximum: [Double]

  init(width: Int) {
    minimum = Array(repeating: 0, count: width)
    sum = minimum
    maximum = minimum
  }

  /// Begins a period with its first row.
  mutating func begin(_ row: [Double]) {
    for place in row.indices {
      minimum[place] = row[place]
      sum[place] = row[place]
      maximum[place] = row[place]
    }
  }

  /// Adds a further row; what is missing in it does not count.
  mutating func add(_ row: [Double]) {
    for place in row.indices {
      let value = row[place]
      if value == MissingValue.number { continue }
      if value < minimum[place] { minimum[place] = value }
      sum[place] += value
      if value > maximum[place] { maximum[place] = value }
    }
  }

  private enum CodingKeys: CodingKey {
    case minimum
    case sum
    case maximum
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    minimum = try container.decode(PackedNumbers.self, forKey: .minimum).values
    sum = try container.decode(PackedNumbers.self, forKey: .sum).values
    maximum = try container.decode(PackedNumbers.self, forKey: .maximum).values
    guard minimum.count == sum.count, sum.count == maximum.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .sum, in: container, debugDescription: "The three rows have different widths.")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(PackedNumbers(minimum), forKey: .minimum)
    try container.encode(PackedNumbers(sum), forKey: .sum)
    try container.encode(PackedNumbers(maximum), forKey: .maximum)
  }
}
