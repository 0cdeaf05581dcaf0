import BusbarHDF5
import Testing

@Suite struct GroupTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func membersKeepTheOrderInWhichTheyWereMade() throws {
    let names = ["zeta", "alpha", "Mitte", "ümlaut"] + (0..<20).map { "g\(19 - $0)" }
    let file = try HDF5File(creating: folder.file())
    let inner = try file.root.makeGroup("inner")
    for name in names {
      _ = try inner.makeGroup(name)
      _ = try file.root.makeDataset(name, DatasetLayout(.int8, shape: [1]))
    }
    try file.close()
    let root = try HDF5File(reading: folder.file()).root
    #expect(try root.childNames() == ["inner"] + names)
    #expect(try root.group("inner").childNames() == names)
    #expect(try root.children().map(\.kind) == [.group] + names.map { _ in .dataset })
  }

  @Test func membersAreFoundByPath() throws {
    let file = try HDF5File(creating: folder.file())
    let battery = try file.root.makeGroup("devices").makeGroup("battery")
    _ = try battery.makeDataset("power", DatasetLayout(.float32, shape: [1]))
    #expect(battery.path == "/devices/battery")
    #expect(try file.root.contains("devices/battery/power"))
    #expect(try !file.root.contains("devices/heater/power"))
    #expect(try !file.root.contains("devices/battery/power2"))
    #expect(try file.root.dataset("devices/battery/power").path == "/devices/battery/power")
    #expect(try file.root.group("/devices").childNames() == ["battery"])
  }

  @Test func aMissingOrTakenNameThrowsAndTheFileStaysUsable() throws {
    let file = try HDF5File(creating: folder.file())
    _ = try file.root.makeGroup("a")
    let error = #expect(throws: HDF5Error.self) { try file.root.dataset("missing") }
    #expect(error?.object == "/missing" && error?.operation == "open")
    #expect(error?.file == folder.file() && error?.isOutOfSpace == false)
    #expect(throws: HDF5Error.self) { try file.root.makeGroup("a") }
    #expect(throws: HDF5Error.self) { try file.root.dataset("a") }
    _ = try file.root.makeGroup("b")
    try file.close()
    #expect(try HDF5File(reading: folder.file()).root.childNames() == ["a", "b"])
  }

  @Test func aGroupKeepsItsFileOpen() throws {
    let file = try HDF5File(creating: folder.file())
    try file.root.makeDataset("x", DatasetLayout(.int8, shape: [1])).write([Int8(3)])
    try file.close()
    let root = try HDF5File(reading: folder.file()).root
    #expect(try root.dataset("x").read(as: Int8.self) == [3])
  }

  @Test func aRemovedMemberIsGoneAndItsNameIsFree() throws {
    let file = try HDF5File(creating: folder.file())
    for round in 0..<3 {
      if round > 0 { try file.root.remove("checkpoint") }
      #expect(try file.root.childNames().isEmpty)
      let group = try file.root.makeGroup("checkpoint")
      try group.makeDataset("state", DatasetLayout(.int64, shape: [1])).write([Int64(round)])
      try file.flush()
    }
    try file.close()
    let read = try HDF5File(reading: folder.file())
    #expect(try read.root.dataset("checkpoint/state").read(as: Int64.self) == [2])
  }

  @Test func removingWhatIsNotThereThrowsAndTheFileGoesOn() throws {
    let file = try HDF5File(creating: folder.file())
    let error = #expect(throws: HDF5Error.self) { try file.root.remove("nothing") }
    #expect(error?.description.hasPrefix("Cannot remove '/nothing'") == true)
    _ = try file.root.makeGroup("g")
    try file.close()
  }
}
