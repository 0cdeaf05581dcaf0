internal import BusbarEvents
internal import Foundation

/// The numbers of a picture over time, as the page's script reads them.
struct ChartData: Encodable {
  /// A line, or a band between two of them.
  struct Line: Encodable {
    let name: String
    /// The custom property of its colour.
    let colour: String
    /// Times in s since the start and values in turns; null is a gap.
    let points: [[Double]?]
    /// Whether the points are the outline of an area.
    let isArea: Bool
  }

  /// A line across the chart.
  struct Rule: Encodable {
    let value: Double
    let colour: String
  }

  /// The id of the picture.
  let id: String
  let title: String
  let summary: String
  let xLabel: String
  let yLabel: String
  /// Where simulated time begins, in ms since 1970, and the offset to UTC there in s.
  let start: Int64
  let offset: Int
  let zone: String
  let lines: [Line]
  let rules: [Rule]

  /// Takes the lines of a picture with one panel; nil for any other.
  init?(_ figure: Figure, of id: String, _ epoch: Epoch) {
    guard figure.panels.count == 1, let panel = figure.panels.first else { return nil }
    self.id = id
    (title, summary) = (figure.title, figure.summary)
    (xLabel, yLabel) = (panel.x.label, panel.y.label)
    (start, offset, zone) = (epoch.unixMilliseconds, epoch.offsetSeconds, epoch.zone)
    var lines: [Line] = []
    var rules: [Rule] = []
    for layer in panel.layers {
      guard let colour = PageTheme.name(layer.ink) else { continue }
      switch layer.shape {
      case .lines(let points, _):
        lines.append(
          Line(
            name: layer.name ?? "", colour: colour, points: points.map { $0.map(Self.pair) },
            isArea: false))
      case .areas(let areas):
        for area in areas {
          lines.append(
            Line(
              name: "", colour: colour,
              points: (area + area.prefix(1)).map(Self.pair), isArea: true))
        }
      case .rule(let value): rules.append(Rule(value: value, colour: colour))
      default: continue
      }
    }
    guard lines.contains(where: { !$0.isArea }) else { return nil }
    (self.lines, self.rules) = (lines, rules)
  }

  /// A point with as many digits as a chart shows.
  private static func pair(_ point: Point) -> [Double] {
    [point.x, Double(FigureNumber.rounded(point.y)) ?? point.y]
  }

  /// Data as JSON that nothing inside can end: no tag begins without `<`.
  static func text(_ charts: [ChartData]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let data = try? encoder.encode(charts) else {
      preconditionFailure("Texts and finite numbers can be written as JSON.")
    }
    return String(decoding: data, as: UTF8.self).replacing("<", with: "\\u003c")
  }
}

extension FigureNumber {
  /// A number with seven significant digits, more than any screen has dots.
  fileprivate static func rounded(_ value: Double) -> String { String(format: "%.7g", value) }
}
