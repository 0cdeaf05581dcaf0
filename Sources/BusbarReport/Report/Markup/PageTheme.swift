/// The colours of a report's page, light or dark as the reader's system is.
///
/// Pictures are drawn once, in colours that stand for others; these are then replaced by the
/// page's custom properties, so that one drawing fits both themes.
enum PageTheme {
  /// A colour of the page by the name of its custom property.
  private static let names =
    ["background", "ink", "grid", "muted", "limit"] + Theme.light.series.indices.map(series)

  /// The custom property of a colour for things that differ in kind.
  static func series(_ number: Int) -> String { "series-\(number % Theme.light.series.count + 1)" }

  /// The colours that stand for others: reds without green, which no scale of values holds.
  static let placeholders = Theme(
    name: "page", background: placeholder(0), foreground: placeholder(1), grid: placeholder(2),
    muted: placeholder(3), limit: placeholder(4),
    series: Theme.light.series.indices.map { placeholder(5 + $0) })

  private static func placeholder(_ number: Int) -> String {
    "#fe00" + (number < 16 ? "0" : "") + String(number, radix: 16)
  }

  /// The custom property that a placeholder stands for, by its share of blue.
  static func name(ofPlaceholder number: Int) -> String? {
    names.indices.contains(number) ? names[number] : nil
  }

  /// The custom property of an ink but a value of a scale.
  static func name(_ ink: Ink) -> String? {
    switch ink {
    case .series(let number): series(number)
    case .conductor(let name): Ink.place(ofConductor: name).map(series) ?? "muted"
    case .limit: "limit"
    case .muted: "muted"
    case .foreground: "ink"
    case .value: nil
    }
  }

  /// The declarations of all custom properties in a theme.
  static func declarations(of theme: Theme) -> String {
    let colours = [
      theme.background, theme.foreground, theme.grid, muted(theme), theme.limit,
    ]
    return zip(names, colours + theme.series).map { "--\($0): \($1);" }.joined(separator: " ")
  }

  /// Small text needs a contrast of 4.5 to its background, more than a line does
  /// (Web Content Accessibility Guidelines 2.2, criterion 1.4.3).
  private static func muted(_ theme: Theme) -> String {
    theme == .dark ? "#a4abb5" : "#5b626c"
  }
}
