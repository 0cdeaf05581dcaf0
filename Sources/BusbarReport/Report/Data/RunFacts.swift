internal import BusbarEvents
internal import BusbarTrajectory
internal import Foundation

/// What a result file says about its run as attributes.
struct RunFacts {
  /// How the run ended; nil for one that was killed, or that is still going on.
  let ending: String?
  /// The instants of the first and the last recorded row; nil when nothing is recorded.
  let window: (first: SimulationTime, last: SimulationTime)?
  /// The number of recorded instants.
  let instantCount: Int
  /// The distance of the recorded instants; nil for fewer than two.
  let interval: Interval?
  /// All attributes of the root.
  let attributes: [StoredAttribute]
  private let summary: [String: StoredAttribute.Value]

  init(_ result: ResultView) throws(FigureError) {
    let time = try result.variable("time")
    let instants = try result.reading { (reader) throws(TrajectoryError) in
      try reader.instants(of: time)
    }
    window = instants.last.map { (instants[0], $0) }
    instantCount = instants.count
    interval = instants.count > 1 ? instants[1] - instants[0] : nil
    attributes = try result.reading { (reader) throws(TrajectoryError) in
      try reader.attributes()
    }
    ending = result.reader.rootText("run_ending")
    // A run that was killed has left no summary.
    let summary =
      ending == nil
      ? []
      : try result.reading { (reader) throws(TrajectoryError) in
        try reader.attributes(ofGroup: "summary")
      }
    self.summary = Dictionary(uniqueKeysWithValues: summary.map { ($0.name, $0.value) })
  }

  /// The run as a phrase, such as `completed`.
  var endingText: String {
    switch ending {
    case "completed": "completed"
    case "stopped": "stopped by its policy at a power flow without a solution"
    case "interrupted": "interrupted; it can be resumed"
    case let other?: other
    case nil: "unfinished: killed, or still going on"
    }
  }

  /// A number of the summary; nil when the file has none.
  func number(_ name: String) -> Double? {
    switch summary[name] {
    case .integer(let number): Double(number)
    case .real(let number): number
    case .text, nil: nil
    }
  }

  /// A text of the summary; nil when the file has none.
  func text(_ name: String) -> String? {
    if case .text(let text) = summary[name] { text } else { nil }
  }

  /// An extreme voltage of the run.
  struct Extreme {
    let perUnit: Double
    let bus: String
    let phase: String
    let instant: SimulationTime
  }

  /// The lowest or the highest voltage of all power flows, recorded or not.
  func extreme(_ name: String) -> Extreme? {
    guard let perUnit = number("\(name)_voltage_per_unit"),
      let bus = text("\(name)_voltage_bus"), let phase = text("\(name)_voltage_phase"),
      let time = number("\(name)_voltage_time_milliseconds")
    else { return nil }
    return Extreme(
      perUnit: perUnit, bus: bus, phase: phase,
      instant: SimulationTime(milliseconds: Int64(time)))
  }

  /// What defined the run besides its inputs; nil in files that do not say.
  var definition: RunDefinition? {
    guard case .text(let text) = attributes.first(where: { $0.name == "run_definition" })?.value
    else { return nil }
    return try? JSONDecoder().decode(RunDefinition.self, from: Data(text.utf8))
  }
}
