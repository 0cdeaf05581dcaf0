public import BusbarEvents
public import BusbarUnits

/// One device of a fleet before the run.
public struct FleetMember<Parameters: Sendable>: Sendable {
  /// The user's name of the device.
  public var id: String
  /// What is fixed for the run.
  public var parameters: Parameters

  /// Makes a member.
  public init(id: String, parameters: Parameters) {
    self.id = id
    self.parameters = parameters
  }
}

/// The name, unit and meaning of a recorded quantity, without the model behind it.
public struct ChannelDescription: Hashable, Sendable {
  /// The name of the variable, without the kind.
  public let name: String
  /// The unit as written into the file.
  public let unit: String
  /// What the quantity is, in words.
  public let longName: String
}

/// All devices of one kind in a simulation, behind one dynamic call for each phase of an instant.
public protocol Fleet: Sendable {
  /// The kind of the devices.
  var kind: String { get }
  /// The ids of the devices, in the order of every other list here.
  var ids: [String] { get }
  /// How the power of each device depends on the voltage; nil for one on which it does not.
  var voltageResponses: [RatedResponse?] { get }
  /// What is recorded of each device.
  var channels: [ChannelDescription] { get }
  /// The instant at which the next of the devices changes by itself; nil when none ever does.
  var nextChange: SimulationTime? { get }

  /// Brings the devices that change at or before an instant to that instant.
  mutating func advance(to time: SimulationTime, drawing delivered: ArraySlice<ComplexPower>)
  /// Writes what each device draws now at rated voltage; returns whether anything differs from what stood there.
  func updateDemand(
    _ demand: inout [ComplexPower], from first: Int, at terminalVoltage: [Voltage]
  ) -> Bool
  /// The values of one channel at an instant, without advancing any state.
  func values(
    ofChannel channel: Int, drawing delivered: ArraySlice<ComplexPower>, into values: inout [Double]
  )

  /// Writes down what changes during the run.
  func encodeStates(to encoder: any Encoder) throws
  /// Goes on from states that a fleet of the same devices has written down.
  mutating func restoreStates(from decoder: any Decoder) throws
}

/// A fleet of one model, with parameters and states side by side in memory.
struct ModelFleet<Model: DeviceModel>: Fleet {
  let ids: [String]
  private let parameters: [Model.Parameters]
  private var states: [Model.State]
  private var updated: [SimulationTime]
  private var due: [SimulationTime?]
  private(set) var nextChange: SimulationTime?

  init(_ members: [FleetMember<Model.Parameters>]) {
    ids = members.map(\.id)
    parameters = members.map(\.parameters)
    states = parameters.map(Model.initialState)
    updated = Array(repeating: .start, count: members.count)
    due = []
    lookAhead()
  }

  /// Finds out when each device changes next.
  private mutating func lookAhead() {
    due = states.indices.map { device in
      Model.timeUntilNextChange(states[device], parameters[device]).map { updated[device] + $0 }
    }
    nextChange = due.compactMap { $0 }.min()
  }

  var kind: String { Model.kind }
  var voltageResponses: [RatedResponse?] { parameters.map(Model.voltageResponse) }
  var channels: [ChannelDescription] {
    Model.channels.map {
      ChannelDescription(name: $0.name, unit: $0.unit, longName: $0.longName)
    }
  }

  mutating func advance(to time: SimulationTime, drawing delivered: ArraySlice<ComplexPower>) {
    var earliest: SimulationTime?
    for device in states.indices {
      if let instant = due[device], instant <= time {
        states[device] = Model.advance(
          states[device], by: time - updated[device],
          drawing: delivered[delivered.startIndex + device], parameters[device])
        updated[device] = time
        let wait = Model.timeUntilNextChange(states[device], parameters[device])
        precondition(
          wait.map { $0 > .zero } ?? true, "\(Model.kind) '\(ids[device])' changes without end.")
        due[device] = wait.map { time + $0 }
      }
      if let instant = due[device] { earliest = min(earliest ?? instant, instant) }
    }
    nextChange = earliest
  }

  func updateDemand(
    _ demand: inout [ComplexPower], from first: Int, at terminalVoltage: [Voltage]
  ) -> Bool {
    var changed = false
    for device in states.indices {
      let power = Model.demand(
        states[device], at: terminalVoltage[first + device], parameters[device])
      if power != demand[first + device] {
        demand[first + device] = power
        changed = true
      }
    }
    return changed
  }

  func values(
    ofChannel channel: Int, drawing delivered: ArraySlice<ComplexPower>, into values: inout [Double]
  ) {
    let read = Model.channels[channel].value
    for device in states.indices {
      values[device] = read(
        states[device], parameters[device], delivered[delivered.startIndex + device])
    }
  }

  private struct Memory: Codable {
    var states: [Model.State]
    var updated: [SimulationTime]
  }

  func encodeStates(to encoder: any Encoder) throws {
    try Memory(states: states, updated: updated).encode(to: encoder)
  }

  mutating func restoreStates(from decoder: any Decoder) throws {
    let memory = try Memory(from: decoder)
    guard memory.states.count == ids.count, memory.updated.count == ids.count else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a state is missing"))
    }
    states = memory.states
    updated = memory.updated
    lookAhead()
  }
}
