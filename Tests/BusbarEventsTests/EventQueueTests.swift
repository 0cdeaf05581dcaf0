import BusbarEvents
import BusbarTestSupport
import CAllocationCount
import Foundation
import Testing

struct EventQueueTests {
  /// A queue in steady state: each event that is handed out schedules its successor.
  struct Hold {
    var queue = EventQueue<Int>()
    private var numbers: SeededNumbers
    private let phases = EventPhase.allCases

    init(events: Int, seed: UInt64) {
      numbers = SeededNumbers(seed: seed)
      for target in 0..<events {
        queue.schedule(target, at: key(after: .start, target, ordinal: 0))
      }
    }

    private mutating func key(
      after time: SimulationTime, _ target: Int, ordinal: Int
    ) -> EventKey {
      // Few instants for many events, so that all parts of the key decide.
      let delay = Interval.minutes(1 + Int64(numbers.next() % 5))
      let phase = phases[Int(numbers.next() % 6)]
      return EventKey(time: time + delay, phase: phase, target: target, ordinal: ordinal)
    }

    /// Returns the key of the next event, or nil when its successor's place is wrong.
    mutating func step() -> EventKey? {
      guard let (key, target) = queue.next(), key.target == target else { return nil }
      queue.schedule(target, at: self.key(after: key.time, target, ordinal: key.ordinal + 1))
      return key
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 20, 21, 22, 85, 1_000])
  func eventsComeInTheOrderOfTheirKeysWhileOthersAreAdded(count: Int) throws {
    var hold = Hold(events: count, seed: UInt64(count))
    var earlier: EventKey?
    for _ in 0..<5_000 {
      let expected = hold.queue.nextKey
      let next = hold.step()
      let key = try #require(next)
      #expect(key == expected)
      if let earlier { #expect(earlier < key) }
      earlier = key
    }
    #expect(hold.queue.count == count)
  }

  @Test func pendingEventsAreListedInTheOrderInWhichTheyRun() {
    var queue = Hold(events: 300, seed: 3).queue
    for (key, event) in queue.pending {
      let next = queue.next()
      #expect(next?.key == key && next?.event == event)
    }
    #expect(queue.count == 0 && queue.nextKey == nil)
  }

  @Test(arguments: [0, 1, 500])
  func aDecodedQueueHandsOutTheSameEvents(steps: Int) throws {
    var hold = Hold(events: 200, seed: 8)
    for _ in 0..<steps { _ = hold.step() }
    var copy = hold
    copy.queue = try JSONDecoder().decode(
      EventQueue<Int>.self, from: JSONEncoder().encode(hold.queue))
    for _ in 0..<1_000 {
      let (key, decoded) = (hold.step(), copy.step())
      #expect(key != nil && decoded == key)
    }
  }

  /// Two queues with the same events have the same bytes, whatever came in first.
  @Test func theEncodingDoesNotDependOnInsertion() throws {
    let keys = (0..<50).map {
      EventKey(time: .start + .seconds(Int64($0 % 7)), phase: .delivery, target: $0, ordinal: 0)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var encodings: Set<Data> = []
    for seed in 0..<5 as Range<UInt64> {
      var numbers = SeededNumbers(seed: seed)
      var queue = EventQueue<Int>()
      for key in keys.shuffled(using: &numbers) { queue.schedule(key.target, at: key) }
      encodings.insert(try encoder.encode(queue))
    }
    #expect(encodings.count == 1)
  }

  @Test func aQueueThatIsNotInOrderIsNotDecoded() throws {
    var queue = EventQueue<Int>()
    for target in [1, 2] {
      queue.schedule(
        target, at: EventKey(time: .start, phase: .physics, target: target, ordinal: 0))
    }
    let text = String(decoding: try JSONEncoder().encode(queue), as: UTF8.self)
    let (first, second) = (UInt64(1) << 32, UInt64(2) << 32)
    #expect(text.contains("\(first)") && text.contains("\(second)"))
    for twin in ["\(first)", "0"] {
      let disordered = text.replacingOccurrences(of: "\(second)", with: twin)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(EventQueue<Int>.self, from: Data(disordered.utf8))
      }
    }
  }

  @Test func aKeyWithoutAPhaseIsNotDecoded() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(EventKey.self, from: Data("[6, 0]".utf8))
    }
  }

  @Test func aDecodedQueueStillRefusesThePast() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue<Int>()
      let key = EventKey(time: .start, phase: .physics, target: 0, ordinal: 0)
      queue.schedule(1, at: key)
      _ = queue.next()
      var decoded = try JSONDecoder().decode(
        EventQueue<Int>.self, from: JSONEncoder().encode(queue))
      guard decoded.count == 0 else { return }
      decoded.schedule(2, at: key)
    }
  }

  /// Design, section 10: the hot path allocates nothing after warm-up.
  @Test func eventsInSteadyStateAllocateNothing() {
    var hold = Hold(events: 1_000, seed: 5)
    var hash = EventLogHash()
    for _ in 0..<10 { _ = hold.step() }
    let before = busbar_allocation_count()
    for _ in 0..<10_000 {
      if let key = hold.step() { hash.absorb(key, kind: 0, payload: 0) }
    }
    let allocations = busbar_allocation_count() - before
    #expect(hash.count == 10_000)
    #expect(allocations == 0, "10,000 events made \(allocations) allocations.")
  }
}
