import BusbarEvents
import BusbarMessaging
import BusbarUnits
import Foundation
import Testing

struct MailboxTests {
  @Test func messagesAreFetchedInTheOrderOfArrival() {
    var mailbox = Mailbox<Int>()
    for content in [3, 1, 2] { mailbox.deliver(content) }
    #expect(mailbox.count == 3)
    #expect(mailbox.fetch() == 3)
    #expect(mailbox.fetchAll() == [1, 2])
    #expect(mailbox.fetch() == nil)
    #expect(mailbox.isEmpty)
  }

  @Test func aFullMailboxLosesWhatItWasToldToLose() {
    var rejecting = Mailbox<Int>(capacity: 2, overflow: .rejectsNewest)
    let rejected = (1...4).map { rejecting.deliver($0) }
    #expect(rejected == [nil, nil, 3, 4])
    #expect(rejecting.fetchAll() == [1, 2])
    var discarding = Mailbox<Int>(capacity: 2, overflow: .discardsOldest)
    let discarded = (1...4).map { discarding.deliver($0) }
    #expect(discarded == [nil, nil, 1, 2])
    #expect(discarding.fetchAll() == [3, 4])
    for mailbox in [rejecting, discarding] {
      #expect(mailbox.deliveredCount == 4)
      #expect(mailbox.lostCount == 2)
    }
  }

  @Test func aStoredMailboxHoldsTheSameMessages() throws {
    var mailbox = Mailbox<Int>(capacity: 3, overflow: .discardsOldest)
    for content in 0..<5 { mailbox.deliver(content) }
    let stored = try JSONEncoder().encode(mailbox)
    var restored = try JSONDecoder().decode(Mailbox<Int>.self, from: stored)
    #expect(restored == mailbox)
    #expect(restored.fetchAll() == [2, 3, 4])
  }

  private enum Signal {}

  /// H-32: the client sees the latest value only, and the store says how many it missed.
  @Test func aStoreKeepsTheLatestValueAndCountsTheUnseen() {
    var store = LastValueStore<Signal, Double>(keyCount: 2)
    let (breaker, other) = (Index<Signal>(0), Index<Signal>(1))
    #expect(store.observe(breaker) == nil)
    for second in 1...3 {
      store.write(Double(second), at: breaker, when: .start + .seconds(Int64(second)))
    }
    #expect(store.neverSeenCount == 2)
    #expect(store.peek(breaker)?.isSeen == false)
    let first = store.observe(breaker)
    #expect(first?.value == 3)
    #expect(first?.writtenAt == SimulationTime(milliseconds: 3_000))
    #expect(first?.isSeen == false)
    #expect(store.observe(breaker)?.isSeen == true)
    store.write(4, at: breaker, when: .start + .seconds(9))
    #expect(store.neverSeenCount == 2)
    #expect(store.observe(breaker)?.isSeen == false)
    #expect(store.observe(other) == nil)
    #expect(store.writtenCount == 4)
  }
}
