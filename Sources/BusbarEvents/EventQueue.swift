/// The pending events of one simulation, handed out in the order of their keys.
///
/// A value: a copy is an independent queue. Two events with the same key would make the order
/// depend on insertion, so that is a defect of the sender and traps.
///
/// A heap in which each entry has four children: half as deep as a binary one, and the children lie
/// side by side. Entries are kept whole in one array, and nothing is allocated once the array has
/// reached its greatest length. An event should be small and plain, such as an enum with an index.
@frozen
public struct EventQueue<Event: Sendable>: Sendable {
  @frozen @usableFromInline
  struct Entry: Sendable {
    @usableFromInline let key: EventKey
    @usableFromInline let event: Event

    @inlinable
    init(key: EventKey, event: Event) {
      self.key = key
      self.event = event
    }
  }

  /// The heap: no entry comes before its parent; those of the entry at n begin at 4 n + 1.
  @usableFromInline var entries: [Entry] = []
  @usableFromInline var latest: EventKey?

  /// Makes an empty queue.
  @inlinable
  public init() {}

  /// The number of pending events.
  @inlinable public var count: Int { entries.count }

  /// The key of the last event handed out; nil before the first.
  @inlinable public var latestKey: EventKey? { latest }

  /// The key of the event that runs next, or nil when none is pending.
  @inlinable public var nextKey: EventKey? { entries.isEmpty ? nil : entries[0].key }

  /// The pending events in the order in which they will run.
  ///
  /// For explanations and checkpoints: O(n log n).
  public var pending: [(key: EventKey, event: Event)] {
    entries.sorted { $0.key < $1.key }.map { ($0.key, $0.event) }
  }

  /// Calls off the pending events that a condition picks out; O(n log n).
  public mutating func removeAll(where isCalledOff: (Event) -> Bool) {
    // Entries in order are a heap.
    entries = entries.filter { !isCalledOff($0.event) }.sorted { $0.key < $1.key }
  }

  /// Adds an event; its key must come after the key of the last event handed out.
  ///
  /// O(log n); O(1) on average for keys in random order.
  @inlinable
  public mutating func schedule(_ event: Event, at key: EventKey) {
    if let latest, key <= latest { Self.trapOnPast(key, latest) }
    entries.append(Entry(key: key, event: event))
    rise(Entry(key: key, event: event))
  }

  /// Removes and returns the event that runs next.
  ///
  /// O(log n).
  @inlinable
  public mutating func next() -> (key: EventKey, event: Event)? {
    guard let last = entries.popLast() else { return nil }
    if entries.isEmpty {
      latest = last.key
      return (last.key, last.event)
    }
    // By index: `first` allocates where it is not specialised.
    let top = entries[0]
    sink(last)
    if entries[0].key == top.key { Self.trapOnTwin(top.key) }
    latest = top.key
    return (top.key, top.event)
  }

  /// Puts an entry where the last one is, or above it.
  @inlinable
  mutating func rise(_ entry: Entry) {
    var heap = entries.mutableSpan
    var hole = heap.count - 1
    while hole > 0 {
      let parent = (hole - 1) / 4
      if heap[parent].key < entry.key { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = entry
  }

  /// Puts an entry where the first one is, which is given up, or below it.
  @inlinable
  mutating func sink(_ entry: Entry) {
    var heap = entries.mutableSpan
    var hole = 0
    while true {
      let firstChild = 4 * hole + 1
      guard firstChild < heap.count else { break }
      let least = Self.leastChild(from: firstChild, in: heap)
      if entry.key < heap[least].key { break }
      heap[hole] = heap[least]
      hole = least
    }
    heap[hole] = entry
  }

  /// Returns the place of the least of up to four siblings, the first of which is given.
  ///
  /// Four of them meet like in a tournament: the first two comparisons do not wait for each other,
  /// which makes the whole queue a fifth faster than one comparison after the other.
  @inlinable
  static func leastChild(from first: Int, in heap: borrowing MutableSpan<Entry>) -> Int {
    if first + 3 < heap.count {
      let one = heap[first + 1].key < heap[first].key ? first + 1 : first
      let two = heap[first + 3].key < heap[first + 2].key ? first + 3 : first + 2
      return heap[two].key < heap[one].key ? two : one
    }
    var least = first
    for child in first + 1..<heap.count where heap[child].key < heap[least].key { least = child }
    return least
  }

  @usableFromInline @inline(never)
  static func trapOnPast(_ key: EventKey, _ latest: EventKey) -> Never {
    preconditionFailure("Event \(key) does not lie after the running event \(latest).")
  }

  @usableFromInline @inline(never)
  static func trapOnTwin(_ key: EventKey) -> Never {
    preconditionFailure("Two events share the key \(key).")
  }
}

extension EventQueue.Entry: Codable where Event: Codable {}

/// The pending events in the order in which they will run, and the key of the running event.
extension EventQueue: Codable where Event: Codable {
  private enum CodingKeys: String, CodingKey {
    case latest
    case entries
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(latest, forKey: .latest)
    try container.encode(entries.sorted { $0.key < $1.key }, forKey: .entries)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    latest = try container.decodeIfPresent(EventKey.self, forKey: .latest)
    // Entries in order are a heap.
    entries = try container.decode([Entry].self, forKey: .entries)
    let keys = [latest].compactMap { $0 } + entries.map(\.key)
    guard zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .entries, in: container, debugDescription: "The events are not in order.")
    }
  }
}
