public import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarUnits
internal import Foundation

/// Why a simulation cannot go on from a checkpoint.
public enum RestoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The bytes are no state of a simulation of this version.
  case unreadable(String)
  /// The scenario has other elements with a state than the checkpoint.
  case different(kind: String, added: [String], removed: [String])
  /// The network cannot be solved at the positions of the checkpoint.
  case unsolvable(String)

  public var description: String {
    switch self {
    case .unreadable(let detail):
      "The state of the checkpoint cannot be read: \(detail). It was written by another version, or "
        + "the file is damaged."
    case .different(let kind, let added, let removed):
      "The scenario has other \(kind) than the checkpoint"
        + (added.isEmpty ? "" : "; new: \(Self.list(added))")
        + (removed.isEmpty ? "" : "; gone: \(Self.list(removed))")
        + ". Only values may change at a branch, not what has a state."
    case .unsolvable(let reason): "The network of the checkpoint cannot be solved: \(reason)"
    }
  }

  private static func list(_ ids: [String]) -> String {
    ids.prefix(5).map { "'\($0)'" }.joined(separator: ", ") + (ids.count > 5 ? ", ..." : "")
  }
}

/// Whether a simulation goes on as it was, or with changed values of the scenario.
public enum Restoration: Sendable, Hashable {
  /// The plan is the one of the checkpoint: the same bytes follow as without the interruption.
  case resumption
  /// Values of the plan have changed: they take effect at the instant of the checkpoint.
  case branch
}

extension Simulation {
  /// All that changes during a run, except the records that wait for a writer.
  struct Snapshot: Codable {
    static let currentVersion = 1

    var version = Self.currentVersion
    var now: SimulationTime
    var flow: PackedNumbers
    var room: ControlRoom.Snapshot
    var status: SolutionStatus
    var delivered: [ComplexPower]
    var requested: [ComplexPower]
    var terminalVoltage: [Voltage]
    var meters: [SmartMeter]
    var meteredUntil: SimulationTime
    var worstMeteredStatus: SolutionStatus
    var isRecording: Bool
    var eventHash: EventLogHash
    var queue: EventQueue<PendingEvent>
    var ordinals: Ordinals
    var pendingFlow: PendingFlow?
    var flowIsScheduled: Bool
    var watch: InstantWatch
    var books: Books
    var post: PostOffice.State?
    var members: Members
  }

  /// What has been counted and summed up so far.
  struct Books: Codable {
    var energy: EnergyBalance
    var power: PowerBalance
    var extremes: VoltageExtremes
    var firstFailure: FlowFailure?
    var failureCount: Int
    var flowCount: Int
    var iterationTotal: Int
    var iterationMaximum: Int
    var windowing: Windowing
  }

  /// The ids of everything that has a state.
  struct Members: Codable, Equatable {
    var devices: [[String]]
    var kinds: [String]
    var meters: [String]
    var controls: [String]
    var buses: [String]
    var operations: Int
    var meteringInterval: Interval
    var parties: [String]
    var links: [String]
    var processes: [String]

    init(_ plan: SimulationPlan) {
      devices = plan.fleets.map(\.ids)
      kinds = plan.fleets.map(\.kind)
      meters = plan.meters.map(\.id)
      controls = plan.controls.map(\.id)
      buses = plan.solver.network.grid.buses.values.map(\.id)
      operations = plan.operations.count
      meteringInterval = plan.meteringInterval
      parties = plan.communication?.network.parties.values.map(\.id) ?? []
      links = plan.communication?.network.links.values.map(\.id) ?? []
      processes = plan.communication?.processes.map(\.id) ?? []
    }

    /// The first list in which another one differs.
    func difference(from other: Members) -> RestoreError? {
      var lists = [("kinds of devices", kinds, other.kinds)]
      for (position, ids) in devices.enumerated() where other.devices.indices.contains(position) {
        lists.append(("devices", ids, other.devices[position]))
      }
      lists += [
        ("meters", meters, other.meters), ("controls", controls, other.controls),
        ("buses", buses, other.buses), ("parties", parties, other.parties),
        ("links", links, other.links), ("processes", processes, other.processes),
      ]
      for (kind, mine, theirs) in lists where mine != theirs {
        let (new, old) = (Set(mine), Set(theirs))
        return .different(
          kind: kind, added: mine.filter { !old.contains($0) },
          removed: theirs.filter { !new.contains($0) })
      }
      guard meteringInterval == other.meteringInterval else {
        return .different(kind: "intervals of metering", added: [], removed: [])
      }
      guard operations == other.operations else {
        return .different(kind: "planned switching", added: [], removed: [])
      }
      return nil
    }
  }

  private struct FleetStates: Codable {
    var fleets: [any Fleet]

    init(_ fleets: [any Fleet]) { self.fleets = fleets }

    init(from decoder: any Decoder) throws {
      guard let fresh = decoder.userInfo[Self.key] as? [any Fleet] else {
        preconditionFailure("States are restored into the fleets of a plan.")
      }
      fleets = fresh
      var states = try decoder.unkeyedContainer()
      for fleet in fleets.indices {
        try fleets[fleet].restoreStates(from: states.superDecoder())
      }
    }

    func encode(to encoder: any Encoder) throws {
      var states = encoder.unkeyedContainer()
      for fleet in fleets { try fleet.encodeStates(to: states.superEncoder()) }
    }

    static var key: CodingUserInfoKey {
      guard let key = CodingUserInfoKey(rawValue: "fleets") else {
        preconditionFailure("A key of user information is any text.")
      }
      return key
    }
  }

  private struct Checkpoint: Codable {
    var snapshot: Snapshot
    var fleets: FleetStates
    /// The rows of the meters' memory, unless they are kept apart.
    var meterRows: [Data]
  }

  /// What an encoded state holds.
  public enum StateScope: Sendable {
    /// Everything.
    case whole
    /// Everything but the rows of the meters' memory, of which a checkpoint writes only new ones.
    case withoutMeterRows
  }

  /// The memory of the communicating meters; nil when there are none.
  public var meterMemory: MeterMemory? { post?.metering?.memory }

  /// The state of the simulation at this event boundary, for `init(_:restoring:as:)`.
  ///
  /// Records that wait are not part of it: whoever writes them down takes them first.
  public func encodedState(_ scope: StateScope = .whole) -> [UInt8] {
    let rows = scope == .whole ? meterMemory?.rows(since: 0) ?? [] : []
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    do {
      return [UInt8](
        try encoder.encode(
          Checkpoint(
            snapshot: snapshot, fleets: FleetStates(fleets), meterRows: rows.map { Data($0.bytes) })
        ))
    } catch {
      preconditionFailure("Every state of a simulation can be encoded: \(error)")
    }
  }

  private var snapshot: Snapshot {
    Snapshot(
      now: now, flow: flowState.numbers, room: room.snapshot, status: status,
      delivered: delivered, requested: requested, terminalVoltage: terminalVoltage,
      meters: meters, meteredUntil: meteredUntil, worstMeteredStatus: worstMeteredStatus,
      isRecording: isRecording, eventHash: eventHash, queue: queue, ordinals: ordinals,
      pendingFlow: pendingFlow, flowIsScheduled: flowIsScheduled, watch: watch,
      books: Books(
        energy: energy, power: power, extremes: extremes, firstFailure: firstFailure,
        failureCount: failureCount, flowCount: flowCount, iterationTotal: iterationTotal,
        iterationMaximum: iterationMaximum, windowing: windowing),
      post: post?.state, members: Members(plan))
  }

  /// Makes a simulation that goes on from an encoded state.
  ///
  /// With the plan of the state it goes on to the same bytes. In a branch, values of the plan may
  /// differ and take effect at the state's instant; what has a state must be the same by its ids.
  ///
  /// Rows of the meters' memory that the state does not hold are given beside it.
  public init(
    _ plan: SimulationPlan, restoring bytes: [UInt8], meterRows: [MeterRow] = [],
    as restoration: Restoration = .resumption
  ) throws(RestoreError) {
    self.init(plan)
    let checkpoint: Checkpoint
    do {
      let decoder = PropertyListDecoder()
      decoder.userInfo[FleetStates.key] = plan.fleets
      checkpoint = try decoder.decode(Checkpoint.self, from: Data(bytes))
    } catch {
      throw .unreadable("\(error)")
    }
    let snapshot = checkpoint.snapshot
    guard snapshot.version == Snapshot.currentVersion else {
      throw .unreadable("its version is \(snapshot.version), not \(Snapshot.currentVersion)")
    }
    if let difference = Members(plan).difference(from: snapshot.members) { throw difference }
    guard snapshot.delivered.count == delivered.count,
      snapshot.requested.count == requested.count, snapshot.meters.count == meters.count,
      snapshot.terminalVoltage.count == terminalVoltage.count,
      snapshot.ordinals.fleets.count == fleets.count
    else { throw .unreadable("lists have other lengths than the scenario") }
    try adopt(snapshot)
    fleets = checkpoint.fleets.fleets
    try restore(meterRows + checkpoint.meterRows.compactMap { MeterRow(bytes: [UInt8]($0)) })
    if restoration == .branch { reconsider() }
  }

  private mutating func restore(_ rows: [MeterRow]) throws(RestoreError) {
    guard let memory = meterMemory else { return }
    guard rows.allSatisfy({ $0.meterCount == memory.meterCount }) else {
      throw .unreadable("the memory of the meters has other meters")
    }
    post?.metering?.restore(rows)
    guard meterMemory?.isRestored == true else {
      throw .unreadable("the memory of the meters lacks rows")
    }
  }

  private mutating func adopt(_ snapshot: Snapshot) throws(RestoreError) {
    do {
      guard try room.restore(snapshot.room) else {
        throw RestoreError.different(kind: "branches and shunts", added: [], removed: [])
      }
    } catch let error as RestoreError {
      throw error
    } catch {
      throw .unsolvable("\(error)")
    }
    now = snapshot.now
    requested = snapshot.requested
    rewire()
    if let restored = flowState.restored(from: snapshot.flow) { flowState = restored }
    status = snapshot.status
    delivered = snapshot.delivered
    terminalVoltage = snapshot.terminalVoltage
    meters = snapshot.meters
    meteredUntil = snapshot.meteredUntil
    worstMeteredStatus = snapshot.worstMeteredStatus
    isRecording = snapshot.isRecording
    eventHash = snapshot.eventHash
    queue = snapshot.queue
    ordinals = snapshot.ordinals
    pendingFlow = snapshot.pendingFlow
    flowIsScheduled = snapshot.flowIsScheduled
    watch = snapshot.watch
    if let setup = plan.communication, let state = snapshot.post {
      post = PostOffice(setup, resuming: state)
    }
    let books = snapshot.books
    energy = books.energy
    power = books.power
    extremes = books.extremes
    firstFailure = books.firstFailure
    failureCount = books.failureCount
    flowCount = books.flowCount
    iterationTotal = books.iterationTotal
    iterationMaximum = books.iterationMaximum
    windowing = books.windowing
  }

  /// Lets changed values of the plan take effect now.
  private mutating func reconsider() {
    queue.removeAll { event in
      switch event.event {
      case .deviceChange, .lineOperation: true
      default: false
      }
    }
    cause = EventRecord.noCause
    for fleet in fleets.indices { scheduleChange(of: fleet) }
    scheduleOperations()
    updateDemand()
    if pendingFlow == nil { scheduleFlow(at: now, round: nextRound) }
  }
}
