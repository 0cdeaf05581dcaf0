/// A kind of file that a picture is written as.
public enum FigureFormat: String, Sendable, CaseIterable {
  case svg
  case pdf
  case png

  /// The format of a path's ending; nil for another ending.
  public init?(path: String) {
    guard let ending = path.split(separator: "/").last?.split(separator: ".").last else {
      return nil
    }
    self.init(rawValue: ending.lowercased())
  }

  /// How much finer than a screen's the dots of a PNG are.
  private static let dotsPerPixel = 2

  /// A font of a height in pixels of 1/96 inch; SVG counts in these, the others in points.
  func font(_ pixels: Int) -> String {
    self == .svg ? "',\(pixels)'" : "',\((Double(pixels) * 0.75).inGnuplot)'"
  }

  /// The terminal of gnuplot, with its options.
  func terminal(_ size: GnuplotScript.Size, _ theme: Theme) -> String {
    let background = "background rgb '\(theme.background)'"
    switch self {
    case .svg:
      return "svg size \(size.width),\(size.height) dynamic noenhanced font 'sans-serif,12' "
        + background
    case .pdf:
      let (width, height) = (Double(size.width) / 96, Double(size.height) / 96)
      return "pdfcairo size \(width.inGnuplot)in,\(height.inGnuplot)in noenhanced "
        + "font 'sans-serif,9' linewidth 0.8 " + background
    case .png:
      let scale = Self.dotsPerPixel
      return "pngcairo size \(size.width * scale),\(size.height * scale) noenhanced "
        + "font 'sans-serif,9' fontscale \(scale) linewidth \(scale) pointscale \(scale) "
        + background
    }
  }
}
