/// The style sheet of a report.
enum PageStyle {
  static var sheet: Markup {
    Markup(
      trusted: """
        :root { color-scheme: light dark; \(PageTheme.declarations(of: .light)) }
        @media (prefers-color-scheme: dark) {
        :root { \(PageTheme.declarations(of: .dark)) }
        }
        \(rules)
        """)
  }

  private static let rules = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0 auto; max-width: 62rem; padding: 1rem clamp(0.75rem, 4vw, 2rem) 3rem;
      font: 1rem/1.5 system-ui, sans-serif; background: var(--background); color: var(--ink);
    }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: 1rem 0 0.5rem; overflow-wrap: anywhere; }
    h2 {
      font-size: 1.3rem; margin: 2.5rem 0 0.75rem; padding-bottom: 0.25rem;
      border-bottom: 1px solid var(--grid);
    }
    p, li { max-width: 46rem; overflow-wrap: anywhere; }
    a { color: inherit; }
    .lead { font-size: 1.05rem; }
    .note, figcaption, footer { color: var(--secondary); font-size: 0.875rem; }
    code { font-family: ui-monospace, monospace; font-size: 0.9em; }
    .skip { position: absolute; left: -100vw; }
    .skip:focus {
      left: 0.5rem; top: 0.5rem; padding: 0.5rem 1rem; z-index: 1;
      background: var(--background);
    }
    :focus-visible { outline: 3px solid var(--series-2); outline-offset: 2px; }
    main:focus { outline: none; }
    nav ol { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1rem 0; padding: 0; }
    nav li { list-style: none; }
    nav a { display: inline-block; padding: 0.25rem 0; }
    .scroll { overflow-x: auto; margin: 0 0 1rem; }
    table { border-collapse: collapse; font-size: 0.9rem; }
    caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
    th, td {
      padding: 0.3rem 0.75rem 0.3rem 0; text-align: left; vertical-align: top;
      border-bottom: 1px solid var(--grid);
    }
    thead th { border-bottom-color: var(--secondary); vertical-align: bottom; }
    td, tbody th { white-space: nowrap; }
    tbody th { font-weight: 500; }
    table { min-width: 20rem; }
    .facts td, .facts th { white-space: normal; }
    .facts tbody th { color: var(--secondary); font-weight: 400; min-width: 9rem; }
    .facts td { overflow-wrap: anywhere; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    pre {
      overflow-x: auto; margin: 0 0 1rem; padding: 0.6rem 0.8rem; border: 1px solid var(--grid);
      border-radius: 0.25rem;
    }
    .warnings li { margin: 0.25rem 0; }
    figure { margin: 0 0 2rem; }
    svg { display: block; width: 100%; min-width: 44rem; height: auto; }
    .chart { display: none; }
    .title { font-weight: 600; margin: 0 0 0.5rem; }
    .live .chart { display: block; }
    .live .still { display: none; }
    .chart .canvas { position: relative; height: clamp(18rem, 50vw, 26rem); touch-action: pan-y; }
    .chart button {
      font: inherit; font-size: 0.875rem; padding: 0.3rem 0.8rem; margin: 0 0.5rem 0.5rem 0;
      color: inherit; background: transparent; border: 1px solid var(--muted);
      border-radius: 0.25rem; cursor: pointer;
    }
    @media print {
      :root { \(PageTheme.declarations(of: .light)) }
      nav, .skip, .live .chart { display: none; }
      .live .still { display: block; }
      body { max-width: none; font-size: 10pt; }
      .scroll, pre { overflow: visible; }
      pre { white-space: pre-wrap; }
      svg { min-width: 0; }
      figure, tr { break-inside: avoid; }
      h2 { break-after: avoid; }
    }

    """
}
