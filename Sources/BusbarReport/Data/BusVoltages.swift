internal import BusbarEvents
internal import BusbarTrajectory

/// The voltages of all buses in pu, at an instant or as extremes over a window.
struct BusVoltages {
  /// A number for each bus and conductor.
  struct Values {
    /// In row-major order of buses and conductors, in pu of the nominal voltage to earth.
    fileprivate(set) var perUnit: [Double?]
    fileprivate let conductorCount: Int

    /// The voltage of a bus at a place of the conductor axis; nil where there is none.
    func perUnit(_ bus: Int, _ slot: Int) -> Double? { perUnit[bus * conductorCount + slot] }
  }

  /// The conductors shown: places on the axis of conductors with their names, without neutrals.
  let conductors: [(slot: Int, name: String)]
  /// One set of values for an instant; the lowest and the highest ones for a window.
  let extremes: [Values]
  /// The instant or the window in words.
  let when: String

  init(_ result: ResultView, _ selection: FigureSelection) throws(FigureError) {
    let variable = try result.variable("bus_voltage_magnitude")
    let names = try result.labels(2, of: variable)
    let phase = selection.phase
    if let phase, !names.contains(phase) {
      throw .result(.unknownElement(name: phase, axis: "phase", known: names))
    }
    conductors = names.enumerated().filter { _, name in
      phase.map { $0 == name } ?? (name != "n")
    }.map { ($0.offset, $0.element) }
    let nominal = try result.nominalVoltages()
    func values(_ rows: [Double?]) -> Values {
      var perUnit = rows
      for place in perUnit.indices {
        let base = nominal[place / names.count] ?? 0
        perUnit[place] = base > 0 ? perUnit[place].map { $0 / base } : nil
      }
      return Values(perUnit: perUnit, conductorCount: names.count)
    }
    if let instant = selection.instant {
      let instants = try result.reading { (reader) throws(TrajectoryError) in
        try reader.instants(of: variable)
      }
      let row = try TimeWindow.row(at: instant, of: instants, result)
      let numbers = try result.reading { (reader) throws(TrajectoryError) in
        try reader.numbers(of: variable, rows: row..<(row + 1))
      }
      extremes = [values(numbers)]
      when = result.text(instants[row])
    } else {
      let envelope = try Envelope(result, variable, selection)
      extremes = [values(envelope.lowest), values(envelope.highest)]
      when = envelope.when
    }
  }

  /// The voltage that stands for all conductors and extremes of a bus; nil where none is known.
  func worst(_ bus: Int, _ extreme: ShownExtreme) -> Double? {
    var worst: Double?
    for values in extremes {
      for (slot, _) in conductors {
        guard let value = values.perUnit(bus, slot) else { continue }
        if worst.map({ extreme.prefers(value, to: $0, reference: 1) }) ?? true { worst = value }
      }
    }
    return worst
  }

  /// What a reader would say who sees these voltages.
  func summary(_ buses: [String]) -> String {
    func extreme(_ values: Values, _ isBetter: (Double, Double) -> Bool) -> String? {
      var best: (bus: Int, name: String, value: Double)?
      for bus in buses.indices {
        for (slot, name) in conductors {
          guard let value = values.perUnit(bus, slot) else { continue }
          if best.map({ isBetter(value, $0.value) }) ?? true { best = (bus, name, value) }
        }
      }
      return best.map {
        "\(FigureNumber.fixed($0.value, 4)) pu at bus \(buses[$0.bus]), "
          + "phase \($0.name)"
      }
    }
    guard let first = extremes.first, let last = extremes.last, let low = extreme(first, <),
      let high = extreme(last, >)
    else { return "No voltage is known." }
    return "Voltages of \(buses.count) buses, \(when): lowest \(low), highest \(high)."
  }
}
