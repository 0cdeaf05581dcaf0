public import BusbarEvents
internal import BusbarHDF5
public import BusbarSimulation

/// Writes one run into an HDF5 file, block by block, with bounded memory.
///
/// The root holds time and the arrays of buses, branches, transformers, sources and meters; the
/// groups `overview_hour` and `overview_day`, `devices/<kind>`, `events`, `solver`, `summary` and
/// `inputs` hold the rest. Every block is committed, so a killed process loses at most the block
/// that was waiting; a run goes on from the last checkpoint, which is committed with all rows that
/// belong to it.
public final class TrajectoryWriter {
  /// What is committed when an instant completes a block.
  public enum BlockCommit: Sendable, Hashable {
    /// The rows alone.
    case rows
    /// The rows with the state of the run behind them.
    case checkpoint
  }

  /// How a run ended, as the file says it.
  public enum Ending: String, Sendable {
    case completed
    case stopped
    case interrupted
  }

  /// Where the result goes.
  public let output: OutputPath
  private let interval: Interval
  private let file: HDF5File
  private let tables: TrajectoryTables
  private let end: SimulationTime
  private var instantsInBlock = 0
  /// The number of the first row of the meters' memory that no checkpoint in the file has.
  private var storedMeterRows = 0

  /// The next instant to record, or nil when none is left in the run.
  public private(set) var nextRecording: SimulationTime?

  /// Creates the file with everything that does not change during the run.
  ///
  /// The simulation stands at its start, or at a checkpoint from which a branch begins.
  public init(
    _ output: OutputPath, for simulation: Simulation, _ options: RecordingOptions,
    _ provenance: Provenance
  ) throws(TrajectoryError) {
    self.output = output
    interval = options.interval
    let plan = simulation.plan
    end = plan.end
    let first = plan.firstRecording(notBefore: simulation.now, every: options.interval)
    nextRecording = first < end ? first : nil
    try output.check()
    let counts: [RowCount]
    do {
      // A file that is half made has no name that anybody would read: it gets that when it is whole.
      let made = try HDF5File(creating: output.birthPath, existing: .replace)
      let root = made.root
      try root.setAttribute("Conventions", to: "CF-1.11")
      try root.setAttribute("busbar_schema_version", to: Provenance.schemaVersion)
      try root.setAttribute("threads", to: Int64(options.threads))
      try ProvenanceAttributes.write(provenance, plan, to: root)
      let ledger = RowLedger()
      _ = try TrajectoryTables(simulation, options, root, ledger, from: first)
      counts = ledger.counts
      try made.close()
    } catch {
      throw .writing(output.path, error)
    }
    try Self.requireUnused(output)
    try output.nameUnfinished()
    do {
      file = try HDF5File(updating: output.partialPath)
      let ledger = RowLedger(resumingAt: counts)
      tables = try TrajectoryTables(simulation, options, file.root, ledger, from: first)
      try ledger.cutBack()
    } catch {
      throw .writing(output.path, error)
    }
  }

  /// Throws when another process writes the unfinished result that is to be replaced.
  private static func requireUnused(_ output: OutputPath) throws(TrajectoryError) {
    do {
      try HDF5File(updating: output.partialPath).abandon()
    } catch {
      // What cannot be opened for any other reason is what is to be replaced, or is not there.
      if error.isOfLock { throw .writing(output.path, error) }
    }
  }

  /// Opens the unfinished file and goes on behind its checkpoint, to which the simulation was
  /// restored; rows that were written after it are dropped.
  ///
  /// Throws, and leaves the file as it is, when the file does not fit the simulation.
  public init(
    resuming output: OutputPath, at checkpoint: StoredCheckpoint, for simulation: Simulation,
    _ options: RecordingOptions
  ) throws(TrajectoryError) {
    func refuse(_ reason: String) -> TrajectoryError {
      .cannotResume(
        path: output.partialPath, reason: "\(reason). Remove the file and run the scenario again.")
    }
    guard let state = try? RecorderState(decoding: checkpoint.recorder) else {
      throw refuse("the recorder's part of its checkpoint cannot be read")
    }
    self.output = output
    interval = options.interval
    end = simulation.plan.end
    nextRecording = state.nextRecording.map { SimulationTime(milliseconds: $0) }
    instantsInBlock = state.instantsInBlock
    storedMeterRows = simulation.meterMemory?.nextRow ?? 0
    let ledger = RowLedger(resumingAt: state.rows)
    do {
      file = try HDF5File(updating: output.partialPath)
      tables = try TrajectoryTables(
        simulation, options, file.root, ledger, from: nextRecording ?? end)
    } catch {
      throw refuse(error.description)
    }
    let sumsFit = tables.variables.restore(state.variables)
    if let mismatch = ledger.mismatch ?? (sumsFit ? nil : "its overviews are of other variables") {
      file.abandon()
      throw refuse(mismatch)
    }
    do {
      try ledger.cutBack()
    } catch {
      throw .writing(output.path, error)
    }
  }

  /// Records the instant that the simulation has completed, and moves on to the next one.
  ///
  /// Returns what was committed; nil while a block is incomplete.
  @discardableResult
  public func record(
    _ simulation: inout Simulation, committing commit: BlockCommit = .rows
  ) throws(TrajectoryError) -> BlockCommit? {
    guard let instant = nextRecording else { return nil }
    do {
      try tables.record(instant, simulation)
      let next = instant + interval
      nextRecording = next < end ? next : nil
      instantsInBlock += 1
      guard instantsInBlock == tables.instantsPerBlock else { return nil }
      instantsInBlock = 0
      if commit == .checkpoint {
        try writeCheckpoint(&simulation)
      } else {
        try tables.drain(&simulation)
      }
      try file.flush()
      return commit
    } catch {
      throw .writing(output.path, error)
    }
  }

  /// Takes the records of events, power flows and readings when many wait.
  ///
  /// For runs whose recording instants lie far apart; call it after each power flow.
  public func keepUp(with simulation: inout Simulation) throws(TrajectoryError) {
    guard simulation.waitingRecordCount >= Self.mostWaitingRecords else { return }
    try takeRecords(of: &simulation)
  }

  /// Takes the records of events, power flows and readings, so that the simulation holds none.
  public func takeRecords(of simulation: inout Simulation) throws(TrajectoryError) {
    do {
      try tables.drain(&simulation)
    } catch {
      throw .writing(output.path, error)
    }
  }

  /// Records that may wait in memory, some hundred bytes each.
  private static let mostWaitingRecords = 16_384

  // MARK: Checkpoints

  /// Commits all rows so far together with the state of the run, to be resumed from here.
  ///
  /// The simulation stands between two events, with no power flow waiting to be solved.
  public func checkpoint(_ simulation: inout Simulation) throws(TrajectoryError) {
    do {
      try writeCheckpoint(&simulation)
      try file.flush()
    } catch {
      throw .writing(output.path, error)
    }
  }

  private func writeCheckpoint(_ simulation: inout Simulation) throws(HDF5Error) {
    try tables.drain(&simulation)
    try tables.ledger.write()
    let recorder = RecorderState(
      nextRecording: nextRecording, instantsInBlock: instantsInBlock, rows: tables.ledger.counts,
      variables: tables.variables.state)
    try StoredCheckpoint(simulation, recorder: recorder)
      .write(to: file.root, meterRowsSince: storedMeterRows)
    storedMeterRows = simulation.meterMemory?.nextRow ?? 0
  }

  // MARK: The end

  /// Writes what waits and the summary, and closes the file; a complete or stopped run moves into
  /// its place, an interrupted one stays beside it with a checkpoint.
  public func close(_ simulation: inout Simulation, as ending: Ending) throws(TrajectoryError) {
    do {
      // Closing the books would split their sums, so the checkpoint is taken before that.
      if ending == .interrupted { try writeCheckpoint(&simulation) }
      simulation.finish()
      try tables.drain(&simulation)
      if tables.hasInstants { try tables.variables.closePeriods() }
      try tables.ledger.write()
      let root = file.root
      try root.setAttribute("event_log_hash", to: simulation.eventHash.description)
      try root.setAttribute("run_ending", to: ending.rawValue)
      try SummaryTable.write(simulation, to: root)
      if ending != .interrupted, try root.contains(StoredCheckpoint.group) {
        try root.remove(StoredCheckpoint.group)
      }
      try file.close()
    } catch {
      throw .writing(output.path, error)
    }
    if ending != .interrupted { try output.moveIntoPlace() }
  }

  /// Gives the file up after a failure; what was committed stays in the `.part` file.
  public func abandon() { file.abandon() }
}

extension SimulationPlan {
  /// The first recording instant that is not before another instant.
  fileprivate func firstRecording(
    notBefore instant: SimulationTime, every interval: Interval
  ) -> SimulationTime {
    let elapsed = (instant - recordingStart).milliseconds
    guard elapsed > 0 else { return recordingStart }
    let steps = (elapsed - 1) / interval.milliseconds + 1
    return recordingStart + Interval(milliseconds: steps * interval.milliseconds)
  }
}

extension StoredCheckpoint {
  /// Encodes a simulation with its recorder.
  init(_ simulation: Simulation, recorder: RecorderState? = nil) {
    guard let recorder = try? recorder.map({ try $0.encoded() }) ?? [] else {
      preconditionFailure("Every state of a recorder can be encoded.")
    }
    self.init(
      instant: simulation.now, eventCount: simulation.eventHash.count,
      state: simulation.encodedState(.withoutMeterRows), recorder: recorder,
      memory: simulation.meterMemory)
  }
}
