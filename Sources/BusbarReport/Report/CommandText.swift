/// Arguments of commands as a user can paste them into a shell.
public enum CommandText {
  /// The argument as it is, or in single quotes where a shell would change it.
  public static func quoted(_ argument: String) -> String {
    let isPlain = argument.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "_-./=+,:@%".utf8.contains(byte)
      }
    }
    if isPlain, !argument.isEmpty { return argument }
    return "'" + argument.replacing("'", with: "'\\''") + "'"
  }

  /// A command of its words, each quoted where it has to be.
  static func line(_ words: [String]) -> String {
    words.map(quoted).joined(separator: " ")
  }
}
