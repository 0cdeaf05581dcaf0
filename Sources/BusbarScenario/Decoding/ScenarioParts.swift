internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarSimulation
internal import BusbarTrajectory

/// A compiled network with what is connected to it.
struct ConnectedNetwork {
  /// The solver of the network.
  var solver: FlowSolver
  /// The devices of each kind, in natural order of their ids.
  var devices: [(kind: Catalog.Kind, records: [DecodedRecord])]
  /// The connection of each device, kind by kind.
  var connections: [DeviceConnection]
  var meters: [MeterInstallation]
  /// The controls of the network, in natural order of their ids.
  var controls: [DecodedControl]
  /// The planned switching, in the order in which it is carried out.
  var operations: [LineOperation]
}

/// A decoded scenario without any fault.
struct ScenarioParts {
  var title: String
  var epoch: Epoch
  var warmUp: Interval
  var duration: Interval
  var seed: UInt64
  var connected: ConnectedNetwork
  var profiles: ProfileLibrary
  var communication: CommunicationSetup?
  var meteringInterval: Interval
  var criterion: ConvergenceCriterion
  var policy: DivergencePolicy
  var snapshot: Snapshot
  var recording: RecordingOptions
  var checkpoints: [NamedCheckpoint]

  /// The plan of a run in which the devices follow some profiles.
  func plan(following profiles: ProfileLibrary) -> SimulationPlan {
    var plan = SimulationPlan(
      solver: connected.solver, epoch: epoch, duration: duration, seed: seed,
      fleets: connected.devices.map { kind, records in
        kind.makeFleet(records.map { ($0[DeviceRecord.id], $0.values) }, profiles)
      }, connections: connected.connections, meters: connected.meters,
      meteringInterval: meteringInterval, criterion: criterion, divergencePolicy: policy)
    plan.warmUp = warmUp
    // What a control follows is no load, so that it has no nominal value.
    plan.operations = connected.operations
    plan.communication = communication
    plan.controls = connected.controls.map { $0.following(self.profiles) }
    return plan
  }
}
