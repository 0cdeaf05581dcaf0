internal import Foundation

extension Explanation {
  /// The explanation as text: values first, then each cause, indented below what it brought about.
  public func text(_ clock: ResultClock) -> String {
    var lines = ["\(subject) at \(clock.text(instant))"]
    for part in parts {
      let when = part.instant.map { ", " + clock.text($0) } ?? ""
      lines.append("")
      lines.append(part.title + when)
      lines += Self.lines(of: part.values)
      lines += part.notes.map { "  note: \($0)" }
      for cause in part.causes { cause.write(to: &lines, clock, indent: "  ") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line for each variable, with its labels side by side.
  private static func lines(of values: [Value]) -> [String] {
    var variables: [(name: String, texts: [String])] = []
    for value in values {
      if variables.last?.name != value.variable { variables.append((value.variable, [])) }
      variables[variables.count - 1].texts.append(value.text)
    }
    let width = variables.map(\.name.count).max() ?? 0
    return variables.map { name, texts in
      "  " + name + String(repeating: " ", count: width - name.count) + "  "
        + texts.joined(separator: ", ")
    }
  }
}

extension Explanation.Value {
  /// Seven significant digits, which is what single precision stores.
  fileprivate var text: String {
    let head = label.isEmpty ? "" : label + " "
    guard let number else { return head + "missing" }
    let relative = perUnit.map { String(format: " (%.5f pu)", $0) } ?? ""
    return head + String(format: "%.7g", number) + (unit.isEmpty ? "" : " " + unit) + relative
  }
}

extension Explanation.Cause {
  fileprivate func write(to lines: inout [String], _ clock: ResultClock, indent: String) {
    let when = instant.map { clock.text($0) + ": " } ?? ""
    let number = event.map { " (event \($0))" } ?? ""
    lines.append("\(indent)because \(when)\(text)\(number)")
    for cause in causes { cause.write(to: &lines, clock, indent: indent + "  ") }
  }
}
