public import BusbarEvents

/// Says what a result file holds about an element, and which events and messages lie behind it.
public struct Explainer {
  /// The clock on which instants are shown.
  public let clock: ResultClock
  let reader: TrajectoryReader
  let log: EventLog
  let flows: FlowLog
  let messages: MessageLog?
  let words: EventWords
  private let directory: ElementDirectory
  /// Recording instants.
  let times: LogColumn

  private let longestSchedule: Int

  /// Opens the tables of a file; throws for a file that does not know the causes of its events.
  ///
  /// At most `longestSchedule` events that brought each other about are followed back, so that an
  /// answer takes a bounded time: a million are two years of minutes.
  public init(
    _ reader: TrajectoryReader, longestSchedule: Int = 1_000_000
  ) throws(TrajectoryError) {
    self.reader = reader
    self.longestSchedule = longestSchedule
    clock = try ResultClock(reader)
    log = try EventLog(reader)
    flows = try FlowLog(reader)
    messages = try MessageLog(reader)
    words = EventWords(log: log, flows: flows, messages: messages, clock: clock)
    directory = try ElementDirectory(reader, log, messages)
    times = try LogColumn("time", in: reader)
  }

  /// A tree in which nothing is told yet.
  func makeTree() -> CauseTree { CauseTree(words, longestSchedule: longestSchedule) }

  /// Explains the voltages of a bus at an instant.
  public func explain(
    bus id: String, at instant: SimulationTime
  ) throws(TrajectoryError) -> Explanation {
    guard let place = directory.buses.firstIndex(of: id) else {
      throw .unknownElement(name: id, axis: "bus", known: directory.buses)
    }
    return Explanation(
      subject: "bus \(id)", instant: instant,
      parts: [try statePart(of: .bus, id, place, at: instant)])
  }

  /// Explains a device, meter, customer, branch, source, control or party at an instant.
  ///
  /// A customer is all that belongs to it; an id with several meanings is explained in each.
  public func explain(
    entity id: String, at instant: SimulationTime
  ) throws(TrajectoryError) -> Explanation {
    let meanings = directory.meanings(of: id)
    guard !meanings.isEmpty else {
      throw .unknownElement(
        name: id, axis: "device, meter, customer, branch, source, control or party",
        known: directory.entities)
    }
    var parts: [Explanation.Part] = []
    for (element, id, place) in meanings {
      switch element {
      case .bus: continue
      case .branch, .source, .device:
        parts.append(try statePart(of: element, id, place, at: instant))
      case .meter: parts.append(try meterPart(id, place, at: instant))
      case .control: parts.append(try controlPart(id, place, at: instant))
      case .party: parts.append(try partyPart(id, at: instant))
      }
    }
    return Explanation(subject: id, instant: instant, parts: parts)
  }

  /// What has to be known about a log that ends before the instant of a value.
  func notes(onLogBefore instant: SimulationTime) throws(TrajectoryError) -> [String] {
    guard reader.rootText("run_ending") == nil else { return [] }
    guard let last = try log.lastEvent() else {
      return ["the file is unfinished, and its event log is empty"]
    }
    guard last.time < instant else { return [] }
    return [
      "the file is unfinished, and its event log ends at \(clock.text(last.time)): what happened "
        + "later is not known"
    ]
  }
}
