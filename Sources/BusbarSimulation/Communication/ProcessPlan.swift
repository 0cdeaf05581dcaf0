public import BusbarDevices
public import BusbarEvents
public import BusbarGrid
public import BusbarMessaging
public import BusbarUnits

/// A chain of messages between parties, each sent when the one before has done its work (H-30).
public struct ProcessPlan: Sendable, Hashable {
  /// The user's name of the process.
  public var id: String
  /// When it runs for the first time.
  public var first: SimulationTime
  /// The time from the start of one run to that of the next; nil for a process that runs once.
  public var period: Interval?
  /// The time that a run should take at most; nil when nobody said so (H-31).
  public var deadline: Interval?
  /// The messages, in their order; at least one.
  public var steps: [ProcessStep]

  /// Makes a process that runs once.
  public init(id: String, first: SimulationTime, steps: [ProcessStep]) {
    precondition(!steps.isEmpty, "A process has a step.")
    self.id = id
    self.first = first
    self.steps = steps
  }
}

/// One message of a process.
public struct ProcessStep: Sendable, Hashable {
  /// What is sent.
  public var message: InformationExchange
  /// Who sends it.
  public var sender: Index<Party>
  /// Who receives it.
  public var receiver: Index<Party>
  /// The way from the one to the other.
  public var route: Index<Route>
  /// The size of the message in bytes.
  public var bytes: Int
  /// How long the sender needs before it sends.
  public var delay = Interval.zero
  /// What the receiver does at once.
  public var command: ProcessCommand?
  /// How the message is repeated until it has done its work; nil for a message sent once.
  public var retry: RetryPolicy?

  /// Makes a step.
  public init(
    _ message: InformationExchange, from sender: Index<Party>, to receiver: Index<Party>,
    along route: Index<Route>, bytes: Int
  ) {
    self.message = message
    self.sender = sender
    self.receiver = receiver
    self.route = route
    self.bytes = bytes
  }
}

/// What a message makes its receiver do.
public enum ProcessCommand: Sendable, Hashable {
  /// A line is opened or closed, as the breaker of HEILA's field test (H-29).
  case line(Index<Branch>, SwitchState)
  /// A meter gets another cut-off power in W (U-17, D-12).
  case cutOffPower(Index<SmartMeter>, watts: Double)
}

/// The kinds of information that platforms and field devices exchange (H-13 to H-22).
public enum InformationExchange: String, Sendable, Hashable, Codable, CaseIterable {
  case measurements, flexibility, offer, bid
  case controlSignals = "control_signals"
  case operationPlan = "operation_plan"
  case offerList = "offer_list"
  case weatherForecast = "weather_forecast"
  case priceForecast = "price_forecast"
  case reserveNotification = "reserve_notification"
  case activationNotification = "activation_notification"
  case verificationNotification = "verification_notification"
}

/// What has become of one run of a process, step by step.
public struct ProcessRecord: Sendable, Hashable {
  /// The process, by its position in the plan.
  public var process: Int
  /// The number of the run, from 0.
  public var run: Int
  /// The step, from 0.
  public var step: Int
  /// When its turn came: at the start of the run, or at the end of the step before.
  public var begun: SimulationTime
  /// When it had done its work; nil when it never did.
  public var completed: SimulationTime?
  /// How often its message was sent.
  public var attempts: Int
}

/// A run of a process that waits for something, with nothing left that could bring it about.
public struct Stall: Sendable, Hashable, Error {
  /// The instant.
  public var time: SimulationTime
  /// Who waits for what, in the user's words.
  public var waiting: [String]
}
