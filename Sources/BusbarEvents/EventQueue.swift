internal import HeapModule

/// The pending events of one simulation, handed out in the order of their keys.
///
/// A value: a copy is an independent queue. Two events with the same key would make the order
/// depend on insertion, so that is a defect of the sender and traps.
public struct EventQueue<Event: Sendable>: Sendable {
  private struct Entry: Comparable, Sendable {
    let key: EventKey
    let event: Event

    static func < (left: Entry, right: Entry) -> Bool { left.key < right.key }
    static func == (left: Entry, right: Entry) -> Bool { left.key == right.key }
  }

  private var heap = Heap<Entry>()
  private var latest: EventKey?

  /// Makes an empty queue.
  public init() {}

  /// The number of pending events.
  public var count: Int { heap.count }

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
