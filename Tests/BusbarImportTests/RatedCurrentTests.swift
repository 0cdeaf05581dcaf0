import BusbarImport
import BusbarTestSupport
import Foundation
import Testing

/// What becomes of `NormAmps`, with numbers asked of the engine DSS C-API 0.14.5.
@Suite("Rated currents of lines")
struct RatedCurrentTests {
  @Test("A line has the last rated current that is written, be it its own or its code's")
  func theLastOneWrittenCounts() {
    let lines = Importing(
      lines: """
        New LineCode.rated nphases=3 r1=1 x1=1 r0=1 x0=1 units=km normamps=230
        New LineCode.plain nphases=3 r1=1 x1=1 r0=1 x0=1 units=km
        New Line.code bus1=s bus2=a linecode=rated length=1 units=km
        New Line.own bus1=a bus2=b linecode=rated length=1 units=km normamps=100
        New Line.over bus1=b bus2=d length=1 units=km normamps=100 linecode=rated
        New Line.copy like=own bus1=d bus2=e
        New Line.none bus1=e bus2=f linecode=plain length=1 units=km
        New Line.undone bus1=e bus2=f length=1 units=km normamps=100 linecode=plain
        New Line.values bus1=f bus2=g r1=1 x1=1 r0=1 x0=1 length=1 units=km normamps=80
        New Line.mixed bus1=f bus2=g linecode=rated r1=2 length=1 units=km
        New Line.switch bus1=f bus2=g normamps=55 switch=y
        """
    ).table("lines")
    for (line, amperes) in [
      ("code", 230.0), ("own", 100), ("over", 230), ("copy", 100), ("values", 80), ("mixed", 230),
      ("switch", 55),
    ] {
      #expect(lines.number(line, "rated_current_a") == amperes, "\(line)")
    }
    // The engine says 400 A of them, as of each line of which the file says nothing.
    for line in ["none", "undone"] { #expect(lines.row(line)?["rated_current_a"] == "", "\(line)") }
  }

  @Test("Lines that differ in their rating alone share a line code")
  func ratingsDoNotMultiplyCodes() {
    let importing = Importing(
      lines: """
        New LineCode.k nphases=3 r1=1 x1=1 r0=1 x0=1 units=km
        New Line.a bus1=s bus2=b linecode=k length=1 units=km normamps=100
        New Line.b bus1=b bus2=d linecode=k length=1 units=km normamps=200
        """)
    #expect(importing.table("line_codes").rows.count == 1)
  }

  @Test("What is no rated current is left out and named", arguments: ["0", "-5", "1e9"])
  func whatIsNoRatingIsNamed(_ text: String) {
    let importing = Importing(
      lines: "New Line.a bus1=s bus2=b r1=1 x1=1 r0=1 x0=1 length=1 units=km normamps=\(text)")
    #expect(importing.errors.isEmpty)
    #expect(importing.table("lines").row("a")?["rated_current_a"] == nil)
    let notes = importing.scenario?.report.filter { $0.kind == .ignored }.map(\.text) ?? []
    #expect(notes.count == 1)
    #expect(notes.first?.hasSuffix("A is no rated current") == true, "\(notes)")
  }

  @Test("The rated currents of the reference feeders are those of the engine")
  func ratingsAgree() throws {
    guard let folder = PackageFolder.sharedData(".") else { return print(PackageFolder.absentData) }
    var compared = 0
    for (reference, master) in EngineModelTests.masters {
      let url = folder.appendingPathComponent("\(reference)/model_asparsed.json.gz")
      let lines = Importing(folder.appendingPathComponent(master).path).table("lines")
      for properties in try EngineValue.model(url)["Line"] ?? [] {
        guard case .text(let name) = properties["Name"],
          let ours = lines.number(name, "rated_current_a")
        else { continue }
        guard case .number(let theirs) = properties["NormAmps"] else {
          Issue.record("\(master): \(name) has \(ours) A of its own")
          continue
        }
        #expect(ours == theirs, "\(master) \(name)")
        compared += 1
      }
    }
    print(compared, "rated currents compared")
    #expect(compared > 10)
  }
}
