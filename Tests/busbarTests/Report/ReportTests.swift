import BusbarTestSupport
import Foundation
import Testing

/// `busbar report`: the structure of its page.
struct ReportTests {
  /// The page of a run of the small scenario.
  private static func page(_ arguments: [String] = ["--no-js"]) throws -> PageTags {
    let place = try Workplace()
    _ = try place.run()
    let report = try place.busbar(["report", "small.h5", "-o", "page.html"] + arguments)
    try #require(report.exitCode == 0, "\(report.errors)")
    return try PageTags(place.url("page.html"))
  }

  @Test func thePageHasItsPartsInTheirOrder() throws {
    let page = try Self.page()
    #expect(
      page.headings == [
        "A small low-voltage feeder", "Key numbers", "Warnings", "Voltage limits",
        "Worst-served customers", "Pictures", "Devices", "Solver", "Inputs", "Provenance",
        "Commands",
      ])
    for landmark in ["header", "nav", "main", "footer", "h1"] {
      #expect(page.count(landmark) == 1, "\(landmark)")
    }
    #expect(page.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.text.contains("name=\"viewport\" content=\"width=device-width"))
  }

  @Test func idsAreUniqueAndWhatIsReferredToIsThere() throws {
    let page = try Self.page()
    let ids = page.values(of: "id")
    #expect(Set(ids).count == ids.count)
    let targets =
      page.values(of: "href").filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
      + page.values(of: "aria-labelledby").flatMap { $0.split(separator: " ").map(String.init) }
    #expect(targets.count > 20)
    for target in targets { #expect(ids.contains(target), "\(target)") }
  }

  @Test func thePageLoadsNothingAndRunsNothing() throws {
    let page = try Self.page()
    #expect(page.count("script") == 0)
    for reference in page.values(of: "href") + page.values(of: "src") {
      #expect(reference.hasPrefix("#") || reference.hasPrefix("data:image/png"), "\(reference)")
    }
    #expect(!page.text.contains("http://") && !page.text.contains("https://"))
    #expect(page.text.contains("content=\"default-src &#39;none&#39;; style-src"))
    #expect(!page.text.contains("script-src"))
  }

  @Test func eachPictureHasATitleADescriptionAndACaption() throws {
    let page = try Self.page()
    #expect(page.count("svg") >= 6)
    #expect(page.count("figure") == page.count("svg"))
    #expect(page.count("figcaption") == page.count("svg"))
    #expect(page.values(of: "aria-labelledby", in: "svg").count == page.count("svg"))
  }

  @Test func theNumbersAreThoseOfTheSummary() throws {
    let place = try Workplace()
    let result = try place.run()
    #expect(try place.busbar("report", "small.h5", "-o", "p.html", "--no-js").exitCode == 0)
    let page = try PageTags(place.url("p.html"))
    let summary = try result.reader.attributes(ofGroup: "summary")
    guard case .real(let sent) = summary.first(where: { $0.name == "energy_sent_joules" })?.value
    else { throw CocoaError(.coderValueNotFound) }
    #expect(page.text.contains(String(format: "<td>%.3f kWh</td>", sent / 3.6e6)))
    #expect(page.text.contains(result.reader.rootText("event_log_hash") ?? "-"))
    #expect(page.text.contains("<code>busbar reproduce small.h5</code>"))
    #expect(page.text.contains("busbar run scenario.yaml --output again.h5"))
  }

  @Test func anOverloadedLineIsAWarningAndAKeyNumber() throws {
    let place = try Workplace { small in
      small["lines.csv"] = small["lines.csv"].split(separator: "\n").enumerated().map {
        "\($1)," + ($0 == 0 ? "rated_current_a" : $0 == 1 ? "20" : "500") + "\n"
      }.joined()
    }
    let result = try place.run()
    let currents = try result.rows("branch_current_magnitude")
    let branches = try result.reader.texts("branch")
    let line = try #require(branches.firstIndex(of: "cable-1"))
    let width = try #require(currents.first).count / branches.count
    let most = currents.flatMap { $0[(line * width)..<((line + 1) * width)] }.compactMap { $0 }
      .max()
    let loading = String(format: "%.1f %%", try #require(most) / 20 * 100)
    #expect(try place.busbar("report", "small.h5", "-o", "p.html", "--no-js").exitCode == 0)
    let page = try PageTags(place.url("p.html"))
    #expect(
      page.text.contains(
        "1 branch carried more than the rating at a recorded instant, cable-1 the most: \(loading)."
      ))
    #expect(page.text.contains("<td>cable-1, \(loading) of its rating</td>"))
  }

  @Test func aLibraryBringsScriptsThatThePolicyNames() throws {
    let place = try Workplace()
    _ = try place.run()
    let library = "/*!\n * Chart.js\n * Released under the MIT License\n */\nvar Chart = 0;"
    try Data(library.utf8).write(to: place.url("chart.js"))
    let report = try place.busbar("report", "small.h5", "-o", "p.html", "--js", "chart.js")
    #expect(report.exitCode == 0, "\(report.errors)")
    let page = try PageTags(place.url("p.html"))
    #expect(page.count("script") == 3)
    #expect(page.text.contains(library))
    #expect(page.text.contains("script-src &#39;sha256-"))
    #expect(page.count("svg") == (try Self.page().count("svg")))
  }

  @Test func withoutGnuplotThePageIsWrittenAndSaysSo() throws {
    let place = try Workplace()
    _ = try place.run()
    let report = try Command.busbar(
      ["report", "small.h5", "-o", "p.html", "--no-js"], in: place.folder,
      environment: ["PATH": place.folder.path])
    #expect(report.exitCode == 0)
    #expect(report.errors.contains("note: gnuplot is not installed."))
    #expect(report.errors.contains("The report is written without pictures."))
    let page = try PageTags(place.url("p.html"))
    #expect(page.count("svg") == 0)
    #expect(page.text.contains("could not be drawn. gnuplot is not installed."))
    #expect(page.headings.contains("Pictures"))
  }

  @Test func anUnfinishedRunIsReportedAsWhatItIs() throws {
    let place = try Workplace { $0.dropProfiles() }
    let run = try RunningBusbar(
      in: place, output: "long.h5", ["--set", "record.every=1 s", "--set", "duration=100 d"])
    run.send(SIGKILL)
    run.waitForKill()
    let report = try place.busbar("report", "long.h5.part", "-o", "p.html", "--no-js")
    #expect(report.exitCode == 0, "\(report.errors)")
    let page = try PageTags(place.url("p.html"))
    #expect(page.text.contains("The run is unfinished: killed, or still going on."))
    #expect(page.text.contains("busbar run --resume long.h5<"))
  }
}
