import BusbarEvents
import BusbarMessaging
import BusbarUnits
import CAllocationCount
import Testing

/// The hot path allocates nothing (design.md, section 10).
struct AllocationTests {
  @Test func aTransmissionAllocatesNothing() throws {
    var busy = DeterminismTests.wild
    busy.latency = .shifted(minimum: 20, .gamma(shape: 2, scale: 50))
    let kinds: [LinkFault.Kind] = [
      .delay(.seconds(1)), .forge(factor: 1.5), .replay(after: .minutes(1)),
      .flood(bytes: 30, perSecond: 2),
    ]
    let faults = kinds.indices.map {
      LinkFault(
        id: "\($0)", link: "up", kind: kinds[$0], from: .start, until: .start + .hours(1))
    }
    let one = try OneLink(busy, medium: Medium(id: "line", channels: 2), faults: faults)
    var states = one.states
    let (warm, _) = Self.use(&states, one, seconds: 0..<10)
    let before = busbar_allocation_count()
    let (arrived, confirmed) = Self.use(&states, one, seconds: 10..<1_000)
    let allocations = busbar_allocation_count() - before
    #expect(allocations == 0, "990 messages made \(allocations) allocations.")
    #expect(warm > 0 && arrived > 500 && confirmed > 300)
  }

  /// Loops over `Int`: in a debug build, the standard library's loop over `Int64` allocates itself.
  private static func use(
    _ states: inout LinkStates, _ one: OneLink, seconds: Range<Int>
  ) -> (Int, Int) {
    var (arrived, confirmed) = (0, 0)
    for second in seconds {
      let time = SimulationTime(milliseconds: Int64(second) * 1_000)
      let sent = states.transmit(over: one.link, bytes: 60, at: time, in: one.plan)
      guard sent.arrival != nil, states.receive(over: one.link, in: one.plan) else { continue }
      arrived += 1
      if states.confirm(over: one.link, at: time, in: one.plan)?.arrival != nil { confirmed += 1 }
    }
    return (arrived, confirmed)
  }
}
