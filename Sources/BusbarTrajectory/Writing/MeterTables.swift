internal import BusbarDevices
internal import BusbarGrid
internal import BusbarHDF5
internal import BusbarSimulation

/// The readings of the smart meters, a row for each end of a metering interval (E-10, E-11).
final class MeterTables {
  private let meters: [MeterInstallation]
  private let conductors: [Conductor]
  private let time: (dataset: HDF5Dataset, block: RowBlock<Int64>)
  private let status: (dataset: HDF5Dataset, block: RowBlock<Int8>)
  private let registers: [(block: RealBlock, value: (MeterReading) -> Double)]
  private let voltage: RealBlock

  init(
    _ plan: SimulationPlan, _ maker: DatasetMaker, _ root: HDF5Group, _ clock: String,
    meter: HDF5Dataset, phase: HDF5Dataset
  ) throws(HDF5Error) {
    meters = plan.meters
    conductors = plan.solver.network.allConductors
    time = try maker.makeTime(
      "reading_time", in: root, unit: clock,
      longName: "end of the interval over which the meters averaged, UTC")
    status = try maker.makeIntegers(
      "reading_status", as: Int8.self, in: root, unit: nil,
      longName: "worst status of a solution within the interval", time: time.dataset,
      flags: SolutionStatus.names)
    let described: [(String, String, String, (MeterReading) -> Double)] = [
      (
        "meter_import_active_power", "W", "active power drawn from the grid",
        { $0.importedActiveWatts }
      ),
      (
        "meter_export_active_power", "W", "active power fed into the grid",
        { $0.exportedActiveWatts }
      ),
      (
        "meter_import_reactive_power", "var", "reactive power drawn from the grid",
        { $0.importedReactiveVars }
      ),
      (
        "meter_export_reactive_power", "var", "reactive power fed into the grid",
        { $0.exportedReactiveVars }
      ),
    ]
    var registers: [(block: RealBlock, value: (MeterReading) -> Double)] = []
    for (name, unit, what, value) in described {
      let block = try maker.makeReals(
        name, in: root, unit: unit, longName: "\(what), average over the interval",
        precision: .double, time: time.dataset, axes: [meter],
        cellMethods: "reading_time: mean")
      registers.append((block, value))
    }
    self.registers = registers
    voltage = try maker.makeReals(
      "meter_voltage", in: root, unit: "V",
      longName: "voltage magnitude, phase to earth, average over the interval",
      precision: .double, time: time.dataset, axes: [meter, phase],
      cellMethods: "reading_time: mean")
  }

  func record(_ record: ReadingRecord) throws(HDF5Error) {
    try time.block.append { $0.append(record.time.milliseconds) }
    try status.block.append { $0.append(record.status.rawValue) }
    for register in registers {
      try register.block.append(
        record.readings.map { $0.map(register.value) ?? MissingValue.number })
    }
    var volts: [Double] = []
    for (meter, reading) in zip(meters, record.readings) {
      let phases = reading.map { [$0.volts.0, $0.volts.1, $0.volts.2] }
      for conductor in conductors {
        let isMetered = conductor.position < 3 && meter.conductors.contains(conductor)
        volts.append(
          isMetered ? phases?[conductor.position] ?? MissingValue.number : MissingValue.number)
      }
    }
    try voltage.append(volts)
  }
}
