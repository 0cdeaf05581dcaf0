/// What kind of work an event does; within one round of an instant the phases run in this order.
@frozen
public enum EventPhase: UInt8, Sendable, Codable, CaseIterable, Comparable {
  /// The world changes: profiles, weather, faults.
  case exogenous
  /// Messages arrive.
  case delivery
  /// Meters and sensors observe the world as it was just before the instant.
  case observation
  /// Controllers and market actors decide.
  case decision
  /// Commands take effect.
  case actuation
  /// The power flow is solved.
  case physics

  @inlinable
  public static func < (left: EventPhase, right: EventPhase) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The place of an event in the total order `(time, round, phase, target, ordinal)`.
///
/// The order never depends on when an event was put into the queue. Packed into 128 bits: 48 for
/// the milliseconds (8,900 years), 12 for the round, 4 for the phase, 32 each for target and
/// ordinal, so that one comparison orders two events.
@frozen
public struct EventKey: Hashable, Comparable, Sendable {
  /// The key as one number; smaller runs first.
  public let packed: UInt128

  /// Makes a key; each part must be within the width that the packing gives it.
  @inlinable
  public init(
    time: SimulationTime, round: Int = 0, phase: EventPhase, target: Int, ordinal: Int
  ) {
    precondition(
      time.milliseconds >= 0 && time.milliseconds < 1 << 48,
      "An event lies between the start and the year 8900 of the run.")
    precondition(round >= 0 && round < 1 << 12, "A round is below 4096.")
    precondition(target >= 0 && target < 1 << 32, "A target is a 32-bit index.")
    precondition(ordinal >= 0 && ordinal < 1 << 32, "An ordinal is a 32-bit counter.")
    let instant = UInt64(time.milliseconds) << 16 | UInt64(round) << 4 | UInt64(phase.rawValue)
    let sender = UInt64(target) << 32 | UInt64(ordinal)
    packed = UInt128(instant) << 64 | UInt128(sender)
  }

  @inlinable var instantBits: UInt64 { UInt64(truncatingIfNeeded: packed >> 64) }
  @inlinable var senderBits: UInt64 { UInt64(truncatingIfNeeded: packed) }

  /// The instant at which the event happens.
  @inlinable public var time: SimulationTime {
    SimulationTime(milliseconds: Int64(instantBits >> 16))
  }
  /// The round within the instant; consequences of a round run in the next one.
  @inlinable public var round: Int { Int(instantBits >> 4 & 0xFFF) }
  /// The kind of work within the round.
  public var phase: EventPhase {
    guard let phase = EventPhase(rawValue: UInt8(instantBits & 0xF)) else {
      preconditionFailure("An event key holds one of the six phases.")
    }
    return phase
  }
  /// The index of the entity that the event is for.
  @inlinable public var target: Int { Int(senderBits >> 32) }
  /// The sender's own counter.
  @inlinable public var ordinal: Int { Int(senderBits & 0xFFFF_FFFF) }

  @inlinable
  public static func < (left: EventKey, right: EventKey) -> Bool { left.packed < right.packed }
}

extension EventKey: CustomStringConvertible {
  public var description: String {
    "\(time.milliseconds) ms, round \(round), \(phase), target \(target), ordinal \(ordinal)"
  }
}

/// Two numbers: the instant with its round and phase, and the target with the ordinal.
extension EventKey: Codable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(instantBits)
    try container.encode(senderBits)
  }

  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let instant = try container.decode(UInt64.self)
    guard EventPhase(rawValue: UInt8(instant & 0xF)) != nil else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "An event key holds one of the six phases.")
    }
    packed = UInt128(instant) << 64 | UInt128(try container.decode(UInt64.self))
  }
}
