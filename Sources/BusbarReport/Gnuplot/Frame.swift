/// Where the panels of a picture stand on its canvas.
struct Frame {
  /// A panel's edges as shares of the canvas, from its lower left corner.
  struct Place {
    var left: Double
    var right: Double
    var bottom: Double
    var top: Double
    /// The width over the height, in pixels.
    var aspect: Double
  }

  private static let left = 78
  private static let right = 24
  private static let rightWithColours = 112
  private static let heading = 34
  private static let headingWithSubtitle = 58
  private static let keyRow = 18
  private static let above = 12
  private static let below = 66
  private static let belowBare = 16
  private static let between = 30

  let panels: [Place]

  /// The pixels left of all panels, which hold the marks of the vertical axes.
  static func left(of figure: Figure) -> Int {
    figure.panels.map { panel in
      guard case .at(let ticks) = panel.y.ticks else {
        return panel.y.ticks == .hidden ? left / 3 : left
      }
      let widest = ticks.map(\.label.count).max() ?? 0
      let label = panel.y.label.isEmpty ? 0 : 26
      return max(left, Int(Double(widest) * Panel.widthOfCharacter) + label + 22)
    }.max() ?? left
  }

  init(_ figure: Figure, _ size: GnuplotScript.Size) {
    let hasColours = figure.panels.contains { $0.colours != nil }
    let width = Double(size.width)
    let height = Double(size.height)
    let right = 1 - Double(hasColours ? Self.rightWithColours : Self.right) / width
    var fixed = figure.subtitle.isEmpty ? Self.heading : Self.headingWithSubtitle
    var margins: [(above: Int, below: Int)] = []
    for (number, panel) in figure.panels.enumerated() {
      let isLast = number + 1 == figure.panels.count
      let below = panel.x.ticks == .hidden ? Self.belowBare : isLast ? Self.below : Self.between
      margins.append((Self.above + panel.keyRows(within: size.width) * Self.keyRow, below))
      fixed += margins[number].above + below
    }
    let free = max(40, height - Double(fixed))
    let weights = figure.panels.map(\.weight).reduce(0, +)
    var top = height - Double(figure.subtitle.isEmpty ? Self.heading : Self.headingWithSubtitle)
    var places: [Place] = []
    for (number, panel) in figure.panels.enumerated() {
      top -= Double(margins[number].above)
      let own = free * panel.weight / weights
      let left = Double(Self.left(of: figure)) / width
      places.append(
        Place(
          left: left, right: right, bottom: (top - own) / height, top: top / height,
          aspect: (right - left) * width / own))
      top -= own + Double(margins[number].below)
    }
    panels = places
  }
}

extension Frame.Place {
  /// The ranges of a map's axes, widened so that a metre is equally long on both.
  func map(_ panel: Panel) -> (ClosedRange<Double>?, ClosedRange<Double>?) {
    guard let x = panel.x.range, let y = panel.y.range else {
      return (panel.x.range, panel.y.range)
    }
    let (width, height) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    if width > height * aspect {
      return (x, y.widened(to: width / aspect))
    }
    return (x.widened(to: height * aspect), y)
  }
}

extension ClosedRange<Double> {
  fileprivate func widened(to length: Double) -> ClosedRange<Double> {
    let middle = (lowerBound + upperBound) / 2
    return (middle - length / 2)...(middle + length / 2)
  }
}

extension Panel {
  static let widthOfCharacter = 6.6
  private static let widthOfSample = 52.0
  private static let margins = 160

  /// The rows of the key, whose entries are all as wide as the widest one.
  func keyRows(within width: Int) -> Int {
    let names = layers.compactMap(\.name)
    guard let longest = names.map(\.count).max() else { return 0 }
    let entry = Double(longest) * Self.widthOfCharacter + Self.widthOfSample
    let perRow = max(1, Int(Double(width - Self.margins) / entry))
    return (names.count - 1) / perRow + 1
  }
}
