import BusbarEvents
import Foundation
import Testing

struct EventLogHashTests {
  private func hash(_ events: [(Int64, UInt64, UInt64)]) -> String {
    var hash = EventLogHash()
    for (milliseconds, kind, payload) in events {
      hash.absorb(
        EventKey(
          time: SimulationTime(milliseconds: milliseconds), phase: .physics, target: 0, ordinal: 0),
        kind: kind, payload: payload)
    }
    return hash.description
  }

  private let log: [(Int64, UInt64, UInt64)] = [(0, 0, 1), (0, 1, 4), (60_000, 0, 1)]

  @Test func theSameEventsHaveTheSameHash() { #expect(hash(log) == hash(log)) }

  @Test func anyChangeOfTheLogChangesTheHash() {
    var variants = [log, Array(log.dropLast()), log + [(120_000, 0, 0)], log.reversed()]
    for position in log.indices {
      variants.append(log.enumerated().map { $0 == position ? ($1.0 + 1, $1.1, $1.2) : $1 })
      variants.append(log.enumerated().map { $0 == position ? ($1.0, $1.1 + 1, $1.2) : $1 })
      variants.append(log.enumerated().map { $0 == position ? ($1.0, $1.1, $1.2 + 1) : $1 })
    }
    #expect(Set(variants.map(hash)).count == variants.count)
  }

  @Test func theHashHas32Digits() {
    #expect(hash([]).count == 32)
    #expect(hash(log).allSatisfy { $0.isHexDigit })
  }

  @Test func aDecodedHashGoesOnAsTheEncodedOne() throws {
    var hash = EventLogHash()
    let key = EventKey(time: .start, phase: .decision, target: 3, ordinal: 0)
    hash.absorb(key, kind: 1, payload: 2)
    var decoded = try JSONDecoder().decode(EventLogHash.self, from: JSONEncoder().encode(hash))
    decoded.absorb(key, kind: 2, payload: 3)
    hash.absorb(key, kind: 2, payload: 3)
    #expect(decoded == hash)
    #expect(decoded.count == 2)
  }
}
