internal import BusbarEvents

/// When each member of a cohort is due next, with one wake-up call for the whole cohort.
///
/// A binary heap of (instant, member) with entries that a later change of plan has made stale;
/// those are dropped when they come up. Members due at one instant come in ascending order.
struct Timetable: Sendable, Hashable, Codable {
  private struct Entry: Sendable, Hashable, Codable, Comparable {
    let time: Int64
    let member: Int32

    static func < (left: Entry, right: Entry) -> Bool {
      (left.time, left.member) < (right.time, right.member)
    }
  }

  private static let never = Int64.max

  private var due: [Int64]
  private var heap: [Entry] = []
  /// The instant for which the cohort has asked to be woken.
  private var armed = never

  init(members: Int) {
    due = Array(repeating: Self.never, count: members)
  }

  /// Makes a member due at an instant, and no longer when it was due before.
  mutating func set(_ member: Int, at time: SimulationTime) {
    guard due[member] != time.milliseconds else { return }
    due[member] = time.milliseconds
    heap.append(Entry(time: time.milliseconds, member: Int32(member)))
    siftUp(from: heap.count - 1)
  }

  /// Takes a member off the timetable.
  mutating func clear(_ member: Int) { due[member] = Self.never }

  /// Removes and returns the next member that is due by now, or nil when none is.
  mutating func next(by now: SimulationTime) -> Int? {
    while let first = heap.first, first.time <= now.milliseconds {
      removeFirst()
      let member = Int(first.member)
      guard due[member] == first.time else { continue }
      due[member] = Self.never
      return member
    }
    return nil
  }

  /// Returns when to be woken, or nil when an earlier call of this method asked for it.
  mutating func arm(at now: SimulationTime) -> SimulationTime? {
    if armed <= now.milliseconds { armed = Self.never }
    while let first = heap.first, due[Int(first.member)] != first.time { removeFirst() }
    guard let first = heap.first, first.time < armed else { return nil }
    armed = first.time
    return SimulationTime(milliseconds: first.time)
  }

  private mutating func removeFirst() {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap[0] = last
    siftDown()
  }

  private mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var least = parent
      for child in 2 * parent + 1...2 * parent + 2
      where child < heap.count && heap[child] < heap[least] { least = child }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
