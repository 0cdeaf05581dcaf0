import BusbarEvents
import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

/// Chains in logs that are written by hand: messages, long schedules, gaps.
struct ExplainLogTests {
  /// The explanation of an entity of a log as text.
  private func text(
    _ file: LogFile, entity: String, at instant: SimulationTime, longestSchedule: Int = 1_000_000
  ) throws -> String {
    let folder = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("log.h5").path
    try file.write(to: path)
    let explainer = try Explainer(TrajectoryReader(path), longestSchedule: longestSchedule)
    return try explainer.explain(entity: entity, at: instant).text(explainer.clock)
  }

  /// A reading goes over a concentrator to the head-end; a second one is lost.
  private static let readings = LogFile(
    events: [
      .init(number: 0, cause: -1, milliseconds: 1_860_000, kind: LogFile.meterReading, outcome: 3),
      .init(
        number: 1, cause: 0, milliseconds: 1_861_200, kind: LogFile.messageDelivery, outcome: 7),
      .init(
        number: 2, cause: 1, milliseconds: 1_862_000, kind: LogFile.messageDelivery, outcome: 8),
    ],
    messages: [
      .init(number: 7, sent: 1_860_000, arrival: 1_861_200, link: 0, event: 0),
      .init(number: 8, sent: 1_861_200, arrival: 1_862_000, link: 1, event: 1),
      .init(number: 9, sent: 1_865_000, arrival: -1, link: 0, outcome: 1, event: 0),
    ],
    links: ["meter-01>DTC1", "DTC1>head-end"])

  @Test func aMessageIsFollowedOverAllItsHopsToWhatItTells() throws {
    #expect(
      try text(Self.readings, entity: "head-end", at: .start + .hours(1)) == """
        head-end at 2025-01-15 10:00:00 +00:00

        messages of head-end
          note: it has sent nothing until then
          because 2025-01-15 09:31:02 +00:00: meter reading (message 8) over DTC1>head-end \
        arrived 2025-01-15 09:31:02 +00:00, sent 2025-01-15 09:31:01.200 +00:00 (event 2)
            because 2025-01-15 09:31:01.200 +00:00: meter reading (message 7) over meter-01>DTC1 \
        arrived 2025-01-15 09:31:01.200 +00:00, sent 2025-01-15 09:31:00 +00:00 (event 1)
              because 2025-01-15 09:31:00 +00:00: 3 meters were read (event 0)
                because the scenario says so

        """)
  }

  @Test func aLostMessageSaysHowItWasLost() throws {
    let text = try text(Self.readings, entity: "meter-01", at: .start + .hours(1))
    #expect(
      text.contains(
        "last sent: meter reading (message 9) over meter-01>DTC1 was not delivered (lost by "
          + "chance), sent 2025-01-15 09:31:05 +00:00"), "\(text)")
    #expect(text.contains("nothing has arrived until then"))
  }

  @Test func aMessageThatIsUnderWayHasNotArrived() throws {
    let text = try text(
      Self.readings, entity: "head-end", at: SimulationTime(milliseconds: 1_861_999))
    #expect(text.contains("nothing has arrived until then"), "\(text)")
  }

  /// More events than one piece of a column holds, behind numbers that do not begin with 0.
  private static func schedule(_ count: Int64, first: Int64, action cause: Int64) -> LogFile {
    var events = (0..<count).map {
      LogFile.Event(
        number: first + $0, cause: $0 == 0 ? first - 1 : first + $0 - 1, milliseconds: $0 * 1_000,
        kind: LogFile.deviceChange, ordinal: $0)
    }
    events.append(
      .init(
        number: first + count, cause: cause, milliseconds: count * 1_000,
        kind: LogFile.controlAction, target: 1, outcome: -3))
    return LogFile(events: events, controls: ["other", "regulator"])
  }

  @Test func aScheduleIsOneLineHoweverLongItIs() throws {
    let file = Self.schedule(9_000, first: 500, action: 9_499)
    #expect(
      try text(file, entity: "regulator", at: .start + .hours(3)) == """
        regulator at 2025-01-15 12:00:00 +00:00

        last action of control regulator, 2025-01-15 11:30:00 +00:00
          position  -3
          because 2025-01-15 11:30:00 +00:00: control 'regulator' moved to position -3 (event 9500)
            because 2025-01-15 11:29:59 +00:00: devices of kind 'load' changed (event 9499)
              because its own schedule came to it, as 8999 times before since 2025-01-15 09:00:00 \
        +00:00
                because of an event before the recording began (event 499)

        """)
  }

  @Test func aScheduleThatIsTooLongIsNotFollowedToItsBeginning() throws {
    let file = Self.schedule(9_000, first: 0, action: 8_999)
    let text = try text(
      file, entity: "regulator", at: .start + .hours(9), longestSchedule: 5_000)
    #expect(
      text.contains(
        "as 5000 times before since 2025-01-15 10:06:39 +00:00\n        because of earlier events "
          + "of that schedule, which are not followed"), "\(text)")
  }

  @Test(arguments: [Int64(0), 1, 4_095, 4_096, 8_191, 8_999])
  func anEventIsFoundByItsNumberWhereverItIs(place: Int64) throws {
    let text = try text(
      Self.schedule(9_000, first: 500, action: 500 + place), entity: "regulator",
      at: .start + .hours(3))
    let clock = ResultClock(
      Epoch(unixMilliseconds: 1_736_931_600_000, zone: "UTC", offsetSeconds: 0))
    let when = clock.text(SimulationTime(milliseconds: place * 1_000))
    #expect(
      text.contains("\(when): devices of kind 'load' changed (event \(500 + place))"), "\(text)")
  }

  @Test func anActionBehindTheInstantDoesNotCount() throws {
    let file = Self.schedule(9_000, first: 500, action: 500)
    let text = try text(file, entity: "regulator", at: .start + .hours(2))
    #expect(text.contains("it has not acted since the recording began"), "\(text)")
  }

  /// Two controls that answer each other at each instant have no root that is near.
  @Test func aChainWithoutAnEndIsCutAndSaysSo() throws {
    let events = (0..<Int64(300)).map {
      LogFile.Event(
        number: $0, cause: $0 - 1, milliseconds: $0, kind: LogFile.controlAction,
        target: $0 % 2, outcome: $0)
    }
    let file = LogFile(events: events, controls: ["one", "two"])
    let text = try text(file, entity: "one", at: .start + .hours(1))
    #expect(text.hasSuffix("because of earlier events, which are not followed further\n"))
    #expect(text.split(separator: "\n").count < 100)
  }

  @Test func aFileWithoutCausesIsRefused() throws {
    var file = Self.readings
    file.knowsCauses = false
    #expect(throws: TrajectoryError.self) {
      try text(file, entity: "head-end", at: .start)
    }
  }

  @Test func anUnknownEntityIsRefusedWithTheKnownOnes() throws {
    do {
      _ = try text(Self.readings, entity: "DTC2", at: .start)
      Issue.record("DTC2 is not in the file.")
    } catch TrajectoryError.unknownElement(let name, _, let known) {
      #expect(name == "DTC2")
      #expect(known == ["DTC1", "head-end", "meter-01"])
    }
  }
}
