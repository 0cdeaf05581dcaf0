import Glibc

/// The two streams of the program: results go to stdout, everything else to stderr.
enum Terminal {
  /// Writes a result as it is.
  static func print(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes a message on a line of its own.
  static func say(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Writes what went wrong on a line of its own.
  static func complain(_ text: String) { say("\(emphasised("error:")) \(text)") }

  /// Replaces the current line of stderr; only for a terminal.
  static func overwriteLine(_ text: String) { write("\r\u{1B}[K" + text, to: STDERR_FILENO) }

  /// Whether somebody watches stderr.
  static let isWatched = isatty(STDERR_FILENO) == 1

  private static func emphasised(_ text: String) -> String {
    let plain = unsafe getenv("NO_COLOR") != nil || !isWatched
    return plain ? text : "\u{1B}[1;31m\(text)\u{1B}[0m"
  }

  /// Writes all bytes; a reader that has gone away ends the program quietly, as `head` expects.
  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      // SAFETY: the buffer outlives the call.
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        exit(errno == EPIPE ? 0 : 73)
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
