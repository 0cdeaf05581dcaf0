import BusbarTestSupport
import Foundation
import Testing

@testable import BusbarReport

/// Names that are harmful where they are taken for more than names.
enum HostileName {
  static let all = [
    "Straße \"Süd\" 7/3", "it's 'quoted'", "</script><script>alert(1)</script>",
    "`touch busbar-was-here`", "$(id)", "a_b^c{/Bold d}&~e@f", "back\\slash\\n %s %d",
    "x\ny\tz",
    "<img src=x onerror=alert(1)>", "&amp; & \u{202E}", "日本語",
  ]
}

struct GnuplotTextTests {
  @Test func aTextStandsInSingleQuotesWithItsOwnDoubled() {
    #expect("it's `id` \\n $HOME".inGnuplot() == "'it''s `id` \\n $HOME'")
    #expect("a\nb\u{7}".inGnuplot() == "'a b '")
    #expect("12345678".inGnuplot(atMost: 5) == "'1234\u{2026}'")
  }

  @Test(
    arguments: [
      (0.1, "0.1"), (-3, "-3"), (1e15, "1e+15"), (1.0 / 3, "0.3333333"), (1e-12, "1e-12"),
      (123_456.75, "123456.8"),
    ] as [(Double, String)])
  func aNumberHasTheDigitsThatAPictureShows(number: Double, text: String) {
    #expect(number.inGnuplot == text)
  }
}

/// Pictures that gnuplot has drawn; installed by `.ci/install`.
struct GnuplotTests {
  /// A picture in which each name stands at every place that a name can have.
  static func figure(_ names: [String]) -> Figure {
    let lines = names.enumerated().map { number, name in
      Layer(
        .lines([Point(0, Double(number)), nil, Point(1, Double(number))], .solid),
        .series(number), name: name)
    }
    let labels = names.enumerated().map {
      Layer.Label(Point(0.5, Double($0.offset)), $0.element)
    }
    let title = names.joined(separator: " ")
    return Figure(
      title: title, subtitle: title, summary: title,
      panels: [
        Panel(
          x: Axis(title), y: Axis(title, ticks: .at([Axis.Tick(0.5, names[0])])),
          layers: lines + [Layer(.texts(labels), .foreground)],
          colours: ColourScale(title, range: 0...1))
      ])
  }

  @Test(arguments: HostileName.all)
  func aHostileNameIsShownAsItIsAndDoesNothing(_ name: String) async throws {
    try? FileManager.default.removeItem(atPath: "busbar-was-here")
    let figure = Self.figure([name])
    let script = GnuplotScript(figure, .svg, .light, GnuplotScript.Size(width: 3_000, height: 400))
    let document = try await SVGDocument(Gnuplot.draw(script), of: figure).text
    #expect(!FileManager.default.fileExists(atPath: "busbar-was-here"))
    #expect(!document.contains("<script"))
    #expect(!document.contains("<img"))
    let parsed = XMLTexts(document)
    #expect(parsed.isWellFormed)
    // The title, the key, the mark and the label show the same characters.
    let shown = name.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
    #expect(parsed.texts.filter { $0 == shown }.count >= 4, "\(parsed.texts)")
  }

  @Test(arguments: FigureFormat.allCases, Theme.all)
  func eachFormatAndThemeIsDrawn(_ format: FigureFormat, _ theme: Theme) async throws {
    let bytes = try await Gnuplot.draw(
      GnuplotScript(Self.figure(["a", "b"]), format, theme, .standard))
    let head = String(decoding: bytes.prefix(5), as: UTF8.self)
    switch format {
    case .svg: #expect(head == "<?xml")
    case .pdf: #expect(head == "%PDF-")
    case .png: #expect(Array(bytes.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
    }
  }

  @Test func aDrawingHasOneTitleAndOneDescription() async throws {
    var figure = Self.figure(["a"])
    figure.title = "T & <t>"
    figure.summary = "S"
    figure.panels[0].x.ticks = .at([Axis.Tick(0, "00:00\n16 Jan")])
    let document = try await SVGDocument(
      Gnuplot.draw(GnuplotScript(figure, .svg, .light, .standard)), of: figure
    ).text
    #expect(document.matches(of: /<title>/).count == 1)
    #expect(document.contains("<title>T &amp; &lt;t&gt;</title>\n<desc>S</desc>"))
  }

  @Test func gnuplotsRefusalIsReported() async throws {
    await #expect { _ = try await Gnuplot.draw("set terminal svg\nplot $nothing\n") } throws: {
      "\($0)".hasPrefix("gnuplot could not draw the picture: line ")
    }
  }
}
