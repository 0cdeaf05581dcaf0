import BusbarImport
import BusbarScenario
import BusbarTestSupport
import Foundation

/// Files that a test holds in memory.
struct MemoryFiles: DSSFileAccess {
  var files: [String: [UInt8]] = [:]

  init(_ texts: [String: String]) {
    files = Dictionary(
      uniqueKeysWithValues: texts.map { ("/feeder/" + $0.key, Array($0.value.utf8)) })
  }

  init(bytes: [String: [UInt8]]) { files = bytes }

  func contents(of path: String) throws(DSSFileFault) -> [UInt8] {
    guard let bytes = files[path] else { throw .missing }
    return bytes
  }

  func hasFile(_ path: String) -> Bool { files[path] != nil }

  func names(inFolder path: String) -> [String] {
    let start = path == "/" ? "/" : path + "/"
    return files.keys.filter { $0.hasPrefix(start) }.compactMap {
      $0.dropFirst(start.count).split(separator: "/").first.map(String.init)
    }
  }
}

/// What reading a feeder gave.
struct Reading {
  let circuit: DSSCircuit?
  let diagnostics: [Diagnostic]

  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  /// Reads `master.dss` of files in memory.
  init(_ texts: [String: String]) {
    self.init("/feeder/master.dss", from: MemoryFiles(texts))
  }

  /// Reads lines that follow `New Circuit.c`; the first is line 2.
  init(lines: String) { self.init(["master.dss": "New Circuit.c\n" + lines]) }

  init(_ path: String, from files: some DSSFileAccess) {
    var found = Diagnostics()
    circuit = DSSReader.read(path, from: files, &found)
    diagnostics = found.sorted
  }

  /// The values of an element as `key=text`, in order.
  func values(_ type: String, _ name: String) -> [String] {
    (circuit?.element(type, name)?.assignments ?? []).map { "\($0.property.key)=\($0.value.text)" }
  }
}

/// The OpenDSS feeders of the reference data.
enum Feeders {
  /// All files that create a circuit or name others, relative to the data's folder.
  static let masters: [String] = {
    guard let folder = PackageFolder.sharedData(".") else { return [] }
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    let names = (all ?? []).filter { $0.lowercased().hasSuffix(".dss") }.sorted()
    return names.filter { name in
      // Lists of line codes name one another, and are named by the masters.
      if name.lowercased().hasSuffix("linecodes.dss") { return false }
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
        return false
      }
      return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).contains {
        let words = $0.lowercased().split { $0 == " " || $0 == "\t" || $0 == "\"" }
        guard let first = words.first, words.count > 1 else { return false }
        return ["compile", "redirect"].contains(first)
          || first == "new" && words[1].contains("circuit.")
      }
    }
  }()
}
