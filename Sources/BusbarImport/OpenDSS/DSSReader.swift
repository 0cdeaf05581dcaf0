public import BusbarScenario

/// Reads OpenDSS files and follows their commands without any electrical meaning.
public struct DSSReader {
  /// How deep files may lie in one another.
  static let deepestNesting = 64
  /// How many files are read at most, each as often as it is named.
  static let mostFiles = 5_000
  /// How many values all files may give, with those that `like` copies.
  static let mostAssignments = 2_000_000

  let files: any DSSFileAccess
  let baseFolder: String
  var folder: String
  var diagnostics: Diagnostics
  var circuit: DSSCircuit?
  /// Options that were set before a circuit, or that outlive `clear`.
  var lastingActions: [DSSAction] = []
  var active: Int?
  var variables: [String: DSSValue] = [:]
  var readFiles: [String] = []
  private var openFiles: [String] = []
  var assignmentCount = 0

  private init(files: any DSSFileAccess, folder: String, diagnostics: Diagnostics) {
    self.files = files
    self.folder = folder
    self.diagnostics = diagnostics
    baseFolder = folder
  }

  /// Reads a file with all that it names; returns nil if it describes no circuit.
  ///
  /// The places in the diagnostics are relative to the file's folder.
  public static func read(
    _ path: String, from files: some DSSFileAccess, _ diagnostics: inout Diagnostics
  ) -> DSSCircuit? {
    let folder = DSSPath.folder(of: path)
    var reader = DSSReader(files: files, folder: folder, diagnostics: diagnostics)
    let place = SourceLocation(file: DSSPath.relative(path, to: folder))
    reader.follow(path, from: place, staying: false)
    if reader.circuit == nil && !reader.diagnostics.hasErrors {
      reader.diagnostics.error(
        "the file describes no circuit", at: place, remedy: "write 'New Circuit.name' in it")
    }
    diagnostics = reader.diagnostics
    reader.circuit?.files = reader.readFiles
    return reader.circuit
  }

  /// Reads a file that a command names, and stays in its folder or returns.
  mutating func follow(_ path: String, from place: SourceLocation, staying: Bool) {
    let name = DSSPath.relative(path, to: baseFolder)
    if let start = openFiles.firstIndex(of: path) {
      let chain = openFiles[start...].map { DSSPath.relative($0, to: baseFolder) }
      let shown = (chain.prefix(4) + [name]).joined(separator: "' -> '")
      diagnostics.error(
        "the files name one another in a circle: '\(shown)'", at: place,
        remedy: "remove this redirect")
      return
    }
    guard openFiles.count < Self.deepestNesting else {
      diagnostics.error(
        "redirects are nested deeper than \(Self.deepestNesting) files", at: place,
        remedy: "name the files one after another in the master file")
      return
    }
    guard readFiles.count < Self.mostFiles else {
      // One message is enough: all later redirects are of the same fault.
      if readFiles.count == Self.mostFiles {
        readFiles.append(name)
        diagnostics.error(
          "more than \(Self.mostFiles) files are read", at: place, remedy: "name fewer files")
      }
      return
    }
    let bytes: [UInt8]
    do {
      bytes = try files.contents(of: path)
    } catch {
      diagnostics.error(
        "the file '\(name)' \(error.problem)", at: place, remedy: "check the path and the file")
      return
    }
    readFiles.append(name)
    let previous = folder
    folder = DSSPath.folder(of: path)
    openFiles.append(path)
    run(bytes, file: name)
    openFiles.removeLast()
    if !staying { folder = previous }
  }

  /// Follows the lines of a file.
  private mutating func run(_ contents: [UInt8], file: String) {
    if let nul = contents.firstIndex(of: 0) {
      let line = contents[..<nul].reduce(into: 1) { $0 += $1 == 0x0A ? 1 : 0 }
      diagnostics.error(
        "a NUL byte stands here", at: SourceLocation(file: file, line: line, column: 1),
        remedy: "save the file as UTF-8 text, not UTF-16 or binary")
      return
    }
    let bytes = Self.unicodeBytes(contents)
    var openComment: SourceLocation?
    DSSDataFile.forEachLine(of: bytes) { text, line in
      let starts = openComment == nil && Self.startsComment(text)
      if starts { openComment = SourceLocation(file: file, line: line, column: 1) }
      if openComment == nil {
        follow(text, file: file, line: line)
      } else if Self.endsComment(text, isFirst: starts) {
        openComment = nil
      }
    }
    if let openComment {
      diagnostics.warning(
        "the comment that starts here is never closed", at: openComment,
        remedy: "close it with */, or use ! for one line")
    }
  }

  /// Returns the bytes as UTF-8: files in an older encoding are taken for Latin-1.
  private static func unicodeBytes(_ bytes: [UInt8]) -> [UInt8] {
    if String(validating: bytes, as: UTF8.self) != nil { return bytes }
    return bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
  }

  private static func startsComment(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.drop(while: DSSScanner.isBlank)
    return text.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "*")])
  }

  /// Whether a comment ends in this line, of which OpenDSS leaves out the rest too.
  private static func endsComment(_ line: ArraySlice<UInt8>, isFirst: Bool) -> Bool {
    let text = isFirst ? line.drop(while: DSSScanner.isBlank).dropFirst(2) : line
    return zip(text, text.dropFirst()).contains {
      $0 == UInt8(ascii: "*") && $1 == UInt8(ascii: "/")
    }
  }
}

extension DSSFileFault {
  /// What is wrong, to follow the name of the file.
  var problem: String {
    switch self {
    case .missing: "does not exist"
    case .tooLarge: "is larger than \(DSSDiskFiles.largestFile >> 20) MiB"
    case .unreadable(let reason): "cannot be read: \(reason)"
    }
  }
}
