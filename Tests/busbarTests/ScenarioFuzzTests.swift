import BusbarScenario
import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

@testable import busbar

/// Random damage to the files of a scenario yields errors or a scenario that runs, never a crash.
struct ScenarioFuzzTests {
  static let spice: [UInt8] =
    Array("\"'[]{}:,-?&*!|>#%@`\t\r\n \u{0}\u{7F}~<=0123456789.eEnaN+/".utf8) + [0xFF, 0xE2, 0xEE]
  static let words = [
    "1e308", "-1", "0", "nan", "abc", "end-1", "9223372036854775807", "1e-300", "null", "[]", "{}",
    "a-b b-c", "n-e", "abcn", "a.b.5", "scenario.yaml", "profiles.csv", "1 ms", "73200 d", "\r\n",
    ",,,", "\u{FEFF}", "- ", "mv",
  ].map { Array($0.utf8) }

  /// Inserts, removes, replaces, repeats or swaps a few pieces of a file.
  static func damage(_ bytes: inout [UInt8], _ random: inout SeededNumbers) {
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      let other = Int.random(in: bytes.indices, using: &random)
      let length = Int.random(in: 1...40, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes[place] = spice.randomElement(using: &random) ?? 0
      case 1: bytes.insert(spice.randomElement(using: &random) ?? 0, at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(contentsOf: bytes[other...].prefix(length), at: place)
      case 4: bytes.removeSubrange(place..<min(place + length, bytes.count))
      case 5: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: place)
      case 6: replaceCell(&bytes, around: place, &random)
      default: bytes.swapAt(place, other)
      }
    }
  }

  /// Replaces the cell or the value around a place by a word, so that the form stays sound.
  static func replaceCell(_ bytes: inout [UInt8], around place: Int, _ random: inout SeededNumbers)
  {
    func isEdge(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x0A || byte == 0x20 }
    let start = bytes[..<place].lastIndex(where: isEdge).map { $0 + 1 } ?? 0
    let end = bytes[place...].firstIndex(where: isEdge) ?? bytes.count
    bytes.replaceSubrange(start..<max(start, end), with: words.randomElement(using: &random) ?? [])
  }

  /// Runs a scenario that was accepted, unless its result would be large.
  static func run(_ scenario: Scenario, in folder: URL, _ note: Comment) throws {
    let file = folder.appendingPathComponent("out.h5")
    var run = ScenarioRun(scenario, OutputPath(file.path, existing: .replace))
    guard run.estimatedBytes < 1 << 20 else { return }
    var watch = Stopwatch()
    _ = try run.execute(&watch, isQuiet: true)
    let result = try ResultFile(copyOf: file)
    #expect(try result.valuesThatAreNotFinite() == [], note)
  }

  /// Which scenario is damaged.
  enum Sound: Sendable, CaseIterable {
    case small, everyKey

    var scenario: SmallScenario {
      var small = SmallScenario()
      if self == .everyKey { small["scenario.yaml"] = SchemaTests.complete }
      return small
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64], Sound.allCases)
  func damagedScenariosAreReadOrReported(seed: UInt64, _ scenario: Sound) throws {
    var random = SeededNumbers(seed: seed)
    let sound = scenario.scenario
    let names = sound.files.keys.sorted()
    let folder = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try sound.write(into: folder)
    for round in 0..<150 {
      var damaged: [String] = []
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        guard let name = names.randomElement(using: &random), var bytes = sound.files[name] else {
          continue
        }
        Self.damage(&bytes, &random)
        damaged.append(name)
        try SmallScenario.write(bytes, to: folder.appendingPathComponent(name))
      }
      let reading = Scenario.read(folder.path)
      let isRead = reading.scenario != nil
      #expect(isRead != reading.diagnostics.hasErrors, "seed \(seed), round \(round)")
      if let scenario = reading.scenario, round.isMultiple(of: 10) {
        try Self.run(scenario, in: folder, "seed \(seed), round \(round)")
      }
      for fault in reading.diagnostics.sorted {
        #expect(
          !fault.problem.isEmpty && !fault.remedy.isEmpty && !fault.location.file.isEmpty,
          "seed \(seed), round \(round): \(fault)")
      }
      for name in damaged {
        try SmallScenario.write(sound.files[name] ?? [], to: folder.appendingPathComponent(name))
      }
    }
  }
}
