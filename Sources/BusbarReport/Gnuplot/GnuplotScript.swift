/// A picture as a script for gnuplot 5.4, with its data inside.
///
/// The script writes to standard output and reads no file, no environment and no program. Every text
/// stands in single quotes, where gnuplot changes nothing, and the terminals are told not to
/// interpret marks such as `_` or `{`.
public struct GnuplotScript: Sendable {
  /// The width and the height of a picture in pixels of 1/96 inch.
  public struct Size: Sendable, Hashable {
    public var width: Int
    public var height: Int

    /// Makes a size; below 200 pixels nothing would be left between the margins.
    public init(width: Int, height: Int) {
      precondition(min(width, height) >= Self.least, "A picture has room for its axes.")
      self.width = width
      self.height = height
    }

    /// The least width and height in pixels.
    public static let least = 200
    /// The size of a picture in a text.
    public static let standard = Size(width: 960, height: 540)
    /// The size of a map.
    public static let map = Size(width: 960, height: 760)
  }

  /// The script.
  public private(set) var text = ""
  private let theme: Theme
  private let size: Size
  private let format: FigureFormat

  /// Writes the script of a picture.
  public init(_ figure: Figure, _ format: FigureFormat, _ theme: Theme, _ size: Size) {
    self.theme = theme
    self.size = size
    self.format = format
    write(figure)
  }

  private mutating func line(_ text: String) { self.text += text + "\n" }

  // MARK: The canvas

  private mutating func write(_ figure: Figure) {
    line("# gnuplot 5.4 or newer: gnuplot -d THIS.gp > FIGURE.\(format.rawValue)")
    line("set encoding utf8")
    line("set terminal \(format.terminal(size, theme))")
    let frame = Frame(figure, size)
    for (number, panel) in figure.panels.enumerated() {
      writeData(of: panel, number)
    }
    line("set multiplot")
    for (number, panel) in figure.panels.enumerated() {
      line("# Panel \(number + 1)")
      if number == 0 { writeHeading(figure) }
      writeAxes(panel, frame.panels[number])
      writePlot(panel, number)
      if number == 0 { line("unset label") }
      line("unset arrow")
    }
    line("unset multiplot")
  }

  private mutating func writeHeading(_ figure: Figure) {
    let left = frameShare(Frame.left(of: figure), of: size.width)
    let room = size.width - Frame.left(of: figure) - 16
    func y(_ pixels: Int) -> String { frameShare(size.height - pixels, of: size.height) }
    line(
      "set label 1 \(figure.title.inGnuplot(atMost: room / 9)) "
        + "at screen \(left), screen \(y(24)) left font \(format.font(16)) tc rgb '\(theme.foreground)' front"
    )
    guard !figure.subtitle.isEmpty else { return }
    line(
      "set label 2 \(figure.subtitle.inGnuplot(atMost: room * 10 / 59)) "
        + "at screen \(left), screen \(y(47)) left font \(format.font(11)) tc rgb '\(theme.secondary)' front"
    )
  }

  private func frameShare(_ pixels: Int, of whole: Int) -> String {
    (Double(pixels) / Double(whole)).inGnuplot
  }

  // MARK: Axes

  private mutating func writeAxes(_ panel: Panel, _ place: Frame.Place) {
    line("set lmargin at screen \(place.left.inGnuplot)")
    line("set rmargin at screen \(place.right.inGnuplot)")
    line("set tmargin at screen \(place.top.inGnuplot)")
    line("set bmargin at screen \(place.bottom.inGnuplot)")
    let isBare = panel.x.ticks == .hidden && panel.y.ticks == .hidden
    line(isBare ? "unset border" : "set border 3 lc rgb '\(theme.muted)'")
    line("set tics nomirror out scale 0.5 tc rgb '\(theme.foreground)'")
    let (x, y) =
      panel.isMap ? place.map(panel) : (panel.x.range, panel.y.range)
    writeAxis("x", panel.x, x)
    writeAxis("y", panel.y, y)
    let gridded = [("x", panel.x), ("y", panel.y)].filter { $0.1.ticks != .hidden }.map(\.0)
    line(
      gridded.isEmpty || panel.layers.contains { $0.shape.isImage }
        ? "unset grid"
        : "set grid \(gridded.map { $0 + "tics" }.joined(separator: " ")) back "
          + "lt 1 lc rgb '\(theme.grid)' lw 0.6")
    if let colours = panel.colours {
      line(
        "set palette maxcolors \(colours.steps) defined ("
          + Theme.scale.enumerated().map { "\($0) '\($1)'" }.joined(separator: ", ") + ")")
      line(
        "set cbrange [\(colours.range.lowerBound.inGnuplot):\(colours.range.upperBound.inGnuplot)]")
      line("set cblabel \(colours.label.inGnuplot()) tc rgb '\(theme.foreground)'")
      line("set cbtics tc rgb '\(theme.foreground)'")
      let width = 16 / Double(size.width)
      line(
        "set colorbox user origin screen \((place.right + width).inGnuplot), "
          + "screen \(place.bottom.inGnuplot) size screen \(width.inGnuplot), "
          + "screen \((place.top - place.bottom).inGnuplot) noborder")
    } else {
      line("unset colorbox")
    }
    line(
      panel.keyRows(within: size.width) > 0
        ? "set key at graph 0, graph 1 left bottom horizontal Left reverse samplen 1.6 "
          + "spacing 1.1 width 1 tc rgb '\(theme.foreground)' font \(format.font(11))"
        : "unset key")
  }

  private mutating func writeAxis(_ name: String, _ axis: Axis, _ range: ClosedRange<Double>?) {
    line(
      axis.label.isEmpty
        ? "unset \(name)label"
        : "set \(name)label \(axis.label.inGnuplot()) \(name == "y" ? "offset 0.6, 0 " : "")tc rgb '\(theme.foreground)'"
    )
    let ends = range.map {
      axis.isReversed ? ($0.upperBound, $0.lowerBound) : ($0.lowerBound, $0.upperBound)
    }
    line("set \(name)range [\(ends.map { "\($0.inGnuplot):\($1.inGnuplot)" } ?? "*:*")]")
    switch axis.ticks {
    case .automatic: line("set \(name)tics autofreq")
    case .hidden: line("unset \(name)tics")
    case .at(let ticks):
      let marks = ticks.map { "\($0.label.asGnuplotMark) \($0.value.inGnuplot)" }
      line("set \(name)tics (\(marks.joined(separator: ", ")))")
    }
  }

  // MARK: Layers

  private mutating func writePlot(_ panel: Panel, _ number: Int) {
    var parts: [String] = []
    for (place, layer) in panel.layers.enumerated() {
      let name = layer.name.map { "title \($0.inGnuplot(atMost: 60))" } ?? "notitle"
      let data = Self.block(number, place)
      switch layer.shape {
      case .lines(let points, let style):
        guard points.contains(where: { $0 != nil }) else { continue }
        parts.append("\(data) with lines \(colour(layer.ink)) \(style.gnuplot) \(name)")
      case .areas(let areas):
        guard !areas.isEmpty else { continue }
        parts.append("\(data) with filledcurves closed \(colour(layer.ink, isShade: true)) \(name)")
      case .marks(let points, let size):
        guard !points.isEmpty else { continue }
        parts.append(
          "\(data) with points pt 7 ps \((size / 10).inGnuplot) \(colour(layer.ink)) \(name)")
      case .image(let cells):
        let (x, dx) = cells.x.cells(cells.columns)
        let (y, dy) = cells.y.cells(cells.rows)
        parts.append(
          "\(data) using (\(x.inGnuplot)+$1*\(dx.inGnuplot)):(\(y.inGnuplot)+$2*\(dy.inGnuplot)):3 "
            + "matrix with image \(name)")
      case .rule(let value):
        writeArrow("graph 0, first \(value.inGnuplot) to graph 1, first \(value.inGnuplot)", layer)
        if layer.name != nil { parts.append("keyentry with lines \(limitLine(layer)) \(name)") }
      case .upright(let value):
        writeArrow("first \(value.inGnuplot), graph 0 to first \(value.inGnuplot), graph 1", layer)
        if layer.name != nil { parts.append("keyentry with lines \(limitLine(layer)) \(name)") }
      case .texts(let labels):
        for label in labels {
          line(
            "set label \(label.text.inGnuplot(atMost: 40)) at first \(label.point.x.inGnuplot), "
              + "first \(label.point.y.inGnuplot) left offset 0.6, 0 font \(format.font(10)) "
              + "\(colour(layer.ink).replacing("lc", with: "tc")) front")
        }
      }
    }
    // Axes without a layer that has data are drawn as well.
    if !parts.contains(where: { $0.hasPrefix("$") }) { parts.append("NaN notitle") }
    line("plot " + parts.joined(separator: ", \\\n  "))
    if panel.layers.contains(where: { $0.shape.isTexts }) { line("unset label") }
  }

  private mutating func writeArrow(_ ends: String, _ layer: Layer) {
    line("set arrow from \(ends) nohead front \(limitLine(layer))")
  }

  private func limitLine(_ layer: Layer) -> String { "\(colour(layer.ink)) dt (8, 5) lw 1.2" }

  private func colour(_ ink: Ink, isShade: Bool = false) -> String {
    if case .value(let value) = ink { return "lc palette cb \(value.inGnuplot)" }
    let colour = theme.colour(ink)
    // gnuplot writes transparency in front of the colour, 00 for none.
    let hidden = String(Int(((1 - Ink.shade) * 255).rounded()), radix: 16)
    return "lc rgb '\(isShade ? "#\(hidden)" + colour.dropFirst() : colour)'"
  }

  // MARK: Data

  private static func block(_ panel: Int, _ layer: Int) -> String { "$panel\(panel)_\(layer)" }

  private mutating func writeData(of panel: Panel, _ number: Int) {
    for (place, layer) in panel.layers.enumerated() {
      let rows: String
      switch layer.shape {
      case .lines(let points, _): rows = Self.rows(points)
      case .areas(let areas):
        rows = areas.map { Self.rows($0.map { $0 }) }.joined(separator: "\n\n")
      case .marks(let points, _): rows = Self.rows(points.map { $0 })
      case .image(let cells): rows = Self.rows(cells)
      case .rule, .upright, .texts: continue
      }
      guard !rows.isEmpty else { continue }
      line("\(Self.block(number, place)) << END\n\(rows)\nEND")
    }
  }

  /// Rows of points; an empty row is a gap.
  private static func rows(_ points: [Point?]) -> String {
    points.map { $0.map { "\($0.x.inGnuplot) \($0.y.inGnuplot)" } ?? "" }.joined(separator: "\n")
  }

  private static func rows(_ cells: ImageCells) -> String {
    (0..<cells.rows).map { row in
      (0..<cells.columns).map { column in
        cells.values[row * cells.columns + column].map(\.inGnuplot) ?? "NaN"
      }.joined(separator: " ")
    }.joined(separator: "\n")
  }
}
