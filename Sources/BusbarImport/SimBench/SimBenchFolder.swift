internal import BusbarScenario
internal import Foundation

/// The tables of one SimBench grid, from a folder or from memory; each may be packed by gzip.
public struct SimBenchFolder: Sendable {
  /// The most bytes that one table may have after unpacking.
  public static let largestFile = 1 << 30

  /// The name of the grid, such as `1-LV-rural1--1-sw`.
  public let name: String
  private let origin: Origin

  private enum Origin: Sendable {
    case folder(path: String)
    case memory([String: [UInt8]])
  }

  /// Names a folder; nothing is read yet.
  public init(_ path: String) {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    name = url.lastPathComponent
    origin = .folder(path: url.path)
  }

  /// Takes the files of a grid from memory, by names such as `Node.csv` or `../RESProfile.csv.gz`.
  public init(name: String, files: [String: [UInt8]]) {
    self.name = name
    origin = .memory(files)
  }

  /// Whether the table of nodes is there, which every grid has.
  public var isGrid: Bool { fileName(of: "Node") != nil }

  /// The names of the grids in the folder, in order, where it is not one itself.
  public var grids: [String] {
    guard case .folder(let path) = origin else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().filter { SimBenchFolder("\(path)/\($0)").isGrid }
  }

  /// The names of the tables in the folder, in order.
  var tables: [String] {
    let names =
      switch origin {
      case .folder(let path): (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      case .memory(let files): Array(files.keys)
      }
    let tables = names.compactMap { name in
      [".csv", ".csv.gz"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) }
    }
    return Set(tables).filter { !$0.contains("/") }.sorted()
  }

  /// Returns the name of a table's file, in the folder or beside it; nil if there is none.
  func fileName(of table: String) -> String? {
    let isShared = table.hasSuffix("Profile")
    let names = ["\(table).csv", "\(table).csv.gz"]
    return (names + (isShared ? names.map { "../\($0)" } : [])).first(where: has)
  }

  private func has(_ file: String) -> Bool {
    switch origin {
    case .memory(let files): return files[file] != nil
    case .folder(let path):
      let url = URL(fileURLWithPath: "\(path)/\(file)").resolvingSymlinksInPath()
      let type = try? FileManager.default.attributesOfItem(atPath: url.path)[.type]
      return type as? FileAttributeType == .typeRegular
    }
  }

  /// Returns the text of a file, or appends why it cannot be read.
  func contents(of file: String, _ diagnostics: inout Diagnostics) -> [UInt8]? {
    let location = SourceLocation(file: file)
    guard let bytes = bytes(of: file) else {
      diagnostics.error(
        "'\(file)' cannot be read", at: location, remedy: "grant the right to read the file")
      return nil
    }
    guard bytes.count <= Self.largestFile else {
      tooLarge(file, &diagnostics)
      return nil
    }
    guard file.hasSuffix(".gz") else { return bytes }
    do {
      return try Gunzip.unpacked(bytes, limit: Self.largestFile)
    } catch .tooLarge {
      tooLarge(file, &diagnostics)
    } catch {
      diagnostics.error(
        error == .notGzip
          ? "'\(file)' is not packed by gzip" : "the packed data of '\(file)' are damaged",
        at: location, remedy: "copy the file again, or unpack it to \(file.dropLast(3))")
    }
    return nil
  }

  private func tooLarge(_ file: String, _ diagnostics: inout Diagnostics) {
    diagnostics.error(
      "'\(file)' has more than \(Self.largestFile) bytes", at: SourceLocation(file: file),
      remedy: "leave out the rows and columns that are not needed")
  }

  private func bytes(of file: String) -> [UInt8]? {
    switch origin {
    case .memory(let files): files[file]
    case .folder(let path):
      (try? Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))).map { [UInt8]($0) }
    }
  }
}
