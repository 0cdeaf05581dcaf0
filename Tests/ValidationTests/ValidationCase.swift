import BusbarImport
import BusbarScenario
import BusbarTestSupport
import Foundation
import Testing

/// One network with the solution of another program, and the edits that the solution was made with.
struct ValidationCase: Sendable, CustomTestStringConvertible {
  /// The path of the case, such as `ieee/13Bus/control`.
  let name: String
  /// The OpenDSS file.
  let master: URL
  /// What the reference changed before it solved, as OpenDSS commands.
  let edits: [String]
  /// The power in kW that the reference gave each load by its phases; nil where it did not.
  var kilowatts: (singlePhase: Double, threePhase: Double)?
  /// Whether the reference was solved with its controls acting, from the positions of the file.
  var settlesControls = false
  /// The folder of the reference solution; nil where a table holds those of many cases.
  let reference: URL?

  var testDescription: String { name }

  /// Reads the network with its edits as a scenario.
  func read() -> Scenario.Reading {
    var diagnostics = Diagnostics()
    guard let files = files(&diagnostics) else {
      return Scenario.Reading(scenario: nil, diagnostics: diagnostics)
    }
    return Scenario.read(files: files)
  }

  /// Imports the network with its edits as the files of a scenario, or reports why there are none.
  func files(_ diagnostics: inout Diagnostics) -> [String: [UInt8]]? {
    let folder = master.deletingLastPathComponent()
    var lines = ["redirect \"\(master.path)\""]
    lines += powerEdits()
    lines += edits
    let overlay = folder.appendingPathComponent("busbar-validation-overlay.dss").path
    let files = OverlaidFiles(overlay: overlay, text: lines.joined(separator: "\n") + "\n")
    return OpenDSSImport.scenario(at: overlay, from: files, &diagnostics).map { imported in
      Dictionary(
        imported.files.map { ($0.name, Array($0.text.utf8)) },
        uniquingKeysWith: { first, _ in first })
    }
  }

  private func powerEdits() -> [String] {
    guard let kilowatts else { return [] }
    var ignored = Diagnostics()
    let circuit = DSSReader.read(master.path, from: DSSDiskFiles(), &ignored)
    return (circuit?.elements ?? []).filter { $0.type.name == "load" }.map { load in
      let isSinglePhase = load.assignments.contains {
        $0.property.key == "phases" && (try? $0.value.number()) == 1
      }
      let power = isSinglePhase ? kilowatts.singlePhase : kilowatts.threePhase
      return "edit load.\(load.name) kw=\(power)"
    }
  }
}

/// The files of the disk, with one more that lies nowhere.
struct OverlaidFiles: DSSFileAccess {
  let overlay: String
  let text: String
  private let disk = DSSDiskFiles()

  init(overlay: String, text: String) {
    self.overlay = overlay
    self.text = text
  }

  func contents(of path: String) throws(DSSFileFault) -> [UInt8] {
    path == overlay ? Array(text.utf8) : try disk.contents(of: path)
  }

  func hasFile(_ path: String) -> Bool { path == overlay || disk.hasFile(path) }

  func names(inFolder path: String) -> [String] { disk.names(inFolder: path) }
}
