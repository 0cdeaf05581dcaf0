/// A table of a report, with a caption and headers that screen readers can attach to cells.
struct ReportTable {
  /// A column by its heading.
  struct Column {
    let heading: String
    /// Whether it holds numbers, which are aligned to the right.
    let isNumber: Bool

    static func text(_ heading: String) -> Column { Column(heading: heading, isNumber: false) }
    static func number(_ heading: String) -> Column { Column(heading: heading, isNumber: true) }
  }

  private let caption: String
  private let columns: [Column]
  private var rows: [[Markup]] = []

  init(_ caption: String, _ columns: [Column]) {
    self.caption = caption
    self.columns = columns
  }

  /// Adds a row, whose first cell is its heading.
  mutating func add(_ cells: [String]) { add(cells.map { "\($0)" as Markup }) }

  mutating func add(_ cells: [Markup]) {
    precondition(cells.count == columns.count, "A row has a cell for each column.")
    rows.append(cells)
  }

  var isEmpty: Bool { rows.isEmpty }

  /// The table in a box of its own, which scrolls when a narrow screen cannot hold it.
  ///
  /// A box that scrolls has to be reachable by keyboard, and so it needs a name.
  var markup: Markup {
    let head = columns.map { column -> Markup in
      column.isNumber
        ? "<th scope=\"col\" class=\"number\">\(column.heading)</th>"
        : "<th scope=\"col\">\(column.heading)</th>"
    }
    let body = rows.map { row -> Markup in
      let cells = zip(columns, row).enumerated().map { place, cell -> Markup in
        let (column, content) = cell
        if place == 0 { return "<th scope=\"row\">\(content)</th>" }
        return column.isNumber ? "<td class=\"number\">\(content)</td>" : "<td>\(content)</td>"
      }
      return "<tr>\(cells)</tr>\n"
    }
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="\(caption)">
      <table>
      <caption>\(caption)</caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody>
      </table>
      </div>

      """
  }
}

/// Named values of a report, a row for each.
struct FactTable {
  private let caption: String
  private var rows: [(name: String, value: Markup)] = []

  init(_ caption: String) { self.caption = caption }

  /// Adds a value; without one there is nothing to add.
  mutating func add(_ name: String, _ value: String?) {
    if let value { add(name, "\(value)" as Markup) }
  }

  mutating func add(_ name: String, _ value: Markup) { rows.append((name, value)) }

  var isEmpty: Bool { rows.isEmpty }

  var markup: Markup {
    let body = rows.map { row -> Markup in
      "<tr><th scope=\"row\">\(row.name)</th><td>\(row.value)</td></tr>\n"
    }
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="\(caption)">
      <table class="facts">
      <caption>\(caption)</caption>
      <tbody>
      \(body)</tbody>
      </table>
      </div>

      """
  }
}
