import BusbarHDF5
import Testing

@Test func versionOfTheLibraryIsThreeNumbers() {
  #expect(HDF5Library.version.split(separator: ".").compactMap { Int($0) }.count == 3)
}
