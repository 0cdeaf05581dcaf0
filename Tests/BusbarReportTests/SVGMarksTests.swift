import Testing

@testable import BusbarReport

struct SVGMarksTests {
  private func mark(_ place: String, _ colour: String, scale: String = "1.12") -> String {
    "\t<use xlink:href='#gpPt6' transform='translate(\(place)) scale(\(scale))' color='\(colour)'/>\n"
  }

  @Test func marksOfOneLookBecomeOnePath() {
    let document =
      "<svg>\n" + mark("1.00,2.00", "rgb(1,2,3)") + mark("3.00,4.00", "rgb(1,2,3)")
      + mark("5.00,6.00", "red") + mark("7.00,8.00", "red", scale: "2") + "</svg>\n"
    #expect(
      SVGMarks.merged(in: document) == """
        <svg>
        <path d='M1.00,2.00h0M3.00,4.00h0' fill='none' stroke='rgb(1,2,3)' stroke-linecap='round' \
        stroke-width='2.24'/>
        <path d='M5.00,6.00h0' fill='none' stroke='red' stroke-linecap='round' stroke-width='2.24'/>
        <path d='M7.00,8.00h0' fill='none' stroke='red' stroke-linecap='round' stroke-width='4'/>
        </svg>

        """)
  }

  @Test func whatIsNoMarkStaysAsItIs() {
    for document in [
      "", "\n", "a\n\nb", "\t<use xlink:href='#gpPt6' transform='translate(1,2)'/>\n",
    ] {
      #expect(SVGMarks.merged(in: document) == document)
    }
  }

  @Test func gnuplotStillWritesMarksThatAreMerged() async throws {
    let points = (0..<50).map { Point(Double($0), Double($0)) }
    let figure = Figure(
      title: "", summary: "",
      panels: [
        Panel(x: Axis("x"), y: Axis("y"), layers: [Layer(.marks(points, size: 5), .series(0))])
      ])
    let drawn = try await Gnuplot.draw(GnuplotScript(figure, .svg, .light, .standard))
    let text = SVGDocument(drawn, of: figure).text
    #expect(text.matches(of: /stroke-linecap='round'/).count == 1)
    #expect(text.matches(of: /h0/).count == 50)
    #expect(XMLTexts(text).isWellFormed)
  }
}
