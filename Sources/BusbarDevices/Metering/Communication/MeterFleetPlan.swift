public import BusbarEvents
internal import BusbarUnits

/// Everything about a fleet of communicating meters that does not change in a run.
public struct MeterFleetPlan: Sendable, Hashable {
  /// The users' names of the meters, in index order.
  public var ids: [String]
  /// Where each meter pushes its load profile and its notices: a concentrator or the head-end.
  public var collectors: [MeteringAddress]
  /// The groups that a request can address (E-3).
  public var groups: [MeterGroup] = []
  /// The periodic pushes; nil when meters are only polled.
  public var push: PushSchedule?
  /// The pushes of power as it happens; nil when no meter has them (D-12).
  public var realTime: RealTimeSchedule?
  /// Where real-time pushes go.
  public var realTimeReceiver = RealTimeReceiver.collector
  /// How long a returned supply takes to fill the store that feeds a last gasp.
  ///
  /// Zero, the default, takes no time; the sources give no value.
  public var lastGaspRecharge = Interval.zero
  /// The bytes of each message.
  public var sizes = MessageSizes()

  /// Where a meter's real-time pushes go.
  public enum RealTimeReceiver: Sendable, Hashable, Codable {
    /// To where the load profile goes (D-12: the operator's platform).
    case collector
    /// To the customer's own system at the local interface (E-1).
    case localInterface
  }

  /// Makes a plan of meters that answer requests and push nothing.
  public init(ids: [String], collectors: [MeteringAddress]) {
    precondition(ids.count == collectors.count, "Each meter has a collector.")
    self.ids = ids
    self.collectors = collectors
  }
}
