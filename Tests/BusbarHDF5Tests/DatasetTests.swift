import BusbarHDF5
import Testing

@Suite struct DatasetTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  /// Writes values as a 2-D dataset, closes the file, and reads them back from a new one.
  private func roundTrip<T: HDF5Scalar & Equatable>(
    _ values: [T], _ compression: DatasetLayout.Compression = .none
  ) throws -> Bool {
    let path = folder.file("\(T.self)-\(compression).h5")
    let file = try HDF5File(creating: path)
    var layout = DatasetLayout(T.elementType, shape: [2, values.count / 2])
    layout.compression = compression
    try file.root.makeDataset("x", layout).write(values)
    try file.close()
    let dataset = try HDF5File(reading: path).root.dataset("x")
    return try dataset.read(as: T.self) == values && dataset.elementType == T.elementType
      && dataset.shape == [2, values.count / 2]
  }

  @Test(arguments: [DatasetLayout.Compression.none, .deflate(level: 4)])
  func eachNumberTypeReadsBackAsWritten(_ compression: DatasetLayout.Compression) throws {
    #expect(try roundTrip([Int8.min, -1, 0, .max], compression))
    #expect(try roundTrip([UInt8.min, 1, 128, .max], compression))
    #expect(try roundTrip([Int32.min, -1, 0, .max], compression))
    #expect(try roundTrip([Int64.min, -1, 0, .max], compression))
    #expect(
      try roundTrip([-Float.infinity, -0.0, 9.96921e36, .leastNonzeroMagnitude], compression))
    #expect(try roundTrip([-Double.infinity, 0.1, 1e308, .leastNonzeroMagnitude], compression))
  }

  @Test func appendedRowsFollowOneAnother() throws {
    let file = try HDF5File(creating: folder.file())
    let dataset = try file.root.makeDataset(
      "x", DatasetLayout(.float32, shape: [0, 3], growth: .rows, chunk: [4, 2]))
    var expected: [Float] = []
    for rows in [1, 0, 5, 2, 11] {
      let block = (0..<rows * 3).map { Float(expected.count + $0) }
      try dataset.append(block, rows: rows)
      expected += block
    }
    #expect(dataset.shape == [19, 3])
    #expect(try dataset.read(as: Float.self) == expected)
    #expect(try dataset.read(rows: 3..<7, as: Float.self) == Array(expected[9..<21]))
    try file.close()
    #expect(try HDF5File(reading: folder.file()).root.dataset("x").read(as: Float.self) == expected)
  }

  @Test func twoHandlesOfADatasetSeeTheSameRows() throws {
    let file = try HDF5File(creating: folder.file())
    let first = try file.root.makeDataset("x", DatasetLayout(.int64, shape: [0], growth: .rows))
    let second = try file.root.dataset("x")
    try first.append([Int64(1), 2], rows: 2)
    try second.append([Int64(3)], rows: 1)
    #expect(try first.read(as: Int64.self) == [1, 2, 3])
  }

  @Test func rowsCanBeWrittenOverAndDropped() throws {
    let file = try HDF5File(creating: folder.file())
    let dataset = try file.root.makeDataset(
      "x", DatasetLayout(.int32, shape: [3, 2], chunk: [2, 2]))
    try dataset.write([Int32(1), 2, 3, 4, 5, 6])
    try dataset.write(rows: 1..<2, ([30, 40] as [Int32]).span)
    try dataset.truncate(toRows: 2)
    #expect(try dataset.read(as: Int32.self) == [1, 2, 30, 40])
  }

  @Test func rowsCanBeAddedAfterAFileWasOpenedAgain() throws {
    let file = try HDF5File(creating: folder.file())
    let layout = DatasetLayout(.int64, shape: [0], growth: .rows)
    try file.root.makeDataset("x", layout).append([Int64(1)], rows: 1)
    try file.close()
    let again = try HDF5File(updating: folder.file())
    try again.root.dataset("x").append([Int64(2)], rows: 1)
    try again.close()
    #expect(try HDF5File(reading: folder.file()).root.dataset("x").read(as: Int64.self) == [1, 2])
  }

  @Test func datasetsWithoutElementsReadAsEmpty() throws {
    let file = try HDF5File(creating: folder.file())
    for (name, shape) in [("rows", [0, 4]), ("columns", [4, 0]), ("both", [0, 0])] {
      for growth in [DatasetLayout.Growth.fixed, .rows] {
        let name = "\(name)-\(growth)"
        let dataset = try file.root.makeDataset(
          name, DatasetLayout(.float64, shape: shape, growth: growth))
        #expect(try dataset.read(as: Double.self).isEmpty)
        #expect(dataset.shape == shape)
      }
    }
    let noBuses = try file.root.dataset("both-rows")
    try noBuses.append([Double](), rows: 7)
    #expect(noBuses.shape == [7, 0])
    try file.close()
    #expect(try HDF5File(reading: folder.file()).root.dataset("rows-rows").shape == [0, 4])
  }

  @Test func aSingleValueHasNoDimensions() throws {
    let file = try HDF5File(creating: folder.file())
    let dataset = try file.root.makeDataset("x", DatasetLayout(.float64, shape: []))
    try dataset.write([2.5])
    #expect(dataset.shape == [])
    #expect(try dataset.read(as: Double.self) == [2.5])
  }

  @Test func elementsNeverWrittenReadAsTheFillValue() throws {
    let file = try HDF5File(creating: folder.file())
    var layout = DatasetLayout(.float32, shape: [2], growth: .rows)
    layout.fillValue = .real(9.96921e36)
    #expect(
      try file.root.makeDataset("a", layout).read(as: Float.self) == [9.96921e36, 9.96921e36])
    layout = DatasetLayout(.int8, shape: [2])
    layout.fillValue = .integer(-127)
    #expect(try file.root.makeDataset("b", layout).read(as: Int8.self) == [-127, -127])
  }

  @Test func readingAsAnotherTypeThrowsInsteadOfConverting() throws {
    let file = try HDF5File(creating: folder.file())
    let dataset = try file.root.makeDataset("x", DatasetLayout(.float32, shape: [1]))
    try dataset.write([Float(1)])
    let error = #expect(throws: HDF5Error.self) { try dataset.read(as: Double.self) }
    #expect(error?.detail == "it holds float32, not float64")
    #expect(error?.object == "/x")
    #expect(throws: HDF5Error.self) { try dataset.readStrings() }
    #expect(throws: HDF5Error.self) { try dataset.write([Double(1)]) }
    #expect(file.failure == nil)
  }

  @Test func stringsReadBackAsWritten() throws {
    let strings = ["Süd-1", "", "a/b", "日本", "👩‍🔬", String(repeating: "ä", count: 100_000)]
    let file = try HDF5File(creating: folder.file())
    let fixed = try file.root.makeDataset("ids", DatasetLayout(.string, shape: [strings.count]))
    try fixed.writeStrings(strings)
    let log = try file.root.makeDataset("log", DatasetLayout(.string, shape: [0], growth: .rows))
    for string in strings { try log.appendStrings([string, string]) }
    try log.appendStrings([])
    try file.close()
    let root = try HDF5File(reading: folder.file()).root
    #expect(try root.dataset("ids").readStrings() == strings)
    #expect(try root.dataset("log").readStrings() == strings.flatMap { [$0, $0] })
    #expect(try root.dataset("log").readStrings(rows: 0..<3) == ["Süd-1", "Süd-1", ""])
    #expect(try root.dataset("ids").elementType == .string)
  }

  @Test func stringsNeverWrittenReadAsEmpty() throws {
    let file = try HDF5File(creating: folder.file())
    #expect(
      try file.root.makeDataset("x", DatasetLayout(.string, shape: [2])).readStrings() == ["", ""])
  }

  @Test func aStringWithAZeroByteIsRefused() throws {
    let file = try HDF5File(creating: folder.file())
    let dataset = try file.root.makeDataset(
      "x", DatasetLayout(.string, shape: [0], growth: .rows))
    #expect(throws: HDF5Error.self) { try dataset.appendStrings(["a\0b"]) }
    #expect(dataset.shape == [0])
  }
}
