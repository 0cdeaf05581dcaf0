internal import BusbarDevices
internal import BusbarUnits

/// The stored records whose powers were multiplied on their way, in order of row and meter.
struct AlterationList: Sendable, Hashable, Codable {
  private struct Alteration: Sendable, Hashable, Codable {
    let row: Int32
    let meter: Index<SmartMeter>
    let factor: Double

    func precedes(_ row: Int, _ meter: Index<SmartMeter>) -> Bool {
      (Int(self.row), self.meter) < (row, meter)
    }
  }

  private var alterations: [Alteration] = []

  mutating func insert(meter: Index<SmartMeter>, row: Int, factor: Double) {
    alterations.insert(
      Alteration(row: Int32(row), meter: meter, factor: factor), at: place(row, meter))
  }

  /// The factor on a record's powers; 1 when nobody altered it.
  func factor(of meter: Index<SmartMeter>, row: Int) -> Double {
    let place = place(row, meter)
    guard place < alterations.count, alterations[place].meter == meter,
      Int(alterations[place].row) == row
    else { return 1 }
    return alterations[place].factor
  }

  mutating func drop(before row: Int) {
    alterations.removeSubrange(..<place(row, Index(0)))
  }

  private func place(_ row: Int, _ meter: Index<SmartMeter>) -> Int {
    var (low, high) = (0, alterations.count)
    while low < high {
      let middle = (low + high) / 2
      if alterations[middle].precedes(row, meter) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
