import BusbarHDF5
import BusbarTestSupport
import Foundation
import Testing

/// A writer dies, and the file holds all that it announced, and another one goes on from there.
@Suite struct CommitTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  /// Makes a file of some blocks and returns its path.
  private func makeFile(blocks: Int) throws -> String {
    let path = folder.file("base.h5")
    let end = try WriterProcess(path, ["blocks", "\(blocks)"]).wait()
    try #require(end.status == 0 && end.committed == blocks, "\(end)")
    return path
  }

  /// The changes to the disk that the writer makes from a copy of the file to so many blocks.
  private func changes(from base: String?, toBlocks blocks: Int) throws -> Int {
    try start(from: base)
    let end = try WriterProcess(folder.file(), ["blocks", "\(blocks)"]).wait()
    return try #require(end.changes.last)
  }

  private func start(from base: String?) throws {
    for name in ["run.h5", "run.h5.journal"] {
      try? FileManager.default.removeItem(atPath: folder.file(name))
    }
    if let base { try FileManager.default.copyItem(atPath: base, toPath: folder.file()) }
  }

  /// Expects the blocks that were announced, or the one more whose announcement did not come.
  private func expectCommitted(_ announced: Int, _ place: String) throws {
    let path = folder.file()
    let before = try folder.content()
    let read = try WrittenBlocks(path).count
    #expect(read == announced || read == announced + 1, "\(place)")
    #expect(try folder.content() == before, "reading changed the files, \(place)")
    // Updating finishes the commit in the file, which then stands alone, and goes on.
    let file = try HDF5File(updating: path)
    #expect(try WrittenBlocks(file).count == read, "\(place)")
    try file.root.setAttribute("note", to: "resumed")
    try file.close()
    #expect(!FileManager.default.fileExists(atPath: path + ".journal"), "\(place)")
    #expect(try WrittenBlocks(path).count == read, "\(place)")
  }

  @Test(arguments: ["dies-at", "dies-in"])
  func everyChangeToTheDiskMayBeTheLast(fault: String) throws {
    let base = try makeFile(blocks: 2)
    let count = try changes(from: base, toBlocks: 3)
    #expect(count > 20)
    for change in 1...count {
      try start(from: base)
      let end = try WriterProcess(folder.file(), ["blocks", "3", fault, "\(change)"]).wait()
      #expect(end.signal == SIGKILL)
      try expectCommitted(max(end.committed, 2), "after change \(change) of \(count)")
    }
  }

  @Test(arguments: ["fails-at", "fails-from"])
  func everyChangeToTheDiskMayFail(fault: String) throws {
    let base = try makeFile(blocks: 2)
    let count = try changes(from: base, toBlocks: 3)
    var journals = 0
    for change in 1...count {
      try start(from: base)
      let end = try WriterProcess(folder.file(), ["blocks", "3", fault, "\(change)"]).wait()
      #expect(end.signal == nil && end.status == 73)
      #expect(end.errors.contains("Input/output error"), "\(end.errors)")
      if FileManager.default.fileExists(atPath: folder.file("run.h5.journal")) { journals += 1 }
      try expectCommitted(max(end.committed, 2), "after the failure of \(change) of \(count)")
    }
    // A failure that passes is taken back at once, unless it is the journal that cannot be removed;
    // one that stays leaves a journal at each change from its making on.
    #expect(fault == "fails-at" ? journals <= 3 : journals > 20)
  }

  @Test func everyChangeToANewFileMayBeTheLast() throws {
    let count = try changes(from: nil, toBlocks: 1)
    var unreadable = 0
    for change in 1...count {
      try start(from: nil)
      let end = try WriterProcess(folder.file(), ["blocks", "1", "dies-in", "\(change)"]).wait()
      #expect(end.signal == SIGKILL)
      // Before its first commit a file is none, and is made anew.
      if (try? HDF5File(reading: folder.file())) == nil {
        #expect(end.announced.isEmpty, "change \(change)")
        unreadable += 1
      } else {
        try expectCommitted(end.committed, "after change \(change) of \(count)")
      }
      #expect(try WriterProcess(folder.file(), ["blocks", "2"]).wait().committed == 2)
    }
    #expect((1..<count).contains(unreadable))
  }

  @Test func twoHundredKillsAtRandomInstantsLoseNothingThatWasCommitted() throws {
    var random = SeededNumbers(seed: 20_260_401)
    var committed = 0
    var commits = 0
    for kill in 0..<200 {
      if kill.isMultiple(of: 10) {
        try start(from: nil)
        committed = 0
      }
      let writer = try WriterProcess(folder.file(), ["blocks", "1000"])
      // Most die between commits and in them, some while they open the file.
      if Int.random(in: 0..<10, using: &random) > 0 { writer.waitUntilItWrites() }
      usleep(UInt32.random(in: 0..<15_000, using: &random))
      writer.kill()
      let end = try writer.wait()
      guard !end.announced.isEmpty || committed > 0 else { continue }
      commits += max(0, end.committed - committed)
      committed = max(committed, end.committed)
      try expectCommitted(committed, "kill \(kill)")
      committed = try WrittenBlocks(folder.file()).count
    }
    // A busy machine gives each writer few commits.
    #expect(commits > 20)
  }

  /// A limit of the file's size stands for any system that takes a part of a write and then none.
  @Test func aWriteThatIsCutOffLeavesTheLastCommit() throws {
    var failures = 0
    for limit in stride(from: 0, through: 180_000, by: 2_777) {
      try start(from: nil)
      let words = ["blocks", "5", "size-limit", "\(limit)"]
      let end = try WriterProcess(folder.file(), words).wait()
      #expect(end.signal == nil)
      if end.status == 0 { continue }
      failures += 1
      #expect(end.status == 73)
      #expect(end.errors.contains("File too large"), "\(end.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.file("run.h5.journal")))
      if end.announced.isEmpty {
        #expect(throws: HDF5Error.self) { try HDF5File(reading: folder.file()) }
      } else {
        #expect(try WrittenBlocks(folder.file()).count == end.committed, "limit \(limit)")
      }
      let rest = try WriterProcess(folder.file(), ["blocks", "5"]).wait()
      #expect(rest.committed == 5)
      #expect(try WrittenBlocks(folder.file()).count == 5)
    }
    #expect(failures > 20)
  }

  @Test func aCommitThatWaitsForTheDiskHoldsTheSame() throws {
    let end = try WriterProcess(folder.file(), ["blocks", "4", "disk"]).wait()
    #expect(end.committed == 4)
    #expect(try WrittenBlocks(folder.file()).count == 4)
    #expect(try folder.content().count == 1)
  }

  @Test func updatingCutsOffWhatWasNotCommitted() throws {
    let base = try makeFile(blocks: 2)
    let size = try Data(contentsOf: URL(fileURLWithPath: base)).count
    try start(from: base)
    let handle = try #require(FileHandle(forWritingAtPath: folder.file()))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(repeating: 0x5a, count: 10_000))
    try handle.close()
    #expect(try WrittenBlocks(folder.file()).count == 2)
    try HDF5File(updating: folder.file()).close()
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())).count == size)
  }
}
