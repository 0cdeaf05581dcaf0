import BusbarTestSupport
import Testing

/// A change that breaks the small scenario, with what the user has to be told.
struct BrokenScenario: Sendable, CustomTestStringConvertible {
  /// What was broken.
  let name: String
  /// The place of the fault as `file:line:column`.
  let place: String
  /// A piece of the sentence that says what is wrong.
  let problem: String
  /// A piece of the sentence that says what to do.
  let remedy: String
  /// How many faults the change makes.
  let count: Int
  /// Arguments of `--set`.
  let overrides: [String]
  let change: @Sendable (inout SmallScenario) -> Void

  var testDescription: String { name }

  /// Breaks the scenario in any way.
  init(
    _ name: String, at place: String, _ problem: String, _ remedy: String, count: Int = 1,
    overrides: [String] = [], change: @escaping @Sendable (inout SmallScenario) -> Void
  ) {
    self.name = name
    self.place = place
    self.problem = problem
    self.remedy = remedy
    self.count = count
    self.overrides = overrides
    self.change = change
  }

  /// Replaces a text that occurs once in a file.
  init(
    _ name: String, in file: String = "scenario.yaml", _ old: String, _ new: String,
    at place: String, _ problem: String, _ remedy: String, count: Int = 1
  ) {
    self.init(name, at: "\(file):\(place)", problem, remedy, count: count) {
      $0.replace(old, by: new, in: file)
    }
  }

  /// Overrides a value by `--set`.
  init(set override: String, _ problem: String, _ remedy: String, count: Int = 1) {
    self.init(
      "--set \(override)", at: "--set \(override)", problem, remedy, count: count,
      overrides: [override], change: { _ in })
  }

  static let all: [BrokenScenario] =
    keys + values + start + network + conductors + responses
    + transformers + shunts + controls + switching + communication + tables + files + overrides
}
