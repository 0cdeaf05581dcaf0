import BusbarHDF5
import Testing

@Suite struct AttributeTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func attributesReadBackAsWrittenInTheirOrder() throws {
    let file = try HDF5File(creating: folder.file())
    let dataset = try file.root.makeDataset("x", DatasetLayout(.float32, shape: [1]))
    for object in [file.root, try file.root.makeGroup("g"), dataset] {
      try object.setAttribute("title", to: "Spannung in der Straße")
      try object.setAttribute("empty", to: "")
      try object.setAttribute("flag_values", to: [0, 1, -1] as [Int8])
      try object.setAttribute("seed", to: Int64.max)
      try object.setAttribute("count", to: Int32(-5))
      try object.setAttribute("_FillValue", to: Float(9.96921e36))
      try object.setAttribute("b", to: 0.1)
      try object.setAttribute("a", to: [0.1, 0.2])
      try object.setAttribute("none", to: [Double]())
    }
    try file.close()
    let root = try HDF5File(reading: folder.file()).root
    for object in [root, try root.group("g"), try root.dataset("x")] {
      #expect(
        try object.attributeNames() == [
          "title", "empty", "flag_values", "seed", "count", "_FillValue", "b", "a", "none",
        ])
      #expect(try object.textAttribute("title") == "Spannung in der Straße")
      #expect(try object.textAttribute("empty") == "")
      #expect(try object.attributes("flag_values", as: Int8.self) == [0, 1, -1])
      #expect(try object.attribute("seed", as: Int64.self) == .max)
      #expect(try object.attribute("count", as: Int32.self) == -5)
      #expect(try object.attribute("_FillValue", as: Float.self) == 9.96921e36)
      #expect(try object.attribute("b", as: Double.self) == 0.1)
      #expect(try object.attributes("a", as: Double.self) == [0.1, 0.2])
      #expect(try object.attributes("none", as: Double.self) == [])
    }
  }

  @Test func settingAnAttributeAgainReplacesIt() throws {
    let file = try HDF5File(creating: folder.file())
    try file.root.setAttribute("status", to: "running")
    try file.root.setAttribute("status", to: Int64(3))
    #expect(try file.root.attribute("status", as: Int64.self) == 3)
    #expect(try file.root.attributeNames() == ["status"])
  }

  @Test func readingAnAttributeAsAnotherTypeThrows() throws {
    let file = try HDF5File(creating: folder.file())
    try file.root.setAttribute("n", to: Int64(1))
    try file.root.setAttribute("t", to: "x")
    #expect(throws: HDF5Error.self) { try file.root.textAttribute("n") }
    #expect(throws: HDF5Error.self) { try file.root.attribute("n", as: Int32.self) }
    #expect(throws: HDF5Error.self) { try file.root.attribute("t", as: Int64.self) }
    #expect(throws: HDF5Error.self) { try file.root.textAttribute("missing") }
    #expect(try file.root.hasAttribute("n"))
    #expect(try !file.root.hasAttribute("missing"))
  }

  @Test(arguments: [1, 65_000, 65_536, 200_000])
  func textOfAnyLengthReadsBackAsWritten(_ length: Int) throws {
    let text = String(repeating: "ä", count: length)
    let file = try HDF5File(creating: folder.file())
    try file.root.setAttribute("scenario", to: text)
    try file.close()
    #expect(try HDF5File(reading: folder.file()).root.textAttribute("scenario") == text)
  }
}

@Suite struct ScaleTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func dimensionsKnowTheirScales() throws {
    let file = try HDF5File(creating: folder.file())
    let time = try file.root.makeDataset(
      "time", DatasetLayout(.int64, shape: [0], growth: .rows))
    let bus = try file.root.makeDataset("bus", DatasetLayout(.string, shape: [2]))
    try bus.writeStrings(["Süd-1", "Nord"])
    try time.makeScale(named: "time")
    try bus.makeScale(named: "bus")
    let voltage = try file.root.makeDataset(
      "voltage", DatasetLayout(.float32, shape: [0, 2], growth: .rows))
    try voltage.attachScale(time, dimension: 0)
    try voltage.attachScale(bus, dimension: 1)
    try time.append([Int64(0), 1000], rows: 2)
    try voltage.append([230, 231, 232, 233] as [Float], rows: 2)
    try file.close()
    let read = try HDF5File(reading: folder.file()).root.dataset("voltage")
    #expect(try read.scaleNames(dimension: 0) == ["time"])
    #expect(try read.scaleNames(dimension: 1) == ["bus"])
  }

  @Test func aDimensionWithoutScaleHasNoNames() throws {
    let file = try HDF5File(creating: folder.file())
    let dataset = try file.root.makeDataset("x", DatasetLayout(.int8, shape: [1]))
    #expect(try dataset.scaleNames(dimension: 0) == [])
  }
}
