import BusbarEvents
import BusbarTestSupport
import Testing

struct EventOrderTests {
  private static let keys: [EventKey] = [
    key(0, 0, .exogenous, 0, 0), key(0, 0, .exogenous, 0, 1), key(0, 0, .exogenous, 1, 0),
    key(0, 0, .delivery, 0, 0), key(0, 0, .observation, 0, 0), key(0, 0, .decision, 0, 0),
    key(0, 0, .actuation, 0, 0), key(0, 0, .physics, 7, 3), key(0, 1, .exogenous, 0, 0),
    key(1, 0, .exogenous, 0, 0), key(60_000, 0, .physics, 4_000_000_000, 4_000_000_000),
    key(1 << 47, 4_095, .physics, 0, 0),
  ]

  private static func key(
    _ milliseconds: Int64, _ round: Int, _ phase: EventPhase, _ target: Int, _ ordinal: Int
  ) -> EventKey {
    EventKey(
      time: SimulationTime(milliseconds: milliseconds), round: round, phase: phase,
      target: target, ordinal: ordinal)
  }

  @Test func keysOrderByTimeThenRoundThenPhaseThenTargetThenOrdinal() {
    for (position, key) in Self.keys.enumerated() {
      for later in Self.keys[(position + 1)...] { #expect(key < later) }
    }
  }

  @Test func aKeyGivesBackWhatItWasMadeOf() {
    let key = Self.key(123_456_789, 17, .decision, 3_000_000_000, 2_000_000_001)
    #expect(key.time.milliseconds == 123_456_789)
    #expect(key.round == 17)
    #expect(key.phase == .decision)
    #expect(key.target == 3_000_000_000)
    #expect(key.ordinal == 2_000_000_001)
  }

  /// Design, section 4: the order is total and does not depend on insertion.
  @Test(arguments: 1...20)
  func theOrderOfEventsDoesNotDependOnInsertion(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    var queue = EventQueue<Int>()
    for position in Self.keys.indices.shuffled(using: &numbers) {
      queue.schedule(position, at: Self.keys[position])
    }
    var order: [Int] = []
    while let (key, event) = queue.next() {
      #expect(key == Self.keys[event])
      order.append(event)
    }
    #expect(order == Array(Self.keys.indices))
  }

  @Test func aCopyOfAQueueGoesItsOwnWay() {
    var queue = EventQueue<String>()
    queue.schedule("first", at: Self.keys[0])
    queue.schedule("second", at: Self.keys[1])
    var copy = queue
    #expect(copy.next()?.event == "first")
    #expect(copy.count == 1)
    #expect(queue.count == 2)
  }

  @Test func twoEventsWithOneKeyTrap() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue<Int>()
      let key = EventKey(time: .start, phase: .physics, target: 0, ordinal: 0)
      queue.schedule(1, at: key)
      queue.schedule(2, at: key)
      _ = queue.next()
    }
  }

  @Test func anEventBeforeTheRunningOneTraps() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue<Int>()
      queue.schedule(
        1, at: EventKey(time: .start + .seconds(1), phase: .physics, target: 0, ordinal: 0))
      _ = queue.next()
      queue.schedule(2, at: EventKey(time: .start, phase: .physics, target: 0, ordinal: 0))
    }
  }
}
