internal import BusbarEvents
public import BusbarUnits

/// A named set of meters that one request can address (E-3).
public struct MeterGroup: Sendable, Hashable {
  /// The user's name of the group.
  public let id: String
  /// The members, ascending and each once.
  public let members: [Index<SmartMeter>]

  /// Makes a group; the order of the members does not matter.
  public init(id: String, members: [Index<SmartMeter>]) {
    self.id = id
    var unique: [Index<SmartMeter>] = []
    for meter in members.sorted() where unique.last != meter { unique.append(meter) }
    self.members = unique
  }

  /// Makes a sample population: each meter belongs to it with the given probability.
  ///
  /// Each meter decides with a random stream of its own, so another meter changes no membership.
  /// The share is between 0 and 1.
  public init(id: String, share: Double, of meters: [String], seed: UInt64) {
    self.init(
      id: id,
      members: meters.indices.compactMap { position in
        var random = RandomStream(seed: seed, entity: meters[position], purpose: "group \(id)")
        return random.happens(withProbability: share) ? Index(position) : nil
      })
  }

  /// Returns whether a meter is a member; O(log n).
  public func contains(_ meter: Index<SmartMeter>) -> Bool {
    var (low, high) = (0, members.count)
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < meter { low = middle + 1 } else { high = middle }
    }
    return low < members.count && members[low] == meter
  }
}
