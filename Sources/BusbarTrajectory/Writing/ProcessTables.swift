internal import BusbarHDF5
internal import BusbarMessaging
internal import BusbarSimulation
internal import BusbarUnits

/// Each step of each run of a process, in the group `processes`, with what its links promise (H-31).
final class ProcessTables {
  private let firstStep: [Int]
  private let time: RowBlock<Int64>
  private let step: RowBlock<Int32>
  private let run: RowBlock<Int64>
  private let completed: RowBlock<Int64>
  private let attempts: RowBlock<Int32>

  init(
    _ setup: CommunicationSetup, _ maker: DatasetMaker, _ root: HDF5Group, _ clock: String
  ) throws(HDF5Error) {
    firstStep = setup.processes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.steps.count) }
    let group = try maker.group("processes", in: root)
    let maker = maker.with(instantsPerBlock: 1_024)
    try Self.writeSteps(setup, maker, group)
    let axis = try maker.makeTime(
      "process_time", in: group, unit: clock,
      longName:
        "when the step's turn came: the start of the run, or the end of the step before, UTC")
    time = axis.block
    step = try maker.makeIntegers(
      "process_step", as: Int32.self, in: group, unit: nil,
      longName: "position of the step in step, from 0", time: axis.dataset
    ).block
    run = try maker.makeIntegers(
      "process_run", as: Int64.self, in: group, unit: nil,
      longName: "number of the run of the process, from 0", time: axis.dataset
    ).block
    completed = try maker.makeIntegers(
      "process_completed", as: Int64.self, in: group, unit: nil,
      longName: "when the step had done its work, in milliseconds of the same clock; -1 for never",
      time: axis.dataset
    ).block
    attempts = try maker.makeIntegers(
      "process_attempts", as: Int32.self, in: group, unit: "1",
      longName: "how often the step's message was sent", time: axis.dataset
    ).block
  }

  private static func writeSteps(
    _ setup: CommunicationSetup, _ maker: DatasetMaker, _ group: HDF5Group
  ) throws(HDF5Error) {
    let network = setup.network
    let steps = setup.processes.flatMap { process in
      process.steps.enumerated().map { (process: process, place: $0, step: $1) }
    }
    let labels = try maker.makeLabels(
      "step",
      steps.map { process, place, step in
        "\(process.id)/\(place + 1) \(step.message.rawValue) "
          + "\(network.parties[step.sender].id)>\(network.parties[step.receiver].id)"
      }, in: group, longName: "step of a process")
    try maker.makeTexts(
      "step_process", steps.map(\.process.id), in: group, longName: "process of the step",
      along: labels)
    try maker.makeNumbers(
      "step_promised",
      steps.map { _, _, step in
        network.routes[step.route].links.reduce(Double(step.delay.milliseconds)) {
          $0 + network.links[$1].linkClass.medianMilliseconds(bytes: step.bytes)
        }
      }, in: group, unit: "ms",
      longName: "delay of the sender and medians of its links' latencies, without waiting",
      along: labels)
    try maker.makeNumbers(
      "step_deadline", steps.map { $0.process.deadline.map { Double($0.milliseconds) } },
      in: group, unit: "ms", longName: "what a run of the step's process should take at most",
      along: labels)
  }

  func record(_ record: ProcessRecord) throws(HDF5Error) {
    try time.append { $0.append(record.begun.milliseconds) }
    try step.append { $0.append(Int32(firstStep[record.process] + record.step)) }
    try run.append { $0.append(Int64(record.run)) }
    try completed.append { $0.append(record.completed?.milliseconds ?? -1) }
    try attempts.append { $0.append(Int32(clamping: record.attempts)) }
  }
}
