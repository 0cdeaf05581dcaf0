internal import Foundation

/// Where the bytes of OpenDSS files come from.
public protocol DSSFileAccess: Sendable {
  /// Returns the bytes of a regular file, or says why they cannot be read.
  func contents(of path: String) throws(DSSFileFault) -> [UInt8]
  /// Returns whether there is a regular file.
  func hasFile(_ path: String) -> Bool
  /// Returns the names in a folder, or nothing if there is none.
  func names(inFolder path: String) -> [String]
}

/// Why a file cannot be read.
public enum DSSFileFault: Error, Sendable, Hashable {
  case missing
  case tooLarge
  case unreadable(String)
}

/// A file of numbers that a property names.
public struct DSSFileReference: Sendable, Hashable {
  /// How the numbers are stored.
  public enum Format: Sendable, Hashable {
    case text
    /// IEEE 754 binary32 and binary64, little-endian.
    case single, double
  }

  /// The whole path.
  public let path: String
  /// How the numbers are stored.
  public let format: Format
  /// The column from 1; the first unless `column=` says otherwise.
  public let column: Int
  /// Whether the first line is a header.
  public let hasHeader: Bool
}

/// The files of the disk.
public struct DSSDiskFiles: DSSFileAccess {
  /// The most bytes that one file may have.
  public static let largestFile = 256 << 20

  public init() {}

  public func contents(of path: String) throws(DSSFileFault) -> [UInt8] {
    guard hasFile(path) else { throw .missing }
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    if (size ?? 0) > Self.largestFile { throw .tooLarge }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .unreadable(error.localizedDescription)
    }
  }

  public func hasFile(_ path: String) -> Bool {
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let type = try? FileManager.default.attributesOfItem(atPath: resolved)[.type]
    return type as? FileAttributeType == .typeRegular
  }

  public func names(inFolder path: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
  }
}

/// Paths as OpenDSS files write them.
enum DSSPath {
  /// Returns the whole path of a text that may use backslashes, seen from a folder.
  static func resolved(_ text: String, in folder: String) -> String {
    let path = text.replacing("\\", with: "/")
    let whole = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    var parts: [Substring] = []
    for part in whole.split(separator: "/") {
      if part == ".." {
        if !parts.isEmpty { parts.removeLast() }
      } else if part != "." {
        parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Returns the folder of a path.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// Returns a path as seen from a folder.
  static func relative(_ path: String, to folder: String) -> String {
    let parts = path.split(separator: "/")
    let base = folder.split(separator: "/")
    var common = 0
    while common < min(parts.count - 1, base.count) && parts[common] == base[common] {
      common += 1
    }
    let up = repeatElement(Substring(".."), count: base.count - common)
    return (up + parts[common...]).joined(separator: "/")
  }

  /// Returns the path of a file that differs in the case of its letters only.
  static func ignoringCase(_ path: String, in files: some DSSFileAccess) -> String? {
    var found = ""
    for part in path.split(separator: "/") {
      let names = files.names(inFolder: found.isEmpty ? "/" : found)
      // A folder that may be passed but not listed keeps the name as written.
      let name =
        names.contains(String(part)) || names.isEmpty
        ? String(part) : names.sorted().first { $0.lowercased() == part.lowercased() }
      guard let name else { return nil }
      found += "/" + name
    }
    return files.hasFile(found) ? found : nil
  }
}
