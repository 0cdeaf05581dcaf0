import BusbarHDF5
import Foundation
import Testing

/// A file system of one mebibyte, which only root can make.
struct SmallDisk {
  let path: String

  static let canBeMade: Bool = {
    guard let disk = try? SmallDisk() else { return false }
    disk.remove()
    return true
  }()

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("busbar-small-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let status = try run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path])
    guard status == 0 else {
      try FileManager.default.removeItem(atPath: path)
      throw CocoaError(.fileWriteNoPermission)
    }
  }

  /// A file that a failed test left open keeps the disk busy, hence the lazy way.
  func remove() {
    _ = try? run("umount", ["-l", path])
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Takes all space that is left.
  func fill() throws {
    try #require(FileManager.default.createFile(atPath: "\(path)/filler", contents: nil))
    let filler = try #require(FileHandle(forWritingAtPath: "\(path)/filler"))
    for size in [65_536, 4096, 64, 1] {
      while (try? filler.write(contentsOf: Data(count: size))) != nil {}
    }
    try filler.close()
  }
}

@Suite(
  .serialized,
  .enabled(if: SmallDisk.canBeMade, "A full disk is tested only where tmpfs can be mounted"))
struct FullDiskTests {
  /// Where the failure is met: each step alone must report it.
  enum Step: String, CaseIterable, Codable {
    case append, appendCompressed, write, flush, close, release, strings, attributes, create
  }

  /// Writes until the disk is full and returns the error that the step met.
  static func failure(at step: Step, on disk: SmallDisk) throws -> HDF5Error? {
    let path = "\(disk.path)/run.h5"
    let file = try HDF5File(creating: path)
    var layout = DatasetLayout(.float64, shape: [0, 100], growth: .rows)
    if step == .appendCompressed { layout.compression = .deflate(level: 1) }
    // Sines have mantissas that cannot be compressed.
    let block = (0..<100_000).map { sin(Double($0)) }
    let text = try file.root.makeDataset("t", DatasetLayout(.string, shape: [0], growth: .rows))
    var dataset: HDF5Dataset? = try file.root.makeDataset("x", layout)
    let fixed = try file.root.makeDataset("y", DatasetLayout(.float64, shape: [100_000]))
    try file.flush()
    try disk.fill()
    do throws(HDF5Error) {
      switch step {
      case .append, .appendCompressed:
        for _ in 0..<20 { try dataset?.append(block.span, rows: 1000) }
      case .write:
        try fixed.write(block.span)
        try file.flush()
      case .flush:
        try dataset?.append(block.span.extracting(..<1000), rows: 10)
        try file.flush()
      case .close:
        try dataset?.append(block.span.extracting(..<1000), rows: 10)
      case .release:
        try dataset?.append(block.span.extracting(..<1000), rows: 10)
        dataset = nil
      case .strings:
        for _ in 0..<20 { try text.appendStrings([String(repeating: "x", count: 100_000)]) }
      case .attributes:
        let list = [Double](repeating: 1, count: 8000)
        for index in 0..<100 { try file.root.setAttribute("a\(index)", to: list) }
      case .create:
        for index in 0..<5000 { _ = try file.root.makeGroup("g\(index)") }
      }
      try file.close()
    } catch {
      #expect(file.failure == error)
      // Nothing works any more, and nothing crashes.
      #expect(throws: error) { try file.flush() }
      #expect(throws: error) { try file.close() }
      #expect(throws: error) { try dataset?.append(block, rows: 1000) ?? file.close() }
      return error
    }
    return nil
  }

  @Test(arguments: Step.allCases)
  func aFullDiskIsReported(at step: Step) throws {
    let disk = try SmallDisk()
    defer { disk.remove() }
    let error = try #require(try Self.failure(at: step, on: disk))
    #expect(error.isOutOfSpace)
    #expect(error.description.contains("No space left on device"))
    // The library still works for other files, and the abandoned one is at its last commit.
    try FileManager.default.removeItem(atPath: "\(disk.path)/filler")
    let folder = try Folder()
    try FileManager.default.copyItem(atPath: "\(disk.path)/run.h5", toPath: folder.file())
    let copy = try HDF5File(reading: folder.file())
    #expect(try copy.root.childNames() == ["t", "x", "y"])
    #expect(try copy.root.attributeNames().isEmpty)
    #expect(try copy.root.dataset("x").shape == [0, 100])
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["run.h5"])
    try FileManager.default.removeItem(atPath: "\(disk.path)/run.h5")
    try HDF5File(creating: folder.file("next.h5")).close()
  }

  @Test func aProcessThatMetAFullDiskEndsInSilence() async {
    let result = await #expect(
      processExitsWith: .exitCode(73), observing: [\.standardErrorContent]
    ) {
      for step in Step.allCases {
        let disk = try SmallDisk()
        let error = try #require(try FullDiskTests.failure(at: step, on: disk))
        #expect(error.isOutOfSpace)
        disk.remove()
      }
      exit(73)
    }
    // Swift Testing itself marks where the output begins.
    let spoken = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }
    #expect(spoken?.contains("HDF5") == false)
  }
}
