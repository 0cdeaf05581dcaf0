internal import Foundation

/// The files of a scenario, read by their names from its folder or from memory, and remembered.
public struct ScenarioFolder: Sendable {
  /// A file that was read, with its content at that time.
  public struct LoadedFile: Sendable, Hashable {
    /// The path relative to the folder, with `/` between its parts.
    public let name: String
    /// The whole content.
    public let bytes: [UInt8]
  }

  /// The largest file that is read, in bytes.
  public static let largestFile = 4 << 30

  private let origin: Origin
  /// The files read so far, in the order of their first reading.
  public private(set) var loadedFiles: [LoadedFile] = []
  private let largestFile: Int

  private enum Origin: Sendable {
    case folder(path: String)
    case memory([String: [UInt8]])
  }

  /// Names the folder; nothing is read yet.
  public init(_ path: String, largestFile: Int = ScenarioFolder.largestFile) {
    origin = .folder(path: path)
    self.largestFile = largestFile
  }

  /// Takes the files from memory, by their paths relative to the folder that they stand for.
  public init(files: [String: [UInt8]]) {
    origin = .memory(files)
    largestFile = .max
  }

  /// Returns the content of a file, or appends why it cannot be read, at the place of its name.
  public mutating func read(
    _ name: String, writtenAt location: SourceLocation, _ diagnostics: inout Diagnostics
  ) -> [UInt8]? {
    let parts: [String]
    switch Self.parts(of: name) {
    case .failure(let refusal):
      diagnostics.error(refusal.problem, at: location, remedy: refusal.remedy)
      return nil
    case .success(let sound): parts = sound
    }
    let plainName = parts.joined(separator: "/")
    if let loaded = loadedFiles.first(where: { $0.name == plainName }) { return loaded.bytes }
    switch content(plainName, parts) {
    case .failure(let refusal):
      diagnostics.error(refusal.problem, at: location, remedy: refusal.remedy)
      return nil
    case .success(let bytes):
      loadedFiles.append(LoadedFile(name: plainName, bytes: bytes))
      return bytes
    }
  }

  private struct Refusal: Error {
    let problem: String
    let remedy: String
  }

  /// Splits a name into its parts, none of which leads out of the folder.
  private static func parts(of name: String) -> Result<[String], Refusal> {
    let copy = "copy the file into the scenario folder and write its name relative to it"
    if name.allSatisfy(\.isWhitespace) {
      return .failure(Refusal(problem: "the file name is empty", remedy: "write a file name"))
    }
    if name.unicodeScalars.contains(where: { $0.value < 0x20 }) {
      return .failure(
        Refusal(
          problem: "the file name holds a control character", remedy: "write a plain file name"))
    }
    if name.hasPrefix("/") || name.hasPrefix("~") {
      return .failure(
        Refusal(problem: "'\(name)' does not lie in the scenario folder", remedy: copy))
    }
    var parts: [String] = []
    for part in name.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(String(part))
      } else if parts.popLast() == nil {
        return .failure(
          Refusal(problem: "'\(name)' leads out of the scenario folder", remedy: copy))
      }
    }
    return .success(parts)
  }

  private func content(_ name: String, _ parts: [String]) -> Result<[UInt8], Refusal> {
    switch origin {
    case .folder(let path): return Self.content(name, in: path, parts, largestFile)
    case .memory(let files):
      if let bytes = files[name] { return .success(bytes) }
      return .failure(
        Refusal(
          problem: "there is no file '\(name)'",
          remedy: NearestName.suggestion(
            for: name, among: files.keys.sorted(), otherwise: "add the file")))
    }
  }

  private static func content(
    _ name: String, in path: String, _ parts: [String], _ largestFile: Int
  ) -> Result<[UInt8], Refusal> {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name).resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      return .failure(
        Refusal(problem: "there is no file '\(name)'", remedy: nearestFile(to: parts, in: path)))
    }
    switch attributes[.type] as? FileAttributeType {
    case .typeRegular: break
    case .typeDirectory:
      return .failure(
        Refusal(problem: "'\(name)' is a folder", remedy: "write the name of a file inside it"))
    default:
      return .failure(
        Refusal(problem: "'\(name)' is not a regular file", remedy: "write the name of a file"))
    }
    let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
    guard size <= largestFile else {
      return .failure(
        Refusal(
          problem: "'\(name)' has \(size) bytes; at most \(largestFile) are read",
          remedy: "split the file, or leave out what is not needed"))
    }
    guard let data = try? Data(contentsOf: url) else {
      return .failure(
        Refusal(problem: "'\(name)' cannot be read", remedy: "grant the right to read the file"))
    }
    return .success([UInt8](data))
  }

  /// Returns a remedy that names the file most like the missing one.
  private static func nearestFile(to parts: [String], in path: String) -> String {
    let parent = parts.dropLast().joined(separator: "/")
    let folder = URL(fileURLWithPath: path).appendingPathComponent(parent).path
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder).sorted() else {
      return parent.isEmpty ? "check the path of the scenario folder" : "add the folder '\(parent)'"
    }
    let prefix = parent.isEmpty ? "" : "\(parent)/"
    if let nearest = NearestName.of(parts.last ?? "", among: names) {
      return "write '\(prefix)\(nearest)'"
    }
    let visible = names.filter { !$0.hasPrefix(".") }.prefix(10)
    return visible.isEmpty
      ? "add the file; the folder is empty"
      : "add the file; the folder holds \(visible.joined(separator: ", "))"
  }
}
