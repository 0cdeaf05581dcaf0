import Testing

@testable import BusbarReport

/// How texts get into a page.
struct MarkupTests {
  @Test func whatIsInterpolatedIsTextAndWhatIsWrittenIsMarkup() {
    let name = "<img src=x onerror=\"a('&')\">"
    let markup: Markup = "<td title=\"\(name)\">\(name) \(3)</td>"
    let escaped = "&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;"
    #expect(markup.html == "<td title=\"\(escaped)\">\(escaped) 3</td>")
  }

  @Test func markupInsideMarkupIsNotEscapedAgain() {
    let inner: Markup = "<b>\("a & b")</b>"
    let outer: Markup = "<p>\(inner)\([inner, inner])</p>"
    #expect(outer.html == "<p><b>a &amp; b</b><b>a &amp; b</b><b>a &amp; b</b></p>")
  }

  @Test func aTableNamesItsColumnsRowsAndItself() {
    var table = ReportTable("A & B", [.text("Bus"), .number("pu")])
    table.add(["<1>", "0.98"])
    let html = table.markup.html
    #expect(html.contains("<caption>A &amp; B</caption>"))
    #expect(html.contains("aria-label=\"A &amp; B\""))
    #expect(html.contains("<th scope=\"col\">Bus</th><th scope=\"col\" class=\"number\">pu</th>"))
    #expect(html.contains("<th scope=\"row\">&lt;1&gt;</th><td class=\"number\">0.98</td>"))
  }

  @Test(arguments: [
    ("plain-1.h5", "plain-1.h5"), ("two words", "'two words'"), ("", "''"),
    ("it's $HOME", "'it'\\''s $HOME'"), ("a;b", "'a;b'"), ("\u{e9}", "'\u{e9}'"),
  ])
  func aShellReadsAnArgumentAsItWas(_ argument: String, _ quoted: String) {
    #expect(CommandText.quoted(argument) == quoted)
  }
}
