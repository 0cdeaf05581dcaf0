internal import BusbarTrajectory

/// The page around the sections of a report.
struct ReportPage {
  let html: String

  init(
    _ findings: ReportFindings, _ sections: [ReportSection], _ charts: [ChartData],
    _ library: ChartLibrary?
  ) {
    let scripts = library.map { ChartScripts($0, charts) }
    let title = findings.result.title.isEmpty ? "A result of Busbar" : findings.result.title
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy(scripts))">
      <meta name="generator" content="Busbar">
      <meta name="color-scheme" content="light dark">
      <title>\(title) \u{2013} Busbar report</title>
      <style>
      \(PageStyle.sheet)</style>
      </head>
      <body>
      <a class="skip" href="#content">Skip to the content</a>
      \(Self.header(title, findings))\(Self.contents(sections))<main id="content" tabindex="-1">
      \(sections.map(Self.section))</main>
      <footer>
      <p>Written by <code>busbar report</code>. The page needs no network\
      \(scripts == nil ? " and no script" as Markup : .empty).</p>
      </footer>
      \(scripts?.markup ?? .empty)</body>
      </html>

      """
    html = page.html
  }

  /// Nothing may be loaded, and no script may run but the page's own.
  private static func policy(_ scripts: ChartScripts?) -> String {
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
      + (scripts.map { "; script-src \($0.digests.joined(separator: " "))" } ?? "")
      + "; base-uri 'none'; form-action 'none'"
  }

  private static func header(_ title: String, _ findings: ReportFindings) -> Markup {
    let facts = findings.facts
    let window = facts.window.map {
      "\(findings.text($0.first)) to \(findings.text($0.last))"
    }
    return """
      <header>
      <h1>\(title)</h1>
      <p class="lead">\(window ?? "Nothing is recorded yet"), \
      time zone \(findings.result.clock.epoch.zone). The run is \(facts.endingText).</p>
      <p class="note">Result file: <code>\(findings.options.file)</code></p>
      </header>

      """
  }

  private static func contents(_ sections: [ReportSection]) -> Markup {
    let items = sections.map { "<li><a href=\"#\($0.id)\">\($0.heading)</a></li>\n" as Markup }
    return """
      <nav aria-label="Contents">
      <ol>
      \(items)</ol>
      </nav>

      """
  }

  private static func section(_ section: ReportSection) -> Markup {
    """
    <section aria-labelledby="\(section.id)">
    <h2 id="\(section.id)">\(section.heading)</h2>
    \(section.content)</section>

    """
  }
}
