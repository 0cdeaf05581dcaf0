internal import BusbarEvents
internal import BusbarMessaging
internal import BusbarUnits

/// Whom a concentrator asks next, whom it waits for, and what it still lacks.
///
/// Meters wait in a ring; each stands there at most once, or is being asked. A cycle begins one
/// meter further on than the last, so that no meter is always the last. A meter that does not
/// answer in time, or has more to give, goes to the end of the ring, so that it delays nobody.
/// Meters are named by their place in the concentrator's own list.
struct PollCycle: Sendable, Hashable, Codable {
  private enum Standing: UInt8, Sendable, Hashable, Codable { case idle, waiting, asked }

  private struct Question: Sendable, Hashable, Codable {
    var meter: Int32
    var deadline: SimulationTime
  }

  private(set) var windows: [RowWindow]
  private var standing: [Standing]
  private var attempts: [Int32]
  private var ring: [Int32]
  private var head = 0
  private var waiting = 0
  /// In order of the deadlines only when waits do not grow; searched as a whole.
  private var questions: [Question] = []
  private var firstOfCycle = 0

  init(meters: Int) {
    windows = Array(repeating: RowWindow(), count: meters)
    standing = Array(repeating: .idle, count: meters)
    attempts = Array(repeating: 0, count: meters)
    ring = Array(repeating: 0, count: meters)
  }

  /// The number of meters that are being asked.
  var askedCount: Int { questions.count }

  /// The instant at which the next answer is overdue.
  var nextDeadline: SimulationTime? {
    var earliest: SimulationTime?
    for question in questions {
      earliest = min(earliest ?? question.deadline, question.deadline)
    }
    return earliest
  }

  /// Lines up each meter that lacks something and is neither waiting nor being asked.
  mutating func begin(latest: Int) {
    guard !windows.isEmpty else { return }
    for step in windows.indices {
      let meter = (firstOfCycle + step) % windows.count
      attempts[meter] = 0
      guard standing[meter] == .idle, windows[meter].oldest <= latest else { continue }
      lineUp(meter)
    }
    firstOfCycle = (firstOfCycle + 1) % windows.count
  }

  /// Takes the next meter from the ring and notes that it is asked; nil when nobody waits.
  mutating func ask(
    latest: Int, atMost limit: Int, at now: SimulationTime, retry: RetryPolicy
  ) -> (meter: Int, rows: RowRange)? {
    while waiting > 0 {
      let meter = Int(ring[head])
      head = (head + 1) % ring.count
      waiting -= 1
      standing[meter] = .idle
      guard let rows = windows[meter].gap(through: latest, atMost: limit) else { continue }
      attempts[meter] += 1
      standing[meter] = .asked
      let deadline = now + retry.wait(afterAttempt: Int(attempts[meter]))
      questions.append(Question(meter: Int32(meter), deadline: deadline))
      return (meter, rows)
    }
    return nil
  }

  /// Notes rows that a meter has, or has nothing for; returns how many were not noted before.
  ///
  /// When they answer the question that the meter was asked, it lines up again if it has more.
  mutating func settle(_ meter: Int, _ rows: RowRange, latest: Int) -> Int {
    let answers = standing[meter] == .asked && rows.contains(Int(windows[meter].oldest))
    let new = windows[meter].insert(rows)
    guard answers else { return new }
    release(meter)
    attempts[meter] = 0
    if windows[meter].oldest <= latest { lineUp(meter) }
    return new
  }

  /// Notes that a meter refused; it is asked again in the next cycle.
  mutating func refuse(_ meter: Int) {
    if standing[meter] == .asked { release(meter) }
  }

  /// Returns the next meter whose answer is overdue, and whether it is asked again this cycle.
  mutating func nextOverdue(
    at now: SimulationTime, retry: RetryPolicy
  ) -> (meter: Int, isAskedAgain: Bool)? {
    guard let place = questions.firstIndex(where: { $0.deadline <= now }) else { return nil }
    let meter = Int(questions[place].meter)
    release(meter)
    guard retry.allowsAnother(after: Int(attempts[meter])) else { return (meter, false) }
    lineUp(meter)
    return (meter, true)
  }

  /// Forgets whom it was asking and who waits, as a restart does; what has arrived is kept.
  mutating func restart() {
    questions.removeAll(keepingCapacity: true)
    waiting = 0
    for meter in standing.indices { standing[meter] = .idle }
  }

  private mutating func lineUp(_ meter: Int) {
    ring[(head + waiting) % ring.count] = Int32(meter)
    waiting += 1
    standing[meter] = .waiting
  }

  private mutating func release(_ meter: Int) {
    questions.removeAll { $0.meter == Int32(meter) }
    standing[meter] = .idle
  }
}
