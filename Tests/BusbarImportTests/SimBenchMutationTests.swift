import BusbarImport
import BusbarScenario
import BusbarTestSupport
import Foundation
import Testing

@Suite("Damaged SimBench folders")
struct SimBenchMutationTests {
  @Test("300 damaged folders never crash, and every fault names its file and line")
  func damageIsReported() throws {
    var numbers = SeededNumbers(seed: 16)
    var refused = 0
    var faults = 0
    let whole = SimBenchSample().files.mapValues { Array($0.utf8) }
    for round in 0..<300 {
      var files = whole
      for _ in 0..<Int.random(in: 1...3, using: &numbers) {
        let names = files.keys.sorted()
        let name = names[Int.random(in: 0..<names.count, using: &numbers)]
        files[name] = Self.damaged(files[name] ?? [], &numbers)
      }
      let imported = SimBenchSample.converted(files)
      faults += imported.diagnostics.count
      for diagnostic in imported.diagnostics {
        let file = diagnostic.location.file
        let isMissing = diagnostic.problem.contains("there is no table")
        #expect(isMissing || diagnostic.location.line != nil, "round \(round): \(diagnostic)")
        #expect(isMissing || files[file] != nil, "round \(round): \(diagnostic)")
      }
      if imported.scenario == nil {
        refused += 1
        #expect(!imported.diagnostics.isEmpty, "round \(round)")
        continue
      }
      // What is accepted can be read, or has faults of the grid itself such as an island.
      let reading = Scenario.read(files: imported.bytes)
      for diagnostic in reading.diagnostics.sorted where diagnostic.severity == .error {
        #expect(diagnostic.location.line != nil, "round \(round): \(diagnostic)")
      }
    }
    print(refused, "of 300 damaged folders are refused;", faults, "faults in all")
    #expect(refused > 150)
  }

  @Test("Damaged gzip files are refused without a crash")
  func damagedArchivesAreRefused() throws {
    let place = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let sample = SimBenchSample()
    let file = place.appendingPathComponent("Node.csv")
    try Data((sample.files["Node.csv"] ?? "").utf8).write(to: file)
    _ = try Command.run(URL(fileURLWithPath: "/usr/bin/env"), ["gzip", file.path])
    let packed = [UInt8](try Data(contentsOf: file.appendingPathExtension("gz")))
    var files = sample.files.mapValues { Array($0.utf8) }
    files["Node.csv"] = nil
    files["Node.csv.gz"] = packed
    #expect(SimBenchSample.converted(files).scenario != nil)
    var numbers = SeededNumbers(seed: 17)
    for round in 0..<500 {
      var damaged = packed
      if round % 2 == 0 {
        damaged = Array(damaged.prefix(Int.random(in: 0..<damaged.count, using: &numbers)))
      } else {
        // Behind the header of ten bytes and the name, whose damage may make no difference.
        let place = Int.random(in: 20..<damaged.count, using: &numbers)
        damaged[place] ^= UInt8.random(in: 1...255, using: &numbers)
      }
      files["Node.csv.gz"] = damaged
      #expect(SimBenchSample.converted(files).scenario == nil, "round \(round)")
    }
  }

  private static func damaged(_ text: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8]? {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    let at = Int.random(in: 0..<lines.count, using: &numbers)
    var cells = lines[at].split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    let cell = Int.random(in: 0..<cells.count, using: &numbers)
    switch Int.random(in: 0..<9, using: &numbers) {
    case 0: return Array(text.prefix(Int.random(in: 0...text.count, using: &numbers)))
    case 1: cells.swapAt(cell, Int.random(in: 0..<cells.count, using: &numbers))
    case 2:
      let wrong = [
        "1e999", "nan", "-1", "0x10", "1,5", "", "NULL", "9e18", "-0", "\u{1F}", "\"", ",",
        "1e-300",
        "é", String(repeating: "9", count: 5_000),
      ]
      cells[cell] = wrong.randomElement(using: &numbers) ?? ""
    case 3: cells.remove(at: cell)
    case 4: cells.append("1")
    case 5: lines.append(lines[at])
    case 6: return nil
    case 7:
      var bytes = text
      for _ in 0..<4 where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = .random(
          in: 0...255, using: &numbers)
      }
      return bytes
    default: lines.remove(at: at)
    }
    if lines.indices.contains(at) { lines[at] = cells.joined(separator: ";") }
    return Array(lines.joined(separator: "\n").utf8)
  }
}
