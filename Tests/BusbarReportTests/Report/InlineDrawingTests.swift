import Foundation
import Testing

@testable import BusbarReport

/// How a drawing of gnuplot's becomes a part of a page.
struct InlineDrawingTests {
  /// A drawing with all that gnuplot 5.4 writes around its shapes.
  private static func drawing(label: String) -> InlineDrawing {
    let svg = """
      <?xml version="1.0" encoding="utf-8"  standalone="no"?>
      <svg\u{20}
       viewBox="0 0 960 540"
       xmlns="http://www.w3.org/2000/svg"
       xmlns:xlink="http://www.w3.org/1999/xlink"
      >
      <title>Gnuplot</title>
      <desc>Produced by GNUPLOT 5.4 patchlevel 4 </desc>
      <g id="gnuplot_canvas">
      <g id="gnuplot_plot_1a" ><title>00:00\n16 Jan</title></g>
      <rect fill="#fe0000"/>
      <circle id='gpPt5' stroke='currentColor'/>
      <use xlink:href='#gpPt5' id='gpPt6'/>
      <path stroke='rgb(254,   0,   6)' d='M0,0'/>
      <polygon fill = 'rgb(121,  67,  71)' points='0,0'/>
      <image xlink:href='data:image/png;base64,id='/>
      <text>\(label)</text>
      </g>
      </svg>
      """
    let figure = Figure(
      title: "Voltage of <1>", summary: "It is & stays 1 pu.",
      panels: [Panel(x: Axis("x"), y: Axis("y"), layers: [])])
    return InlineDrawing(SVGDocument(Array(svg.utf8), of: figure), prefix: "p")
  }

  @Test func idsAndReferencesHaveThePrefixOfTheDrawing() {
    let html = Self.drawing(label: "").markup.html
    #expect(html.contains("<g id=\"p-gnuplot_canvas\">"))
    #expect(html.contains("<use href='#p-gpPt5' id='p-gpPt6'/>"))
    #expect(html.contains("href='data:image/png;base64,id='/>"))
    #expect(!html.contains("xlink") && !html.contains("<?xml"))
  }

  @Test func theDrawingIsNamedAndDescribed() {
    let html = Self.drawing(label: "").markup.html
    #expect(
      html.hasPrefix(
        "<svg role=\"img\" aria-labelledby=\"p-title p-description\" viewBox=\"0 0 960 540\">"))
    #expect(html.contains("<title id=\"p-title\">Voltage of &lt;1&gt;</title>"))
    #expect(html.components(separatedBy: "<title").count == 2)
    #expect(!html.contains("16 Jan"))
    #expect(html.contains("<desc id=\"p-description\">It is &amp; stays 1 pu.</desc>"))
  }

  @Test func coloursFollowThePageButThoseOfScalesStay() {
    let html = Self.drawing(label: "").markup.html
    #expect(html.contains("fill=\"var(--background)\""))
    #expect(html.contains("stroke='var(--series-1)'"))
    #expect(html.contains("'rgb(121,  67,  71)'"))
  }

  /// Names may look like what is replaced in tags; they are texts and stay as they are.
  @Test func textsAreNotChanged() {
    let label = "id='gpPt5' xlink:href='#gpPt5' #fe0000 rgb(254,   0,   6)"
    #expect(Self.drawing(label: label).markup.html.contains("<text>\(label)</text>"))
  }

  @Test func everyInkOfATaggedKindHasAColourInBothThemes() {
    for theme in [Theme.light, Theme.dark] {
      let declared = PageTheme.declarations(of: theme)
      let inks: [Ink] =
        (0..<9).map { .series($0) } + ["a", "b", "c", "n", "4"].map { .conductor($0) }
        + (0..<4).map { .grade($0, of: 4) } + [.limit, .muted, .foreground]
      for ink in inks {
        let name = PageTheme.name(ink)
        #expect(name != nil, "\(ink)")
        #expect(declared.contains("--\(name ?? ""): \(theme.colour(ink));"), "\(ink)")
      }
    }
  }
}
