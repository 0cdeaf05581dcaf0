/// Where the time of a process goes, step by step and in total (H-31).
///
/// A process is a chain of messages such as Flexibility, Activation Notification, command and
/// confirmation. The budget sets what the link classes promise beside what a run has shown.
public struct LatencyBudget: Hashable, Sendable {
  /// One step of the process, or all of them together.
  public struct Row: Hashable, Sendable {
    /// The name of the step.
    public let step: String
    /// What the link class promises, in ms; for the total, the sum over the steps.
    ///
    /// The median of latency, transmission and confirmation, without waiting. The sum of medians is
    /// the median of the sum only for latencies without spread. Nil when a step crosses no link.
    public let promised: Double?
    /// What was measured; nil when nothing was.
    public let measured: LatencySummary?
  }

  /// A step as it was planned.
  public struct Step: Hashable, Sendable {
    /// The name of the step.
    public let name: String
    /// What its links promise, in ms; nil for a step that is no message.
    public let promised: Double?

    /// Makes a step from what its links promise, in ms.
    public init(_ name: String, promising promised: Double?) {
      self.name = name
      self.promised = promised
    }

    /// Makes a step that crosses a link of a class with a message of a size in bytes.
    public init(_ name: String, over linkClass: LinkClass?, bytes: Int = 0) {
      self.init(name, promising: linkClass?.medianMilliseconds(bytes: bytes))
    }
  }

  /// The name of the process.
  public let process: String
  /// The steps in their order.
  public let rows: [Row]
  /// All steps together.
  public let total: Row

  /// Makes the budget of a process from its steps and the times in ms that each pass took for each.
  ///
  /// A pass has one time for each step; its total is their sum, so that the total's quantiles are
  /// those of whole passes, and not sums of quantiles.
  public init(process: String, steps: [Step], passes: [[Double]] = []) {
    precondition(
      passes.allSatisfy { $0.count == steps.count }, "A pass has one time for each step.")
    self.process = process
    let promised = steps.map(\.promised)
    rows = steps.indices.map { step in
      Row(
        step: steps[step].name, promised: promised[step],
        measured: LatencySummary(of: passes.map { $0[step] }))
    }
    let known = promised.compactMap { $0 }
    total = Row(
      step: "total", promised: known.isEmpty ? nil : known.reduce(0, +),
      measured: LatencySummary(of: passes.map { $0.reduce(0, +) }))
  }
}

extension LatencyBudget: CustomStringConvertible {
  /// The budget as a table of text, in ms with one decimal; a dash where there is nothing to say.
  public var description: String {
    let header = ["step", "promised", "p5", "median", "p95", "mean", "maximum", "passes"]
    let lines = [header] + (rows + [total]).map(Self.cells)
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let table = lines.map { cells in
      cells.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - cells[column].count)
        return column == 0 ? cells[column] + padding : padding + cells[column]
      }.joined(separator: "  ")
    }
    return (["\(process), latency in ms"] + table).joined(separator: "\n")
  }

  private static func cells(_ row: Row) -> [String] {
    let measured = row.measured
    return [row.step, decimal(row.promised)]
      + [measured?.p5, measured?.median, measured?.p95, measured?.mean, measured?.maximum]
      .map(decimal) + [measured.map { "\($0.count)" } ?? "-"]
  }

  private static func decimal(_ value: Double?) -> String {
    guard let value else { return "-" }
    let tenths = Int64((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
