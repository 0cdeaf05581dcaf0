/// A value given on the command line in place of the one in a file.
///
/// `network.transformers[TR1].rated_power=400 kVA`: keys are joined by points; an element of a list
/// or a row of a table stands in brackets, by its `id` or by its number counted from 0.
public struct Override: Sendable, Hashable {
  /// One step on the way from the root to the value.
  public enum Step: Sendable, Hashable {
    case key(String)
    case element(String)
  }

  /// The whole text after `--set`.
  public let argument: String
  /// The way from the root to the value.
  public let steps: [Step]
  /// The value as it was written.
  public let text: String

  /// Splits an argument, or appends why it cannot be split and returns `nil`.
  public init?(_ argument: String, _ diagnostics: inout Diagnostics) {
    self.argument = argument
    switch Self.split(argument) {
    case .success(let (steps, text)):
      self.steps = steps
      self.text = text
    case .failure(let fault):
      diagnostics.error(
        fault.problem, at: SourceLocation(argument: "--set \(argument)"),
        remedy: "write path=value, such as network.transformers[TR1].rated_power=400 kVA")
      return nil
    }
  }

  /// The place that diagnostics about the value name.
  public var location: SourceLocation { SourceLocation(argument: "--set \(argument)") }

  /// Returns the path up to a step, as it was written.
  static func path(_ steps: some Sequence<Step>) -> String {
    steps.reduce(into: "") { path, step in
      switch step {
      case .key(let key): path += path.isEmpty ? key : ".\(key)"
      case .element(let selector): path += "[\(selector)]"
      }
    }
  }

  private struct Fault: Error {
    let problem: String
  }

  private static func split(
    _ argument: String
  ) -> Result<(steps: [Step], text: String), Fault> {
    var steps: [Step] = []
    var rest = argument[...]
    while true {
      if rest.first == "[" {
        guard !steps.isEmpty else { return .failure(Fault(problem: "the path starts with '['")) }
        guard let end = rest.firstIndex(of: "]") else {
          return .failure(Fault(problem: "the bracket in the path is not closed"))
        }
        let selector = rest[rest.index(after: rest.startIndex)..<end]
        if selector.isEmpty { return .failure(Fault(problem: "the brackets are empty")) }
        steps.append(.element(String(selector)))
        rest = rest[rest.index(after: end)...]
      } else {
        let key = rest.prefix { !".[]=".contains($0) }
        if key.isEmpty { return .failure(Fault(problem: "the path has an empty step")) }
        steps.append(.key(String(key)))
        rest = rest[key.endIndex...]
      }
      switch rest.first {
      case ".": rest = rest.dropFirst()
      case "[": continue
      case "=":
        let text = rest.dropFirst()
        return text.allSatisfy(\.isWhitespace)
          ? .failure(Fault(problem: "there is no value after '='"))
          : .success((steps, String(text)))
      case nil: return .failure(Fault(problem: "there is no '=' after the path"))
      default: return .failure(Fault(problem: "'\(rest)' follows a bracket in the path"))
      }
      if rest.first == "[" { return .failure(Fault(problem: "the path has an empty step")) }
    }
  }
}
