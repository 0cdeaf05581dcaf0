internal import Foundation

/// Calculates a text in reverse Polish notation, such as `8 1000 /`.
///
/// Left out are `rollup` and `rolldn`, which depend on registers that no file fills.
enum RPNCalculator {
  struct Fault: Error, Hashable {
    let problem: String
    let remedy: String
  }

  /// How many numbers OpenDSS keeps at once.
  private static let depth = 10

  /// Reads a plain decimal number.
  static func number(_ text: some StringProtocol) -> Double? {
    let isDecimal = text.utf8.allSatisfy { byte in
      byte &- 0x30 < 10 || byte == 0x2E || byte == 0x2D || byte == 0x2B || byte | 0x20 == 0x65
    }
    guard isDecimal, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  /// Returns what remains on top after all words.
  static func result(of text: String) throws(Fault) -> Double {
    var stack: [Double] = []
    let separators: Set<Character> = [" ", "\t", ","]
    for word in text.split(whereSeparator: separators.contains) {
      if let number = number(word) {
        stack.append(number)
      } else {
        try apply(word.lowercased(), to: &stack)
      }
      if stack.count > depth { stack.removeFirst() }
      if let top = stack.last, !top.isFinite {
        throw Fault(
          problem: "'\(word)' makes no finite number in '\(text.prefix(60))'",
          remedy: "correct the numbers before it")
      }
    }
    guard let top = stack.last else {
      throw Fault(problem: "a number is missing", remedy: "write a number")
    }
    return top
  }

  private static func apply(_ word: String, to stack: inout [Double]) throws(Fault) {
    switch word {
    case "pi": stack.append(.pi)
    case "+", "-", "*", "/", "^", "atan2", "swap":
      let second = try take(from: &stack, for: word)
      let first = try take(from: &stack, for: word)
      switch word {
      case "+": stack.append(first + second)
      case "-": stack.append(first - second)
      case "*": stack.append(first * second)
      case "/": stack.append(first / second)
      case "^": stack.append(pow(first, second))
      case "atan2": stack.append(atan2(first, second) * degreesPerRadian)
      default: stack += [second, first]
      }
    default:
      guard let function = functions[word] else {
        throw Fault(
          problem: "'\(word.prefix(40))' is neither a number nor an operator",
          remedy: "write numbers and operators, such as '8 1000 /'")
      }
      stack.append(function(try take(from: &stack, for: word)))
    }
  }

  private static let degreesPerRadian = 180 / Double.pi

  /// Functions of one number; angles are in degrees.
  private static let functions: [String: @Sendable (Double) -> Double] = [
    "sqrt": { $0.squareRoot() }, "sqr": { $0 * $0 }, "inv": { 1 / $0 },
    "ln": { log($0) }, "exp": { exp($0) }, "log10": { log10($0) },
    "sin": { sin($0 / degreesPerRadian) }, "cos": { cos($0 / degreesPerRadian) },
    "tan": { tan($0 / degreesPerRadian) }, "asin": { asin($0) * degreesPerRadian },
    "acos": { acos($0) * degreesPerRadian }, "atan": { atan($0) * degreesPerRadian },
  ]

  private static func take(
    from stack: inout [Double], for word: String
  ) throws(Fault) -> Double {
    guard let top = stack.popLast() else { throw tooFew(word) }
    return top
  }

  private static func tooFew(_ word: String) -> Fault {
    Fault(
      problem: "'\(word)' has too few numbers before it",
      remedy: "write the numbers before the operator, such as '8 1000 /'")
  }
}
