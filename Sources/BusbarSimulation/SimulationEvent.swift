public import BusbarDevices
public import BusbarEvents

/// What the simulator can do at an instant; a closed list of its own work, not of device kinds.
public enum SimulationEvent: Sendable, Hashable, Codable {
  /// Devices of a fleet change by themselves, as when a profile takes its next step.
  case deviceChange(fleet: Int)
  /// All meters are read.
  case meterReading
  /// The power flow is solved.
  case powerFlow
  /// A control moves a tap, switches a step or looks at its clock.
  case controlAction(control: Int)
  /// A planned operation opens or closes a line.
  case lineOperation(operation: Int)
  /// A message comes to the end of a link.
  case messageDelivery(place: Int)
  /// A party fetches a message from its airlock.
  case messageFetch(place: Int)
  /// A sender learns from a link's own protocol that its message has arrived.
  case messageConfirmation(place: Int)
  /// A timer of a meter, a concentrator or the head-end runs out.
  case meteringTimer(MeteringTimer)
  /// A process begins a run.
  case processStart(process: Int)
  /// A process sends the message of a step, for the first time or again.
  case processStep(process: Int, run: Int, step: Int)
  /// A party does what a process has told it.
  case processCommand(process: Int, step: Int)

  /// The words used in files and messages, in the order of `code`.
  public static let kinds = [
    "device_change", "meter_reading", "power_flow", "control_action", "line_operation",
    "message_delivery", "message_fetch", "message_confirmation", "metering_timer", "process_start",
    "process_step", "process_command",
  ]

  /// The position of the event's kind in `kinds`.
  public var code: Int {
    switch self {
    case .deviceChange: 0
    case .meterReading: 1
    case .powerFlow: 2
    case .controlAction: 3
    case .lineOperation: 4
    case .messageDelivery: 5
    case .messageFetch: 6
    case .messageConfirmation: 7
    case .meteringTimer: 8
    case .processStart: 9
    case .processStep: 10
    case .processCommand: 11
    }
  }
}

/// An event that is still to happen.
struct PendingEvent: Sendable, Codable {
  var event: SimulationEvent
  /// The number of the event that has brought it about.
  var cause: Int
}

/// An event that has happened.
public struct EventRecord: Sendable, Hashable {
  /// The number of the event in the run, from 0.
  public var number: Int
  /// The event's place in the total order.
  public var key: EventKey
  /// What was done.
  public var event: SimulationEvent
  /// A number that sums up the outcome: changed devices, read meters, sweeps, the new position, the
  /// run or attempt of a process, or the number of a transmission; for one that came to a receiver
  /// without supply, −1 less that number.
  public var outcome: Int
  /// The number of the event that has brought it about; `noCause` where that is the scenario.
  public var cause: Int

  /// Stands for the start of the run.
  public static let noCause = -1
}

/// Whether what stands in the tables belongs to the instant.
public enum SolutionStatus: Int8, Sendable, Comparable, Codable, CaseIterable {
  /// The power flow has converged for the demand of the time.
  case solved
  /// The last solution before a power flow that did not converge.
  case held
  /// There is no solution.
  case missing

  public static func < (left: SolutionStatus, right: SolutionStatus) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The words used in files, in the order of the raw values.
  public static let names = ["solved", "held", "missing"]
}

/// A power flow that has been made.
public struct FlowRecord: Sendable, Hashable {
  /// The instant.
  public var time: SimulationTime
  /// The number of sweeps.
  public var iterations: Int
  /// The largest voltage change of the last sweep, relative to the nominal voltage.
  public var mismatch: Double
  /// What stands in the tables after it.
  public var status: SolutionStatus
}

/// The readings of all meters at one instant; nil where a meter had nothing to register.
public struct ReadingRecord: Sendable {
  /// The end of the interval over which the meters averaged.
  public var time: SimulationTime
  /// One reading for each meter.
  public var readings: [MeterReading?]
  /// The worst status of a solution within the interval.
  public var status: SolutionStatus
}
