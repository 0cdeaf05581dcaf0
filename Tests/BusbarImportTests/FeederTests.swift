import BusbarImport
import BusbarTestSupport
import Foundation
import Testing

@Suite("Feeders of the reference data")
struct FeederTests {
  @Test("Every master file is read without an error, all of them within a minute")
  func everyMasterIsRead() {
    guard let folder = PackageFolder.sharedData(".") else { return print(PackageFolder.absentData) }
    let clock = ContinuousClock()
    let start = clock.now
    var counts: [String: (masters: Int, elements: Int, values: Int)] = [:]
    var warnings: Set<String> = []
    for master in Feeders.masters {
      let reading = Reading(folder.appendingPathComponent(master).path, from: DSSDiskFiles())
      let shown = reading.errors.prefix(3).map(\.description).joined(separator: "\n")
      #expect(reading.errors.isEmpty, "\(master): \(shown)")
      guard let circuit = reading.circuit else {
        Issue.record("\(master) describes no circuit")
        continue
      }
      #expect(circuit.elements.count > 1, "\(master)")
      warnings.formUnion(reading.diagnostics.map { "\(master): \($0)" })
      let source = String(master.split(separator: "/")[0])
      var count = counts[source] ?? (0, 0, 0)
      count.masters += 1
      count.elements += circuit.elements.count
      count.values += circuit.elements.reduce(0) { $0 + $1.assignments.count }
      counts[source] = count
    }
    for (source, count) in counts.sorted(by: { $0.key < $1.key }) {
      print(source, count.masters, "masters", count.elements, "elements", count.values, "values")
    }
    print(warnings.sorted().joined(separator: "\n"))
    #expect(Feeders.masters.count >= 124)
    #expect(clock.now - start < .seconds(60))
  }
}
