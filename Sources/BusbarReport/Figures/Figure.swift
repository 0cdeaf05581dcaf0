/// A picture as a description, before any program draws it.
///
/// Holds the numbers that are shown, already reduced to what a reader can see, and says nothing of
/// pixels, fonts or colours but in the words of ``Ink``.
public struct Figure: Sendable, Hashable {
  /// What the picture shows, as its heading.
  public var title: String
  /// What was selected and how it was reduced, in one line below the heading; may be empty.
  public var subtitle: String
  /// What a reader would say who sees the picture: the text for those who do not.
  public var summary: String
  /// The coordinate systems, from top to bottom.
  public var panels: [Panel]

  /// Makes a picture.
  public init(title: String, subtitle: String = "", summary: String, panels: [Panel]) {
    precondition(!panels.isEmpty, "A picture shows something.")
    self.title = title
    self.subtitle = subtitle
    self.summary = summary
    self.panels = panels
  }
}

/// A pair of axes with what is drawn between them.
public struct Panel: Sendable, Hashable {
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// What is drawn, the first at the bottom.
  public var layers: [Layer]
  /// The scale of colours, where a layer uses one.
  public var colours: ColourScale?
  /// The share of the height that the panel takes, in relation to the other panels.
  public var weight: Double
  /// Whether both axes have the same scale, as on a map.
  public var isMap: Bool

  /// Makes a panel.
  public init(
    x: Axis, y: Axis, layers: [Layer], colours: ColourScale? = nil, weight: Double = 1,
    isMap: Bool = false
  ) {
    self.x = x
    self.y = y
    self.layers = layers
    self.colours = colours
    self.weight = weight
    self.isMap = isMap
  }
}

/// An axis of a panel.
public struct Axis: Sendable, Hashable {
  /// Where an axis has marks.
  public enum Ticks: Sendable, Hashable {
    /// At round numbers.
    case automatic
    /// At these places.
    case at([Tick])
    /// Nowhere, and no line either.
    case hidden
  }

  /// A labelled mark.
  public struct Tick: Sendable, Hashable {
    /// Where it stands.
    public var value: Double
    /// What it says; a line feed begins a second line.
    public var label: String

    /// Makes a mark.
    public init(_ value: Double, _ label: String) {
      self.value = value
      self.label = label
    }
  }

  /// The quantity with its unit, such as `voltage (pu)`.
  public var label: String
  /// The values at both ends; nil for those of the data.
  public var range: ClosedRange<Double>?
  /// The marks.
  public var ticks: Ticks
  /// Whether values grow downwards or to the left, as the rows of a table do.
  public var isReversed: Bool

  /// Makes an axis.
  public init(
    _ label: String, range: ClosedRange<Double>? = nil, ticks: Ticks = .automatic,
    isReversed: Bool = false
  ) {
    self.label = label
    self.range = range
    self.ticks = ticks
    self.isReversed = isReversed
  }

  /// The axis without words, for a panel above another one with the same axis.
  public var withoutLabels: Axis {
    var axis = self
    axis.label = ""
    if case .at(let ticks) = ticks { axis.ticks = .at(ticks.map { Tick($0.value, "") }) }
    return axis
  }
}

/// A point of a line; a line has a gap where one is nil.
public struct Point: Sendable, Hashable {
  /// The place along the horizontal axis, in its unit.
  public var x: Double
  /// The place along the vertical axis, in its unit.
  public var y: Double

  /// Makes a point.
  public init(_ x: Double, _ y: Double) {
    precondition(x.isFinite && y.isFinite, "A picture shows finite numbers.")
    self.x = x
    self.y = y
  }
}

/// Something that is drawn between the axes.
public struct Layer: Sendable, Hashable {
  /// What it is made of.
  public enum Shape: Sendable, Hashable {
    /// Lines through points; nil is a gap.
    case lines([Point?], LineStyle)
    /// Filled areas, each bounded by its points.
    case areas([[Point]])
    /// Marks at points; the size is the diameter in pixels.
    case marks([Point], size: Double)
    /// A line across the panel at a value of the vertical axis.
    case rule(Double)
    /// A line across the panel at a value of the horizontal axis.
    case upright(Double)
    /// A table of values as colours.
    case image(ImageCells)
    /// Texts at points, to the right of them.
    case texts([Label])
  }

  /// How a line is drawn.
  public enum LineStyle: String, Sendable, Hashable {
    case solid
    case thin
    case dashed
    case dotted
    case thick
  }

  /// A text at a point.
  public struct Label: Sendable, Hashable {
    /// Where the text begins.
    public var point: Point
    /// The text; a long one is cut.
    public var text: String

    /// Makes a text.
    public init(_ point: Point, _ text: String) {
      self.point = point
      self.text = text
    }
  }

  /// What it is made of.
  public var shape: Shape
  /// Its colour.
  public var ink: Ink
  /// Its name in the key; nil for none.
  public var name: String?

  /// Makes a layer.
  public init(_ shape: Shape, _ ink: Ink, name: String? = nil) {
    self.shape = shape
    self.ink = ink
    self.name = name
  }
}

/// A table of values that are shown as colours, each cell of the same size.
public struct ImageCells: Sendable, Hashable {
  /// The values row by row; nil is left blank.
  public var values: [Double?]
  /// The cells in a row.
  public var columns: Int
  /// The span of the horizontal axis from the outer edge of the first cell to that of the last.
  public var x: ClosedRange<Double>
  /// The same of the vertical axis; the first row stands at its lower bound.
  public var y: ClosedRange<Double>

  /// Makes a table.
  public init(
    _ values: [Double?], columns: Int, x: ClosedRange<Double>, y: ClosedRange<Double>
  ) {
    precondition(columns > 0 && values.count.isMultiple(of: columns), "All rows are equally long.")
    self.values = values
    self.columns = columns
    self.x = x
    self.y = y
  }

  /// The number of rows.
  public var rows: Int { values.count / columns }
}
