import BusbarReport
import BusbarTestSupport
import Foundation
import Testing

/// `busbar plot`: the scripts of all kinds, which are kept as files in `Plots`, and its refusals.
struct PlotTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Plots")

  /// A picture of each kind from the small scenario, by the name of its script.
  static let pictures: [(name: String, arguments: [String])] = [
    ("profile", ["profile"]),
    ("profile-at", ["profile", "--at", "18h", "--phase", "a", "--limits", "0.94:1.06"]),
    ("series", ["series", "bus_voltage_magnitude", "--element", "end-1"]),
    ("series-dark", ["series", "--theme", "dark", "--size", "640x400"]),
    ("heatmap", ["heatmap", "--from", "6h", "--to", "12h", "--extreme", "lowest"]),
    ("diagram", ["diagram"]),
    ("load-duration", ["load-duration"]),
    ("loading-duration", ["loading-duration"]),
    ("events", ["events"]),
    ("customer", ["customer", "--element", "house"]),
  ]

  @Test func theScriptsAreThoseThatAreKept() throws {
    let place = try Workplace()
    _ = try place.run(to: "small.h5")
    for (name, arguments) in Self.pictures {
      let plot = try place.busbar(
        ["plot", "small.h5"] + arguments + ["--output", "\(name).svg", "--keep-script"])
      try #require(plot.exitCode == 0, "\(name): \(plot.errors)")
      #expect(FileManager.default.fileExists(atPath: place.url("\(name).svg").path))
      let script = try String(contentsOf: place.url("\(name).gp"), encoding: .utf8)
      let file = Self.folder.appendingPathComponent("\(name).gp")
      if ProcessInfo.processInfo.environment[HelpTests.update] == "1" {
        try Data(script.utf8).write(to: file)
      }
      let kept = try? String(contentsOf: file, encoding: .utf8)
      #expect(
        script == kept,
        "the script differs from Plots/\(name).gp; if that is meant, test with \(HelpTests.update)=1"
      )
    }
  }

  @Test func eachKindHasASnapshotAndEachSnapshotAPicture() throws {
    let drawn = Set(Self.pictures.map { $0.arguments[0] })
    #expect(drawn == Set(FigureCatalog.all.map { $0.name }))
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(files.sorted() == Self.pictures.map { "\($0.name).gp" }.sorted())
  }

  @Test(
    arguments: [
      (["pie"], 64, "The value 'pie' is invalid for '<kind>'"),
      (["profile", "--element", "end-1"], 64, "does not listen to --element"),
      (["events", "--at", "1h"], 64, "does not listen to --at, but to --from and --to"),
      (["series", "nothing"], 65, "There is no variable 'nothing'"),
      (
        ["series", "bus_voltage_magnitude", "--element", "nowhere"], 65, "There is no bus 'nowhere'"
      ),
      (["series", "bus_voltage_magnitude"], 65, "Select some with --element or --phase"),
      (["series", "bus"], 65, "is not a series over time"),
      (["profile", "--phase", "q"], 65, "There is no phase 'q'"),
      (["profile", "--from", "30h"], 65, "has no instant in the window"),
      (["profile", "--from", "2h", "--to", "1h"], 65, "has no instant in the window"),
      (["profile", "--at", "1h", "--from", "1h"], 64, "either --at or a window"),
      (["profile", "--limits", "1.1:0.9"], 64, "is invalid for '--limits"),
      (["profile", "--size", "10x10"], 64, "is invalid for '--size"),
      (["profile", "--output", "a.jpg"], 64, "the ending has to be .svg, .pdf or .png"),
      (["profile", "--output", "nowhere/a.svg"], 73, "there is no folder"),
      (["customer", "--element", "nobody"], 65, "There is no customer 'nobody'"),
    ] as [([String], Int32, String)])
  func aWrongPictureIsRefusedAndLeavesNothing(
    arguments: [String], exitCode: Int32, sentence: String
  ) throws {
    let place = try Workplace()
    _ = try place.run(to: "small.h5")
    let before = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    let plot = try place.busbar(["plot", "small.h5"] + arguments)
    #expect(plot.exitCode == exitCode)
    #expect(plot.errors.contains(sentence), "\(plot.errors)")
    let after = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    #expect(before.sorted() == after.sorted())
  }

  @Test func anExistingPictureIsKeptUnlessForced() throws {
    let place = try Workplace()
    _ = try place.run(to: "small.h5")
    try Data("mine".utf8).write(to: place.url("a.svg"))
    try Data("mine too".utf8).write(to: place.url("b.gp"))
    for arguments in [["-o", "a.svg"], ["-o", "b.svg", "--keep-script"]] {
      let plot = try place.busbar(["plot", "small.h5", "profile"] + arguments)
      #expect(plot.exitCode == 73)
      #expect(plot.errors.contains("exists. Name another output, or overwrite it with --force."))
    }
    #expect(try Data(contentsOf: place.url("a.svg")) == Data("mine".utf8))
    #expect(try Data(contentsOf: place.url("b.gp")) == Data("mine too".utf8))
    #expect(!FileManager.default.fileExists(atPath: place.url("b.svg").path))
    #expect(try place.busbar("plot", "small.h5", "profile", "-o", "a.svg", "--force").exitCode == 0)
    #expect(try Data(contentsOf: place.url("a.svg")).count > 1_000)
  }

  @Test func withoutGnuplotTheScriptIsWrittenWithItsData() throws {
    let place = try Workplace()
    _ = try place.run(to: "small.h5")
    let plot = try Command.busbar(
      ["plot", "small.h5", "profile", "-o", "it's.svg"], in: place.folder,
      environment: ["PATH": place.folder.path])
    #expect(plot.exitCode == 73)
    #expect(
      plot.errors
        == "error: gnuplot is not installed. Install it (on Debian: apt-get install gnuplot-nox). "
        + "Its script, with all data, is 'it's.gp': draw it elsewhere with "
        + "gnuplot -d 'it'\\''s.gp' > 'it'\\''s.svg'.\n")
    let drawn = try Command.run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", "gnuplot -d \"it's.gp\" > drawn.svg"],
      in: place.folder)
    #expect(drawn.exitCode == 0)
    let picture = try String(contentsOf: place.url("drawn.svg"), encoding: .utf8)
    #expect(picture.contains("Voltage along the feeder"))
  }

  @Test func namesAreShownAsTheyAreAndDoNothing() throws {
    let names = ["Straße \"Süd\" 7/3", "</script>'{x}_^", "`touch was-here`"]
    let place = try Workplace { small in
      for (number, name) in names.enumerated() {
        let cell = "\"" + name.replacing("\"", with: "\"\"") + "\""
        for file in ["buses.csv", "lines.csv", "customers.csv"] {
          small[file] = small[file].replacing("end-\(number + 1),", with: "\(cell),")
        }
      }
    }
    _ = try place.run(to: "small.h5")
    for (number, name) in names.enumerated() {
      let plot = try place.busbar(
        "plot", "small.h5", "series", "bus_voltage_magnitude", "--element", name, "-o",
        "\(number).svg")
      #expect(plot.exitCode == 0, "\(plot.errors)")
      let picture = try String(contentsOf: place.url("\(number).svg"), encoding: .utf8)
      let plain = picture.replacing("&lt;", with: "<").replacing("&quot;", with: "\"")
        .replacing("&gt;", with: ">").replacing("&#39;", with: "'")
      #expect(plain.contains("\(name), phase a"))
      #expect(!picture.contains("<script") && !picture.contains("</script"))
    }
    #expect(!FileManager.default.fileExists(atPath: place.url("was-here").path))
  }
}
