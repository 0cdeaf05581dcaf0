import BusbarTestSupport
import Foundation
import Testing

/// Names that would do harm in a page or a script if they were taken for more than names.
struct ReportNamesTests {
  static let bus = "</script><img src=x onerror=alert(1)> 'M\u{fc}hle/\u{c4}' \"$x$\" `id` \\n"
  static let title = "</title><script>alert(2)</script> \"\u{dc}bung\" & 'mehr'"

  /// A scenario whose title, last bus, customer, meter and source have such names.
  private static func place() throws -> Workplace {
    let bus = "\"" + Self.bus.replacing("\"", with: "\"\"") + "\""
    return try Workplace { small in
      small.replace("end-3,0.4", by: "\(bus),0.4", in: "buses.csv")
      small.replace("end-2,end-3,abc", by: "end-2,\(bus),abc", in: "lines.csv")
      small.replace("house,end-3,a,meter-3", by: "\(bus),\(bus),a,\(bus)", in: "customers.csv")
      small.replace("house-load,house", by: "house-load,\(bus)", in: "loads.csv")
      small.replace(
        "title: A small low-voltage feeder",
        by: "title: '\(title.replacing("'", with: "''"))'", in: "scenario.yaml")
      small.replace(
        "- id: grid", by: "- id: '\(Self.bus.replacing("'", with: "''"))'", in: "scenario.yaml")
    }
  }

  @Test func namesAreTextsEverywhereAndNoneBecomesATag() throws {
    let place = try Self.place()
    _ = try place.run()
    // All voltages lie outside, so that each bus is named in the tables and in the commands.
    let report = try place.busbar(
      "report", "small.h5", "-o", "p.html", "--no-js", "--limits", "1.5:1.6")
    #expect(report.exitCode == 0, "\(report.errors)")
    let page = try PageTags(place.url("p.html"))
    #expect(page.count("script") == 0)
    #expect(page.count("img") == 0)
    #expect(!page.attributes.contains { $0.hasPrefix("on") })
    func escaped(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        .replacing(">", with: "&gt;").replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
    #expect(page.headings.first == escaped(Self.title))
    #expect(page.text.contains("<th scope=\"row\">\(escaped(Self.bus))</th>"))
    #expect(!page.text.contains("<img"))
    #expect(!page.text.contains("<script"))
    let plain = try Workplace()
    _ = try plain.run()
    let other = try plain.busbar(
      "report", "small.h5", "-o", "p.html", "--no-js", "--limits", "1.5:1.6")
    #expect(other.exitCode == 0)
    #expect(page.names == (try PageTags(plain.url("p.html")).names))
  }

  @Test func namesStayDataInThePagesScriptsToo() throws {
    let place = try Self.place()
    _ = try place.run()
    try Data("/*! Chart.js, MIT License */".utf8).write(to: place.url("chart.js"))
    let report = try place.busbar("report", "small.h5", "-o", "p.html", "--js", "chart.js")
    #expect(report.exitCode == 0, "\(report.errors)")
    let page = try PageTags(place.url("p.html"))
    #expect(page.count("script") == 3)
    #expect(page.count("img") == 0)
  }

  @Test func thePythonScriptHoldsThemAsLiterals() throws {
    let place = try Self.place()
    _ = try place.run()
    let script = try place.busbar(
      "report", "small.h5", "--emit-python", "-", "--limits", "1.5:1.6")
    #expect(script.exitCode == 0, "\(script.errors)")
    #expect(script.output.contains("\nTITLE = \"</title><script>alert(2)</script> \\\"\u{dc}bung"))
    try Data(script.output.utf8).write(to: place.url("figures.py"))
    // Python reads the script, and its constants are compared with the names.
    let check = """
      import ast, sys
      tree = ast.parse(open("figures.py", encoding="utf-8").read())
      for node in tree.body:
          if isinstance(node, ast.Assign) and node.targets[0].id in ("TITLE", "BUS"):
              print(ast.literal_eval(node.value))
      """
    let python = try Command.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["python3", "-c", check], in: place.folder,
      environment: ["PYTHONIOENCODING": "utf-8"])
    #expect(python.exitCode == 0, "\(python.errors)")
    let lines = python.output.split(separator: "\n").map(String.init)
    #expect(lines.first == Self.title)
    #expect(lines.count == 2)
    #expect(lines.last == Self.bus || lines.last == "mv" || lines.last == "lv")
  }
}
