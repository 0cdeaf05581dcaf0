extension String {
  /// The text as a literal of Python, in double quotes.
  ///
  /// What does not show, such as a control character or a mark that turns the direction of writing,
  /// is written by its number.
  var inPython: String {
    var literal = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\\": literal += "\\\\"
      case "\"": literal += "\\\""
      case "\n": literal += "\\n"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
          let digits = String(scalar.value, radix: 16)
          literal += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        default: literal.unicodeScalars.append(scalar)
        }
      }
    }
    return literal + "\""
  }
}
