import BusbarHDF5
import Foundation
import Testing

@Suite struct FileTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private func makeFile(_ path: String) throws {
    let file = try HDF5File(creating: path)
    try file.root.setAttribute("title", to: "x")
    let group = try file.root.makeGroup("g")
    let ids = try group.makeDataset("ids", DatasetLayout(.string, shape: [0], growth: .rows))
    try ids.makeScale(named: "ids")
    try ids.appendStrings(["a", "b"])
    var layout = DatasetLayout(.float64, shape: [0, 2], growth: .rows)
    layout.compression = .deflate(level: 1)
    let dataset = try group.makeDataset("x", layout)
    try dataset.attachScale(ids, dimension: 1)
    try dataset.append((0..<2000).map(Double.init), rows: 1000)
    try file.close()
  }

  @Test func filesOfEqualContentAreEqualBytes() throws {
    try makeFile(folder.file("a.h5"))
    Thread.sleep(forTimeInterval: 1.1)
    try makeFile(folder.file("b.h5"))
    let first = FileManager.default.contents(atPath: folder.file("a.h5"))
    #expect(first != nil)
    #expect(first == FileManager.default.contents(atPath: folder.file("b.h5")))
  }

  @Test func anExistingFileIsKeptUnlessItIsToBeReplaced() throws {
    try makeFile(folder.file())
    let error = #expect(throws: HDF5Error.self) { try HDF5File(creating: folder.file()) }
    #expect(error?.detail == "unable to open file: File exists")
    #expect(try HDF5File(reading: folder.file()).root.contains("g"))
    try HDF5File(creating: folder.file(), existing: .replace).close()
    #expect(try !HDF5File(reading: folder.file()).root.contains("g"))
  }

  @Test func closingTwiceDoesNothing() throws {
    let file = try HDF5File(creating: folder.file())
    try file.close()
    try file.close()
  }

  @Test func flushedRowsAreThereAfterAbandoning() throws {
    let file = try HDF5File(creating: folder.file())
    let dataset = try file.root.makeDataset(
      "x", DatasetLayout(.int64, shape: [0], growth: .rows))
    try dataset.append([Int64(1)], rows: 1)
    try file.flush()
    try dataset.append([Int64(2)], rows: 1)
    file.abandon()
    #expect(throws: HDF5Error.self) { try dataset.append([Int64(3)], rows: 1) }
    #expect(throws: HDF5Error.self) { try file.close() }
    try FileManager.default.copyItem(atPath: folder.file(), toPath: folder.file("copy.h5"))
    let copy = try HDF5File(reading: folder.file("copy.h5"))
    #expect(try copy.root.dataset("x").read(as: Int64.self) == [1])
  }

  @Test func anAbandonedFileGivesItsDescriptorAndItsLockBack() throws {
    let file = try HDF5File(creating: folder.file())
    try file.flush()
    _ = try file.root.makeGroup("lost")
    #expect(descriptors(of: folder.file()) == 1)
    file.abandon()
    file.abandon()
    #expect(descriptors(of: folder.file()) == 0)
    #expect(try HDF5File(updating: folder.file()).root.childNames().isEmpty)
  }

  /// Counts what this process has open of a file.
  private func descriptors(of path: String) -> Int {
    let folder = "/proc/self/fd"
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return numbers.filter {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")) == path
    }.count
  }

  @Test func aCommitMayMakeTheFileShorter() throws {
    let bytes = [UInt8](repeating: 1, count: 1_000_000)
    let file = try HDF5File(creating: folder.file())
    try file.root.makeDataset("x", DatasetLayout(.uint8, shape: [1_000_000])).write(bytes)
    try file.flush()
    try file.root.makeDataset("bulk", DatasetLayout(.uint8, shape: [1_000_000])).write(bytes)
    try file.flush()
    #expect(try #require(folder.content()["run.h5"]).count > 2_000_000)
    try file.root.remove("bulk")
    try file.flush()
    file.abandon()
    #expect(try #require(folder.content()["run.h5"]).count < 1_100_000)
    let read = try HDF5File(reading: folder.file())
    #expect(try read.root.childNames() == ["x"])
    #expect(try read.root.dataset("x").read(as: UInt8.self) == bytes)
  }

  @Test func aFileThatIsBeingWrittenCannotBeReplaced() async throws {
    let path = folder.file()
    let file = try HDF5File(creating: path)
    _ = try file.root.makeGroup("g")
    try file.flush()
    await #expect(processExitsWith: .success) { [path = path as String] in
      let error = #expect(throws: HDF5Error.self) {
        try HDF5File(creating: path, existing: .replace)
      }
      #expect(error?.detail.contains("another process has the file open") == true)
    }
    try file.close()
    #expect(try HDF5File(reading: path).root.childNames() == ["g"])
  }

  @Test func rowsAreAppendedAndDroppedAfterReopening() throws {
    do {
      let file = try HDF5File(creating: folder.file())
      var layout = DatasetLayout(.int64, shape: [0, 2], growth: .rows, chunk: [4, 2])
      layout.compression = .deflate(level: 1)
      let dataset = try file.root.makeDataset("x", layout)
      try dataset.append((0..<20).map(Int64.init), rows: 10)
      try file.root.setAttribute("numbers", to: [1.5, 2.5])
      try file.root.setAttribute("number", to: Int64(7))
      try file.root.setAttribute("text", to: "seven")
      try file.close()
    }
    let file = try HDF5File(updating: folder.file())
    let dataset = try file.root.dataset("x")
    try dataset.truncate(toRows: 3)
    try dataset.append([Int64(100), 101], rows: 1)
    #expect(try file.root.attributes("numbers", as: Double.self) == [1.5, 2.5])
    #expect(try file.root.attribute("number", as: Int64.self) == 7)
    #expect(try file.root.textAttribute("text") == "seven")
    try file.root.setAttribute("text", to: "eight")
    try file.close()
    let read = try HDF5File(reading: folder.file())
    #expect(try read.root.dataset("x").read(as: Int64.self) == [0, 1, 2, 3, 4, 5, 100, 101])
    #expect(try read.root.textAttribute("text") == "eight")
  }

  @Test func aMissingFileThrowsWithItsPath() throws {
    let error = #expect(throws: HDF5Error.self) { try HDF5File(reading: folder.file("no.h5")) }
    #expect(error?.detail.contains("No such file") == true)
    #expect(error?.description.contains("no.h5") == true)
  }

  @Test func anotherProcessCannotReadWhatIsBeingWritten() async throws {
    let path = folder.file()
    let file = try HDF5File(creating: path)
    try file.flush()
    await #expect(processExitsWith: .success) { [path = path as String] in
      let error = #expect(throws: HDF5Error.self) { try HDF5File(reading: path) }
      #expect(error?.detail.contains("another process has the file open") == true)
    }
    try file.close()
    await #expect(processExitsWith: .success) { [path = path as String] in
      #expect(throws: Never.self) { try HDF5File(reading: path) }
    }
  }

  @Test func aFolderThrows() throws {
    let error = #expect(throws: HDF5Error.self) { try HDF5File(reading: folder.path) }
    #expect(error?.detail == "it is not a regular file")
  }

  @Test(arguments: ["", "time,bus\n0,1\n", "\u{89}HDF\r\n\u{1a}\n"])
  func aFileOfAnotherKindThrows(_ content: String) throws {
    try content.write(toFile: folder.file(), atomically: false, encoding: .isoLatin1)
    #expect(throws: HDF5Error.self) { try HDF5File(reading: folder.file()) }
    #expect(throws: HDF5Error.self) { try HDF5File(updating: folder.file()) }
  }

  @Test func aFileCutShortThrowsAtAnyLength() throws {
    try makeFile(folder.file())
    let whole = try #require(FileManager.default.contents(atPath: folder.file()))
    for length in stride(from: 0, to: whole.count - 1, by: max(1, whole.count / 40)) {
      let path = folder.file("cut-\(length).h5")
      try whole.prefix(length).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: HDF5Error.self) { try HDF5File(reading: path) }
      #expect(error?.detail.isEmpty == false)
    }
  }

  @Test func zerosInTheMiddleThrowOrReadButNeverCrash() throws {
    try makeFile(folder.file())
    let whole = try #require(FileManager.default.contents(atPath: folder.file()))
    var failures = 0
    for start in stride(from: 0, to: whole.count - 64, by: max(64, whole.count / 60)) {
      var damaged = whole
      damaged.replaceSubrange(start..<start + 64, with: Data(count: 64))
      let path = folder.file("hole-\(start).h5")
      try damaged.write(to: URL(fileURLWithPath: path))
      do throws(HDF5Error) {
        let file = try HDF5File(reading: path)
        _ = try file.root.dataset("g/x").read(as: Double.self)
        _ = try file.root.dataset("g/ids").readStrings()
      } catch {
        failures += 1
      }
    }
    #expect(failures > 0)
  }

  @Test func moreElementsThanMemoryThrows() throws {
    let file = try HDF5File(creating: folder.file())
    let dataset = try file.root.makeDataset(
      "x", DatasetLayout(.float64, shape: [1 << 50], chunk: [1024]))
    let error = #expect(throws: HDF5Error.self) { try dataset.read(as: Double.self) }
    #expect(error?.detail.contains("memory") == true)
  }
}
