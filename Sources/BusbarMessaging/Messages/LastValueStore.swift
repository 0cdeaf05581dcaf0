public import BusbarEvents
public import BusbarUnits

/// The latest value under each key, as a database holds it for clients that look now and then (H-32).
///
/// A value that is overwritten before the client has looked is never seen; the store counts those.
/// Not a mailbox: nothing queues up, and looking takes nothing away.
public struct LastValueStore<Key, Value> {
  /// A value with its history.
  public struct Entry {
    /// The latest value.
    public let value: Value
    /// The instant at which it was written.
    public let writtenAt: SimulationTime
    /// Whether the client has seen it before.
    public fileprivate(set) var isSeen = false
  }

  /// The number of values written.
  public private(set) var writtenCount = 0
  /// The number of values that were overwritten before the client had seen them.
  public private(set) var neverSeenCount = 0
  private var entries: [Entry?]

  /// Makes a store with room for a number of keys, which are indices below it.
  public init(keyCount: Int) { entries = Array(repeating: nil, count: keyCount) }

  /// Overwrites the value under a key.
  public mutating func write(_ value: Value, at key: Index<Key>, when time: SimulationTime) {
    if let entry = entries[key.position], !entry.isSeen { neverSeenCount += 1 }
    writtenCount += 1
    entries[key.position] = Entry(value: value, writtenAt: time)
  }

  /// Returns the latest value under a key, as the client sees it; nil when none was ever written.
  ///
  /// `isSeen` tells whether the client has seen it before this time.
  public mutating func observe(_ key: Index<Key>) -> Entry? {
    defer { entries[key.position]?.isSeen = true }
    return entries[key.position]
  }

  /// Returns the latest value under a key without the client's noticing.
  public func peek(_ key: Index<Key>) -> Entry? { entries[key.position] }
}

extension LastValueStore.Entry: Sendable where Value: Sendable {}
extension LastValueStore.Entry: Equatable where Value: Equatable {}
extension LastValueStore.Entry: Hashable where Value: Hashable {}
extension LastValueStore.Entry: Codable where Value: Codable {}
extension LastValueStore: Sendable where Value: Sendable {}
extension LastValueStore: Equatable where Value: Equatable {}
extension LastValueStore: Hashable where Value: Hashable {}
extension LastValueStore: Codable where Value: Codable {}
