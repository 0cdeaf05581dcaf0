import BusbarEvents
import BusbarTestSupport
import Foundation
import Testing

@testable import BusbarReport

/// The scripts of a page and the data between them.
struct ChartTests {
  /// The digest of an empty text, from FIPS 180-4's example values, in base 64.
  @Test func aDigestIsASourceOfAPolicy() {
    #expect(ChartScripts.digest("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='")
  }

  @Test func noNameInTheDataEndsItsElement() throws {
    let name = "</script><script>alert(1)</script><!-- \u{2028}"
    let lines = Layer(.lines([Point(0, 1), nil, Point(2, 1.5)], .solid), .series(0), name: name)
    let figure = Figure(
      title: name, summary: name,
      panels: [Panel(x: Axis("x"), y: Axis("y"), layers: [lines, Layer(.rule(0.9), .limit)])])
    let chart = try #require(
      ChartData(
        figure, of: "id",
        Epoch(unixMilliseconds: 0, zone: "Europe/Berlin", offsetSeconds: 3_600)))
    let text = ChartData.text([chart])
    #expect(!text.contains("<"))
    let parsed = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(parsed[0]["title"] as? String == name)
    let line = try #require((parsed[0]["lines"] as? [[String: Any]])?.first)
    #expect(line["name"] as? String == name)
    #expect((line["points"] as? [Any])?.count == 3)
    #expect((line["points"] as? [Any])?[1] is NSNull)
  }

  @Test func onlyALibraryWithItsLicenceIsTaken() throws {
    let folder = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    func library(_ text: String) throws -> ChartLibrary {
      let file = folder.appendingPathComponent("chart.js")
      try Data(text.utf8).write(to: file)
      return try ChartLibrary(path: file.path)
    }
    let sound = "/*!\n * Chart.js v3.9.1\n * Released under the MIT License\n */\nx='</script>'"
    #expect(try library(sound).text.hasSuffix("x='<\\/script>'"))
    #expect(throws: ChartLibrary.Failure.self) { try library("alert(1)") }
    #expect(throws: ChartLibrary.Failure.self) { try library("/*! Chart.js */ x") }
    #expect(throws: ChartLibrary.Failure.self) { try ChartLibrary(path: "/nowhere/chart.js") }
  }
}
