internal import BusbarDevices
internal import BusbarEvents
internal import BusbarHDF5
internal import BusbarSimulation

/// The channels of one kind of device, in the group `devices/<kind>`.
struct DeviceTables {
  private let fleet: Int
  private let time: (dataset: HDF5Dataset, block: RowBlock<Int64>)
  private let blocks: [RealBlock]
  private var row: [Double]

  init(
    _ fleet: any Fleet, _ position: Int, _ plan: SimulationPlan, _ maker: DatasetMaker,
    _ devices: HDF5Group, _ clock: String, precision: RecordingOptions.Precision
  ) throws(HDF5Error) {
    self.fleet = position
    let kind = fleet.kind
    let group = try maker.group(kind, in: devices)
    time = try maker.makeTime(
      "\(kind)_time", in: group, unit: clock, longName: "recording instant, UTC")
    let ids = try maker.makeLabels(kind, fleet.ids, in: group, longName: "\(kind) id")
    let first = plan.connections.firstIndex(ofFleet: position, in: plan)
    try maker.makeTexts(
      "\(kind)_customer",
      fleet.ids.indices.map { plan.connections[first + $0].customer }, in: group,
      longName: "customer of the \(kind)", along: ids)
    var blocks: [RealBlock] = []
    for channel in fleet.channels {
      blocks.append(
        try maker.makeReals(
          "\(kind)_\(channel.name)", in: group, unit: channel.unit, longName: channel.longName,
          precision: precision, time: time.dataset, axes: [ids],
          cellMethods: "\(kind)_time: point"))
    }
    self.blocks = blocks
    row = Array(repeating: 0, count: fleet.ids.count)
  }

  mutating func record(
    _ instant: SimulationTime, _ simulation: Simulation, isMissing: Bool
  ) throws(HDF5Error) {
    try time.block.append { $0.append(instant.milliseconds) }
    for (channel, block) in blocks.enumerated() {
      if isMissing {
        for place in row.indices { row[place] = MissingValue.number }
      } else {
        simulation.fleets[fleet].values(
          ofChannel: channel, drawing: simulation.delivered(toFleet: fleet), into: &row)
      }
      try block.append(row)
    }
  }
}

extension [DeviceConnection] {
  /// The position of a fleet's first device in the list of all connections.
  fileprivate func firstIndex(ofFleet fleet: Int, in plan: SimulationPlan) -> Int {
    plan.fleets[..<fleet].reduce(0) { $0 + $1.ids.count }
  }
}
