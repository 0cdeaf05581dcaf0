internal import BusbarGrid
internal import BusbarUnits

/// The backward-forward sweep of one network, with its loops closed by compensation.
struct SweepEngine: Sendable {
  private let tables: SweepTables
  let loops: LoopClosure
  let unloaded: UnloadedFlow
  private let hasDeadTerminals: Bool

  /// Prepares the tables; nil when the loops of the network have no impedance.
  init?(_ network: Network) {
    guard let loops = LoopClosure(network) else { return nil }
    self.loops = loops
    tables = SweepTables(network)
    unloaded = UnloadedFlow(
      voltages: loops.unloadedVoltages, loopCurrents: loops.unloadedCurrents)
    hasDeadTerminals = network.parameters.isDead.contains(true)
    let steps = network.parameters.steps
    precondition(
      steps.allSatisfy {
        $0.feeding.upperBound <= $0.terminals.lowerBound
          && $0.terminals.upperBound <= network.topology.terminalCount
      }, "A parent stands before its children.")
  }

  func iterate(
    _ demand: Demand, from start: FlowStart, updating state: inout FlowState,
    until criterion: ConvergenceCriterion
  ) -> FlowProgress {
    let layout = state.layout
    let limit = criterion.tolerance.perUnit * criterion.tolerance.perUnit
    var progress = FlowProgress()
    // SAFETY: the buffers have the sizes that the kernel expects: `makeState` laid out the state
    // for this network, and `solve` checks that the demand stays within it.
    unsafe state.scratch.withUnsafeMutableBufferPointer { scratch in
      unsafe state.solved.withUnsafeBufferPointer { solved in
        withDemand(demand) { entries in
          unsafe unloaded.voltages.withUnsafeBufferPointer { none in
            guard let voltage = scratch.baseAddress, let last = solved.baseAddress,
              let none = none.baseAddress
            else { return }
            let current = unsafe voltage + layout.currentStart
            let kernel = unsafe SweepKernel<SinglePhasor>(
              tables: tables,
              entries: entries.kernel(current: voltage + layout.entryStart, demand.count),
              voltage: voltage, current: current)
            let loopCurrents = unsafe voltage + layout.loopStart
            let previous = unsafe voltage + layout.previousStart
            for place in 0..<(2 * layout.loopCount) {
              unsafe loopCurrents[place] =
                start == .previous ? last[layout.loopStart + place] : unloaded.loopCurrents[place]
            }
            var old = unsafe start == .previous ? last : none
            for place in 0..<(2 * tables.sourceTerminalCount) {
              unsafe voltage[place] = none[place]
            }
            while progress.iterations < criterion.iterationLimit {
              if layout.loopCount > 0 {
                // A second sweep at the same demand needs the voltages from which it was drawn.
                unsafe previous.update(from: old, count: layout.currentStart)
                unsafe old = UnsafePointer(previous)
              }
              // Loops that the first sweep left open are closed before the demand is drawn anew:
              // a bus that only a breakpoint feeds may be far off until then.
              for _ in 0..<(layout.loopCount > 0 ? 2 : 1) {
                unsafe current.update(repeating: 0, count: 2 * layout.terminalCount)
                if layout.loopCount > 0 { unsafe loops.place(loopCurrents, in: current) }
                unsafe kernel.backward(from: old)
                let change = unsafe kernel.forward(comparedWith: old)
                progress.iterations += 1
                progress.largest = change.largest
                guard change.sum.isFinite else { return }
                guard layout.loopCount > 0 else { break }
                let open = unsafe loops.correct(
                  loopCurrents, voltage, voltage + layout.differenceStart)
                guard open.isFinite else { return }
                progress.largest = max(progress.largest, open)
                if open <= limit { break }
              }
              if progress.largest <= limit {
                progress.hasConverged = true
                return
              }
              unsafe old = UnsafePointer(voltage)
            }
          }
        }
      }
    }
    return progress
  }

  /// The buffers of a demand.
  @safe private struct Entries {
    let plus, minus: UnsafePointer<Int32>
    let laws: UnsafePointer<ResponseLaw>?
    let active, reactive: UnsafePointer<Double>

    func kernel(
      current: UnsafeMutablePointer<Double>, _ count: Int
    ) -> EntryKernel<SinglePhasor> {
      unsafe EntryKernel(
        plus: plus, minus: minus, laws: laws, count: count, activePower: active,
        reactivePower: reactive, current: current)
    }
  }

  private func withDemand(_ demand: Demand, _ body: (Entries) -> Void) {
    // SAFETY: the pointers live as long as the call; an empty demand has none and no entry.
    unsafe demand.plus.withUnsafeBufferPointer { plus in
      unsafe demand.minus.withUnsafeBufferPointer { minus in
        unsafe demand.laws.withUnsafeBufferPointer { laws in
          unsafe demand.activePower.withUnsafeBufferPointer { active in
            unsafe demand.reactivePower.withUnsafeBufferPointer { reactive in
              let number = 0.0
              let index = Int32(0)
              unsafe withUnsafePointer(to: number) { noNumber in
                unsafe withUnsafePointer(to: index) { noIndex in
                  unsafe body(
                    Entries(
                      plus: plus.baseAddress ?? noIndex, minus: minus.baseAddress ?? noIndex,
                      laws: demand.isPlain && !hasDeadTerminals ? nil : laws.baseAddress,
                      active: active.baseAddress ?? noNumber,
                      reactive: reactive.baseAddress ?? noNumber))
                }
              }
            }
          }
        }
      }
    }
  }
}
