internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarSimulation
internal import BusbarTrajectory

/// A decoded scenario before its network is compiled.
struct ScenarioParts {
  var title: String
  var epoch: Epoch
  var duration: Interval
  var seed: UInt64
  var grid: Grid
  /// Where each element of the grid was written, by kind and id.
  var places: [GridFault.Kind: [String: DecodedRecord]]
  /// Where the network as a whole was written.
  var networkLocation: SourceLocation
  var profiles: ProfileLibrary
  var customers: [DecodedRecord]
  var devices: [(kind: Catalog.Kind, records: [DecodedRecord])]
  var meteringInterval: Interval
  var criterion: ConvergenceCriterion
  var policy: DivergencePolicy
  var recording: RecordingOptions
}
