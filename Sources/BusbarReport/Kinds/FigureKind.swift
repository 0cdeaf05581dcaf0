/// A kind of picture of a result file.
///
/// A new kind is a file in this folder that conforms to it, and a line in ``FigureCatalog``; the
/// command line, its help and the report follow from these.
public protocol FigureKind: Sendable {
  /// The name on the command line.
  static var name: String { get }
  /// What it shows, in one line.
  static var abstract: String { get }
  /// What of a selection it listens to; anything else is refused.
  static var options: Set<FigureOption> { get }
  /// The size that suits it.
  static var size: GnuplotScript.Size { get }

  /// Reads what it needs from a result and describes the picture.
  static func figure(
    of result: ResultView, _ selection: FigureSelection
  ) throws(FigureError) -> Figure
}

extension FigureKind {
  public static var size: GnuplotScript.Size { .standard }
}

/// All kinds of pictures.
public enum FigureCatalog {
  /// The kinds in the order of the help.
  public static let all: [any FigureKind.Type] = [
    VoltageProfile.self,
    TimeSeries.self,
    HeatMap.self,
    OneLineDiagram.self,
    LoadDuration.self,
    LoadingDuration.self,
    EventTimeline.self,
    CustomerDay.self,
  ]

  /// The kind of a name; nil for an unknown one.
  public static func kind(named name: String) -> (any FigureKind.Type)? {
    all.first { $0.name == name }
  }
}
