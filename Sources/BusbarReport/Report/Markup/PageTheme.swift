/// The colours of a report's page, light or dark as the reader's system is.
///
/// Pictures are drawn once, in colours that stand for others; these are then replaced by the
/// page's custom properties, so that one drawing fits both themes.
enum PageTheme {
  /// A colour of the page by the name of its custom property.
  private static let names =
    ["background", "ink", "grid", "muted", "secondary", "limit"]
    + Theme.light.series.indices.map(series) + Theme.light.grades.indices.map { "grade-\($0 + 1)" }

  /// The custom property of a colour for things that differ in kind.
  static func series(_ number: Int) -> String { "series-\(number % Theme.light.series.count + 1)" }

  /// The colours that stand for others: reds without green, which no scale of values holds.
  static let placeholders = Theme(
    name: "page", background: placeholder(0), foreground: placeholder(1), grid: placeholder(2),
    muted: placeholder(3), secondary: placeholder(4), limit: placeholder(5),
    series: Theme.light.series.indices.map { placeholder(6 + $0) },
    grades: Theme.light.grades.indices.map { placeholder(6 + Theme.light.series.count + $0) })

  private static func placeholder(_ number: Int) -> String {
    "#fe00" + (number < 16 ? "0" : "") + String(number, radix: 16)
  }

  /// The custom property that a placeholder stands for, by its share of blue.
  static func name(ofPlaceholder number: Int) -> String? {
    names.indices.contains(number) ? names[number] : nil
  }

  /// The custom property of an ink but a value of a scale.
  static func name(_ ink: Ink) -> String? {
    if case .value = ink { return nil }
    let colour = placeholders.colour(ink)
    return Int(colour.dropFirst("#fe00".count), radix: 16).flatMap(name(ofPlaceholder:))
  }

  /// The declarations of all custom properties in a theme.
  static func declarations(of theme: Theme) -> String {
    let colours = [
      theme.background, theme.foreground, theme.grid, theme.muted, theme.secondary, theme.limit,
    ]
    return zip(names, colours + theme.series + theme.grades).map { "--\($0): \($1);" }.joined(
      separator: " ")
  }
}
