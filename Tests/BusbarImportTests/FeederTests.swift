import BusbarImport
import BusbarScenario
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

  @Test("Each data file that a property names is read, with as many numbers as npts says")
  func dataFilesAreRead() throws {
    guard let folder = PackageFolder.sharedData(".") else { return print(PackageFolder.absentData) }
    var count = 0
    for master in Feeders.masters
    where master.hasPrefix("european_lv") || master.hasPrefix("unit_circuits") {
      let reading = Reading(folder.appendingPathComponent(master).path, from: DSSDiskFiles())
      for element in reading.circuit?.elements ?? [] {
        for file in element.assignments.compactMap(\.file) {
          var diagnostics = Diagnostics()
          let limit = try element.value("npts")?.wholeNumber()
          let numbers = DSSDataFile.numbers(
            file, named: element.id, limit: limit ?? .max, from: DSSDiskFiles(), &diagnostics)
          #expect(diagnostics.count == 0, "\(master): \(diagnostics.sorted)")
          #expect(numbers?.count == limit, "\(master): \(element.id)")
          count += 1
        }
      }
    }
    #expect(count == 56)
  }

  /// What the survey of the reference data counts in one group of feeders.
  struct Survey: Decodable {
    struct Group: Decodable {
      let classes: [String: Int]
      let props: [String: [String: Int]]
      let commands: [String: Int]
      let set: [String: Int]
    }
    let features: [String: Group]
  }

  @Test("Every class, property, command and option that the feeders use is known")
  func surveyIsKnown() throws {
    guard let url = PackageFolder.sharedData("dss_features.json") else {
      return print(PackageFolder.absentData)
    }
    let survey = try JSONDecoder().decode(Survey.self, from: Data(contentsOf: url))
    for group in survey.features.values {
      for name in group.classes.keys where name != "circuit(vsource)" {
        #expect(DSSClass.all[name] != nil, "\(name)")
      }
      for (name, properties) in group.props {
        let type = DSSClass.all[name == "circuit(vsource)" ? "vsource" : name]
        for property in properties.keys {
          #expect(type?.position(of: property) != nil, "\(name).\(property)")
        }
      }
      // The survey counts 'Class.name.property=value' as a command too.
      for command in group.commands.keys where !command.contains(" ") {
        let problems = Reading(lines: command).errors.map(\.problem)
        #expect(!problems.contains { $0.hasSuffix("is not a command") }, "\(command)")
        #expect(!problems.contains { $0.contains("cannot be repeated") }, "\(command)")
      }
      for option in group.set.keys {
        let reading = Reading(lines: "Set \(option)=1")
        #expect(reading.errors.isEmpty, "\(option)")
      }
    }
  }
}
