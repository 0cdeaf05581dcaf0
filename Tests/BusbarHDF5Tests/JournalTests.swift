import BusbarHDF5
import Foundation
import Testing

/// A file of two blocks and the journal of its third commit, of which nothing was applied.
struct CrashedCommit {
  let file: Data
  let journal: Data

  /// The one that all tests begin with.
  static let shared = Result { try CrashedCommit() }

  private init() throws {
    let folder = try Folder()
    let base = folder.file("base.h5")
    try #require(try WriterProcess(base, ["blocks", "2"]).wait().committed == 2)
    // The first death after which a third block is there is the one that completes the journal.
    for change in 1... {
      let path = folder.file("\(change).h5")
      try FileManager.default.copyItem(atPath: base, toPath: path)
      let words = ["blocks", "3", "dies-at", "\(change)"]
      try #require(try WriterProcess(path, words).wait().signal == SIGKILL)
      guard try WrittenBlocks(path).count == 3 else { continue }
      file = try Data(contentsOf: URL(fileURLWithPath: path))
      journal = try Data(contentsOf: URL(fileURLWithPath: path + ".journal"))
      return
    }
    preconditionFailure("The numbers ended")
  }
}

/// Journals that must be applied, and those that must not.
@Suite struct JournalTests {
  let folder: Folder
  let file: Data
  let journal: Data

  private var path: String { folder.file() }
  private var journalPath: String { folder.file("run.h5.journal") }

  init() throws {
    folder = try Folder()
    let crashed = try CrashedCommit.shared.get()
    file = crashed.file
    journal = crashed.journal
  }

  private func put(_ file: Data, _ journal: Data?) throws {
    try file.write(to: URL(fileURLWithPath: path))
    try? FileManager.default.removeItem(atPath: journalPath)
    try journal?.write(to: URL(fileURLWithPath: journalPath))
  }

  /// Expects this journal to be without effect, and to be gone once the file was updated.
  private func expectUseless(_ useless: Data, beside content: Data, blocks: Int) throws {
    try put(content, useless)
    #expect(try WrittenBlocks(path).count == blocks)
    try HDF5File(updating: path).close()
    #expect(try WrittenBlocks(path).count == blocks)
    #expect(!FileManager.default.fileExists(atPath: journalPath))
  }

  @Test func aCompleteJournalIsFinishedFromInMemoryAndInTheFile() throws {
    try put(file, journal)
    #expect(try WrittenBlocks(path).count == 3)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == file)
    #expect(try Data(contentsOf: URL(fileURLWithPath: journalPath)) == journal)
    try HDF5File(updating: path).close()
    #expect(!FileManager.default.fileExists(atPath: journalPath))
    #expect(try WrittenBlocks(path).count == 3)
  }

  @Test func aCopyOfBothFilesIsRecoveredUnderAnotherName() throws {
    try file.write(to: URL(fileURLWithPath: folder.file("copy.h5")))
    try journal.write(to: URL(fileURLWithPath: folder.file("copy.h5.journal")))
    #expect(try WrittenBlocks(folder.file("copy.h5")).count == 3)
  }

  @Test func aFileIsRecoveredThroughASymbolicLink() throws {
    try put(file, journal)
    let link = folder.file("elsewhere.h5")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(try WrittenBlocks(link).count == 3)
  }

  @Test func aJournalWithAnyByteDamagedIsDropped() throws {
    for place in stride(from: 0, to: journal.count, by: journal.count / 97) {
      var damaged = journal
      damaged[place] ^= 0x10
      try expectUseless(damaged, beside: file, blocks: 2)
    }
  }

  @Test func aJournalThatIsCutShortOrTooLongIsDropped() throws {
    for length in [0, 1, 31, 32, 63, 64, 8231, journal.count / 2, journal.count - 1] {
      try expectUseless(journal.prefix(length), beside: file, blocks: 2)
    }
    try expectUseless(journal + Data(count: 1), beside: file, blocks: 2)
    try expectUseless(Data(count: journal.count), beside: file, blocks: 2)
  }

  @Test func aJournalOfAnEarlierCommitIsDropped() throws {
    for blocks in 4...6 {
      try put(file, journal)
      try #require(try WriterProcess(path, ["blocks", "\(blocks)"]).wait().committed == blocks)
      let later = try Data(contentsOf: URL(fileURLWithPath: path))
      try expectUseless(journal, beside: later, blocks: blocks)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == later)
    }
  }

  @Test func aJournalOfTheLastCommitChangesNothing() throws {
    try put(file, journal)
    try HDF5File(updating: path).close()
    let applied = try Data(contentsOf: URL(fileURLWithPath: path))
    try expectUseless(journal, beside: applied, blocks: 3)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == applied)
  }

  @Test func aJournalOfAnotherFileOfTheSameLengthIsDropped() throws {
    // The files differ in one number, which the journal would replace.
    let twos = Data((0..<100).flatMap { _ in [2, 0, 0, 0, 0, 0, 0, 0] as [UInt8] })
    let place = try #require(file.range(of: twos)).lowerBound
    var other = file
    other[place] = 9
    try put(other, journal)
    let status = try HDF5File(reading: path).root.dataset("status").read(as: Int64.self)
    #expect(status.filter { $0 == 2 }.count == 1999 && status.contains(9))
    try HDF5File(updating: path).close()
    #expect(!FileManager.default.fileExists(atPath: journalPath))
    // What the dead writer had appended is cut off. HDF5 notes in byte 20 that a writer has the
    // file open, and takes it back when it closes the file. Nothing else changes.
    let updated = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(updated.count > 50_000)
    #expect(updated.indices.filter { updated[$0] != other[$0] } == [20])
  }

  @Test func anUnreadableJournalIsAnErrorAndNoCrash() throws {
    try put(file, nil)
    try FileManager.default.createDirectory(
      atPath: journalPath, withIntermediateDirectories: false)
    #expect(try WrittenBlocks(path).count == 2)
    let error = #expect(throws: HDF5Error.self) { try HDF5File(updating: path) }
    #expect(error?.detail.contains("unable to recover file from its journal") == true)
    try FileManager.default.removeItem(atPath: journalPath)
    // SAFETY: the string outlives the call.
    #expect(unsafe mkfifo(journalPath, 0o600) == 0)
    #expect(try WrittenBlocks(path).count == 2)
  }

  @Test func aNewFileDropsTheJournalOfItsPredecessor() throws {
    try put(file, journal)
    try HDF5File(creating: path, existing: .replace).close()
    #expect(try HDF5File(reading: path).root.childNames().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: journalPath))
  }
}
