internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarUnits
internal import ComplexModule
internal import RealModule

/// What follows from a solution: delivered powers, registers, energies and extremes.
extension Simulation {
  /// Ends the warm-up when time has come to the recording's start: the books begin anew.
  mutating func beginRecording(before time: SimulationTime) {
    guard !isRecording, time >= plan.recordingStart else { return }
    integrate(until: plan.recordingStart)
    isRecording = true
    energy = EnergyBalance()
    extremes = VoltageExtremes()
    windowing = Windowing()
    flowCount = 0
    iterationTotal = 0
    iterationMaximum = 0
    guard status == .solved else { return }
    // What the last solution of the warm-up left stands at the recording's start.
    energy.check(power)
    updateExtremes(at: plan.recordingStart)
  }

  /// Adds the time since the last call, in which the last solution held, to meters and energies.
  mutating func integrate(until time: SimulationTime) {
    let elapsed = time - meteredUntil
    guard elapsed > .zero else { return }
    meteredUntil = time
    worstMeteredStatus = max(worstMeteredStatus, status)
    guard status != .missing else { return }
    energy.add(power, for: elapsed)
    let network = solver.network
    for (position, installation) in plan.meters.enumerated() {
      guard wiring.isSupplied[position] else {
        meters[position].registerOutage(for: elapsed)
        continue
      }
      var sum = ComplexPower.zero
      for device in plan.metered[position] {
        sum.activeWatts += delivered[device].activeWatts
        sum.reactiveVars += delivered[device].reactiveVars
      }
      func voltage(_ phase: Conductor) -> Double {
        network.terminal(at: installation.bus, phase).map { flowState.voltage(at: $0).length } ?? 0
      }
      meters[position].register(
        sum, voltages: (voltage(.a), voltage(.b), voltage(.c)), for: elapsed)
    }
  }

  /// Derives from a new solution what devices, meters and recorders see of it.
  mutating func takeOver() {
    if demand.hasWindows { windowing.note(solver.entriesOutsideWindow(demand, in: flowState)) }
    power = PowerBalance()
    for device in delivered.indices {
      var sum = Phasor.zero
      for entry in plan.firstEntry[device]..<plan.firstEntry[device + 1] {
        sum += voltage(acrossEntry: entry) * flowState.current(ofEntry: entry).conjugate
      }
      delivered[device] = ComplexPower(activeWatts: sum.real, reactiveVars: sum.imaginary)
      power.deliveredWatts += sum.real
      if wiring.drawsWhatItAsks[device] {
        let asked = Phasor(requested[device].activeWatts, requested[device].reactiveVars)
        power.deviationVoltAmperes = max(power.deviationVoltAmperes, (sum - asked).length)
      }
      terminalVoltage[device] = meanVoltage(atDevice: device)
    }
    for source in solver.network.grid.sources.indices {
      power.sentWatts += flows.power(outOf: source, in: flowState).real
    }
    let lost = flows.totalLoss(in: flowState) + flows.shuntPower(in: flowState)
    power.lostWatts = lost.real
    power.lostVars = lost.imaginary
    energy.check(power)
    updateExtremes(at: now)
  }

  func meanVoltage(atDevice device: Int) -> Voltage {
    let entries = plan.firstEntry[device]..<plan.firstEntry[device + 1]
    var sum = 0.0
    for entry in entries {
      sum += voltage(acrossEntry: entry).length
    }
    return .volts(sum / Double(entries.count))
  }

  private func voltage(acrossEntry entry: Int) -> Phasor {
    let ends = demand.terminals(ofEntry: entry)
    return (ends.plus.map { flowState.voltage(at: $0) } ?? .zero)
      - (ends.minus.map { flowState.voltage(at: $0) } ?? .zero)
  }

  /// Neutrals and what no source reaches are left out: their voltage is no supply.
  private mutating func updateExtremes(at time: SimulationTime) {
    var lowest = (square: Double.infinity, terminal: 0)
    var highest = (square: -Double.infinity, terminal: 0)
    for supplied in wiring.suppliedTerminals {
      let square =
        flowState.voltage(at: supplied.terminal).lengthSquared * supplied.inverseSquareNominal
      if square < lowest.square { lowest = (square, supplied.terminal) }
      if square > highest.square { highest = (square, supplied.terminal) }
    }
    let low = lowest.square.squareRoot()
    let high = highest.square.squareRoot()
    if low < extremes.lowest?.perUnit ?? .infinity {
      extremes.lowest = point(low, lowest.terminal, time)
    }
    if high > extremes.highest?.perUnit ?? -.infinity {
      extremes.highest = point(high, highest.terminal, time)
    }
  }

  private func point(
    _ perUnit: Double, _ terminal: Int, _ time: SimulationTime
  ) -> VoltageExtremes.Point {
    let place = solver.network.topology.conductorOfTerminal[terminal]
    return VoltageExtremes.Point(
      perUnit: perUnit, bus: place.bus, conductor: place.conductor, time: time)
  }
}
