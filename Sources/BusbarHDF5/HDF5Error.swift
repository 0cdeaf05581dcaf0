internal import CHDF5

/// A failed operation on an HDF5 file, with the library's own reason.
public struct HDF5Error: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried, such as `"create"`, `"append"` or `"flush"`.
  public let operation: String
  /// The path inside the file, `"/"` for its root.
  public let object: String
  /// The file's path, where one is known.
  public let file: String?
  /// What the operating system refused, or the innermost message of HDF5's error stack.
  public let detail: String
  /// Whether the disk, or the user's quota on it, is full.
  public let isOutOfSpace: Bool

  /// Whether the file could not be opened because another process has it open.
  public var isOfLock: Bool { detail.contains("another process has the file open") }

  /// Whether the file is shorter than it says itself.
  public var isOfTruncation: Bool { detail.hasPrefix("truncated file") }

  /// Whether the file is not of HDF5 at all.
  public var isOfForeignFormat: Bool { detail.contains("file signature not found") }

  /// A sentence for the user: what failed, where, why and, if the disk is full, what to do.
  public var description: String {
    let place = file.map { object == "/" ? "'\($0)'" : "'\(object)' in '\($0)'" } ?? "'\(object)'"
    let remedy = isOutOfSpace ? " Free space on the disk and run again." : ""
    return "Cannot \(operation) \(place): \(detail).\(remedy)"
  }
}

/// What the error stack of this thread held after a failure.
struct ErrorTrace {
  private(set) var detail = "unknown cause"
  private(set) var isOutOfSpace = false
  private var isEmpty = true

  /// Takes the error stack of this thread and leaves it empty.
  static func take() -> ErrorTrace {
    var trace = ErrorTrace()
    // SAFETY: the walk ends before the pointer does, and HDF5 hands it to the closure unchanged.
    unsafe withUnsafeMutablePointer(to: &trace) { pointer in
      _ = unsafe H5Ewalk2(
        0, H5E_WALK_UPWARD,
        { _, entry, context in
          guard let entry = unsafe entry, let text = unsafe entry.pointee.desc else { return 0 }
          unsafe context?.assumingMemoryBound(to: ErrorTrace.self).pointee
            .add(unsafe String(cString: text))
          return 0
        }, pointer)
    }
    H5Eclear2(0)
    return trace
  }

  private mutating func add(_ message: String) {
    if isEmpty { detail = Self.shortened(message) }
    isEmpty = false
    let full = [CHDF5_errorOfFullDisk(), CHDF5_errorOfFullQuota()]
    if full.contains(where: { message.contains("errno = \($0),") }) { isOutOfSpace = true }
  }

  /// Keeps what failed and the system's reason; HDF5 adds a date and addresses between the two.
  private static func shortened(_ message: String) -> String {
    let reason = message.components(after: "error message = '", until: "'")
    guard let reason else { return message.filter { !$0.isNewline } }
    let what = message.prefix { $0 != ":" && $0 != "," }
    let hint =
      message.contains("lock file") && message.contains("errno = \(CHDF5_errorOfLock()),")
      ? "another process has the file open; " : ""
    return "\(hint)\(what): \(reason)"
  }
}

extension String {
  /// Returns the text between the first `start` and the next `end`.
  fileprivate func components(after start: String, until end: Character) -> Substring? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(start) { return rest.dropFirst(start.count).prefix { $0 != end } }
      rest = rest.dropFirst()
    }
    return nil
  }
}
