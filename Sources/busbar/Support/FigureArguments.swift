public import ArgumentParser
public import BusbarReport

/// The name of a kind of picture.
struct KindArgument: ExpressibleByArgument {
  let kind: any FigureKind.Type

  init?(argument: String) {
    guard let kind = FigureCatalog.kind(named: argument) else { return nil }
    self.kind = kind
  }

  static var allValueStrings: [String] { FigureCatalog.all.map { $0.name } }
}

extension ShownExtreme: ExpressibleByArgument {}

/// The name of a theme.
struct ThemeArgument: ExpressibleByArgument {
  let theme: Theme

  static let light = ThemeArgument(theme: .light)

  private init(theme: Theme) { self.theme = theme }

  init?(argument: String) {
    guard let theme = Theme.all.first(where: { $0.name == argument }) else { return nil }
    self.theme = theme
  }

  static var allValueStrings: [String] { Theme.all.map(\.name) }
  var defaultValueDescription: String { theme.name }
}

/// Two voltages in pu, such as `0.94:1.06`.
struct LimitsArgument: ExpressibleByArgument {
  let limits: VoltageLimits

  init?(argument: String) {
    let numbers = argument.split(separator: ":", omittingEmptySubsequences: false).map(Double.init)
    guard numbers.count == 2, let low = numbers[0], let high = numbers[1], low > 0, low < high,
      high.isFinite
    else { return nil }
    limits = VoltageLimits(low...high)
  }
}

/// A width and a height in pixels, such as `960x540`.
struct SizeArgument: ExpressibleByArgument {
  let size: GnuplotScript.Size

  private static let most = 10_000

  init?(argument: String) {
    let numbers = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let width = numbers[0], let height = numbers[1],
      (GnuplotScript.Size.least...Self.most).contains(width),
      (GnuplotScript.Size.least...Self.most).contains(height)
    else { return nil }
    size = GnuplotScript.Size(width: width, height: height)
  }
}
