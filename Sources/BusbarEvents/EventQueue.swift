internal import HeapModule

/// The pending events of one simulation, handed out in the order of their keys.
///
/// A value: a copy is an independent queue. Two events with the same key would make the order
/// depend on insertion, so that is a defect of the sender and traps.
public struct EventQueue<Event: Sendable>: Sendable {
  /// An event that has not happened yet.
  public struct Entry: Comparable, Sendable {
    /// Its place in the total order.
    public let key: EventKey
    /// What will happen.
    public let event: Event

    public static func < (left: Entry, right: Entry) -> Bool { left.key < right.key }
    public static func == (left: Entry, right: Entry) -> Bool { left.key == right.key }
  }

  private var heap = Heap<Entry>()
  private var latest: EventKey?

  /// Makes an empty queue.
  public init() {}

  /// The number of pending events.
  public var count: Int { heap.count }

  /// The key of the last event handed out; nil before the first.
  public var latestKey: EventKey? { latest }

  /// The pending events in the order of their keys; O(n log n).
  public var pending: [Entry] { heap.unordered.sorted() }

  /// Calls off the pending events that a condition picks out; O(n).
  public mutating func removeAll(where isCalledOff: (Event) -> Bool) {
    heap = Heap(heap.unordered.filter { !isCalledOff($0.event) })
  }

  /// The key of the event that runs next, or nil when none is pending.
  public var nextKey: EventKey? { heap.min?.key }

  /// Adds an event; its key must come after the key of the last event handed out.
  ///
  /// O(log n).
  public mutating func schedule(_ event: Event, at key: EventKey) {
    if let latest {
      precondition(key > latest, "Event \(key) lies before the running event \(latest).")
    }
    heap.insert(Entry(key: key, event: event))
  }

  /// Removes and returns the event that runs next.
  ///
  /// O(log n).
  public mutating func next() -> (key: EventKey, event: Event)? {
    guard let entry = heap.popMin() else { return nil }
    if let following = heap.min {
      precondition(following.key != entry.key, "Two events share the key \(entry.key).")
    }
    latest = entry.key
    return (entry.key, entry.event)
  }
}

extension EventQueue.Entry: Codable where Event: Codable {}

extension EventQueue: Codable where Event: Codable {
  private enum Part: String, CodingKey {
    case pending
    case latest
  }

  public init(from decoder: any Decoder) throws {
    let parts = try decoder.container(keyedBy: Part.self)
    self.init()
    heap = Heap(try parts.decode([Entry].self, forKey: .pending))
    latest = try parts.decodeIfPresent(EventKey.self, forKey: .latest)
  }

  public func encode(to encoder: any Encoder) throws {
    var parts = encoder.container(keyedBy: Part.self)
    try parts.encode(pending, forKey: .pending)
    try parts.encodeIfPresent(latest, forKey: .latest)
  }
}
