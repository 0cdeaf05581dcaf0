/// The overrides of one run, of which each must find the value that it replaces.
///
/// First `apply` them to the tree; those that lead into a table wait until `cells` asks for them;
/// `reportUnused` at the end names those that nobody asked for.
public struct Overrides: Sendable {
  /// An override of one cell of a table that is not read yet.
  private struct Waiting {
    let override: Override
    let table: String
    let row: String
    let key: String
    var isUsed = false
  }

  private let all: [Override]
  private var waiting: [Waiting] = []

  /// Collects overrides, later ones to beat earlier ones.
  public init(_ overrides: [Override] = []) {
    all = overrides
  }

  /// Splits the arguments of `--set`, and appends what is wrong with them.
  public init(arguments: [String], _ diagnostics: inout Diagnostics) {
    all = arguments.compactMap { Override($0, &diagnostics) }
  }

  /// Replaces the values in a tree, in order; appends the paths that lead nowhere.
  public mutating func apply(to root: inout TextNode, _ diagnostics: inout Diagnostics) {
    for override in all {
      switch Self.set(&root, override, step: 0) {
      case .applied: break
      case .failed(let problem, let remedy):
        diagnostics.error(problem, at: override.location, remedy: remedy)
      case .table(let table, let row, let key):
        waiting.append(Waiting(override: override, table: table, row: row, key: key))
      }
    }
  }

  /// Returns the cells to replace in the table that the value at `path` names, row by row.
  ///
  /// Rows are counted from 0. Appends the overrides whose row does not exist.
  public mutating func cells(
    ofTable path: String, _ table: CSVTable, _ diagnostics: inout Diagnostics
  ) -> [Int: [Record.Entry]] {
    let concerned = waiting.indices.filter { waiting[$0].table == path }
    if concerned.isEmpty { return [:] }
    let rows = Self.rowsByID(table)
    var cells: [Int: [Record.Entry]] = [:]
    for index in concerned {
      waiting[index].isUsed = true
      let one = waiting[index]
      guard let row = rows[one.row] ?? Self.number(one.row, below: table.rowCount) else {
        diagnostics.error(
          "table '\(table.file)' has no row '\(one.row)'", at: one.override.location,
          remedy: NearestName.suggestion(
            for: one.row, among: rows.keys.sorted(),
            otherwise: "write an id, or a number from 0 to \(table.rowCount - 1)"))
        continue
      }
      cells[row, default: []].append(
        Record.Entry(
          key: one.key, text: one.override.text, location: one.override.location,
          keyLocation: one.override.location))
    }
    return cells
  }

  /// Drops the overrides of a table that could not be read, which was reported elsewhere.
  public mutating func dismiss(table path: String) {
    waiting.removeAll { $0.table == path }
  }

  /// Appends each override that leads into a table which was never read.
  public func reportUnused(_ diagnostics: inout Diagnostics) {
    for one in waiting where !one.isUsed {
      diagnostics.error(
        "'\(one.table)' is not a list or table, so it has no element '\(one.row)'",
        at: one.override.location, remedy: "write \(one.table)=value to set the value itself")
    }
  }

  private static func rowsByID(_ table: CSVTable) -> [String: Int] {
    guard let column = table.column("id") else { return [:] }
    var rows: [String: Int] = [:]
    for row in 0..<table.rowCount {
      let id = table.cells(inRow: row)[column].text
      if rows[id] == nil { rows[id] = row }
    }
    return rows
  }

  private static func number(_ text: String, below count: Int) -> Int? {
    Int(text).flatMap { (0..<count).contains($0) ? $0 : nil }
  }

  // MARK: Walking the tree

  private enum Outcome {
    case applied
    case failed(problem: String, remedy: String)
    case table(String, row: String, key: String)
  }

  private static func set(_ node: inout TextNode, _ override: Override, step: Int) -> Outcome {
    guard step < override.steps.count else { return replace(&node, override) }
    switch override.steps[step] {
    case .key(let key): return setKey(key, of: &node, override, step: step)
    case .element(let selector): return setElement(selector, of: &node, override, step: step)
    }
  }

  private static func replace(_ node: inout TextNode, _ override: Override) -> Outcome {
    if node.entries != nil || node.elements != nil {
      return .failed(
        problem: "'\(Override.path(override.steps))' is \(node.sort), not a single value",
        remedy: node.entries.map { "add one of its keys: \(list($0.map(\.key)))" }
          ?? "add the element in brackets, by its id or its number")
    }
    node = scalar(override)
    return .applied
  }

  private static func setKey(
    _ key: String, of node: inout TextNode, _ override: Override, step: Int
  ) -> Outcome {
    if node.content == .null { node.content = .mapping([]) }
    guard var entries = node.entries else {
      return .failed(
        problem: "'\(Override.path(override.steps[..<step]))' is \(node.sort) and has no keys",
        remedy: node.elements == nil
          ? "end the path there" : "name an element in brackets, by its id or its number")
    }
    if let index = entries.firstIndex(where: { $0.key == key }) {
      // The tree must not hold a second reference to the entries while they change.
      node.content = .null
      let outcome = set(&entries[index].value, override, step: step + 1)
      node.content = .mapping(entries)
      return outcome
    }
    guard let value = chain(override, from: step + 1) else {
      return .failed(
        problem: "there is no '\(Override.path(override.steps[...step]))'",
        remedy: NearestName.suggestion(
          for: key, among: entries.map(\.key),
          otherwise: "write one of \(list(entries.map(\.key)))"))
    }
    entries.append(TextNode.Entry(key: key, keyLocation: override.location, value: value))
    node.content = .mapping(entries)
    return .applied
  }

  private static func setElement(
    _ selector: String, of node: inout TextNode, _ override: Override, step: Int
  ) -> Outcome {
    let path = Override.path(override.steps[..<step])
    if node.text != nil {
      guard case .key(let key)? = override.steps.dropFirst(step + 1).first,
        override.steps.count == step + 2
      else {
        return .failed(
          problem: "the path must end with one column after '\(path)[\(selector)]'",
          remedy: "write \(path)[\(selector)].column=value")
      }
      return .table(path, row: selector, key: key)
    }
    guard var elements = node.elements else {
      return .failed(
        problem: "'\(path)' is \(node.sort), not a list",
        remedy: node.entries.map { "write '.' and one of its keys: \(list($0.map(\.key)))" }
          ?? "write the list into the scenario first")
    }
    let ids = elements.map { $0["id"]?.text }
    guard
      let index = ids.firstIndex(of: selector) ?? number(selector, below: elements.count)
    else {
      return .failed(
        problem: "'\(path)' has no element '\(selector)'",
        remedy: NearestName.suggestion(
          for: selector, among: ids.compactMap(\.self),
          otherwise: "write an id, or a number below \(elements.count)"))
    }
    node.content = .null
    let outcome = set(&elements[index], override, step: step + 1)
    node.content = .sequence(elements)
    return outcome
  }

  /// Makes the mappings for the rest of a path that has only keys.
  private static func chain(_ override: Override, from step: Int) -> TextNode? {
    var value = scalar(override)
    for step in override.steps[step...].reversed() {
      guard case .key(let key) = step else { return nil }
      let entry = TextNode.Entry(key: key, keyLocation: override.location, value: value)
      value = TextNode(.mapping([entry]), at: override.location)
    }
    return value
  }

  private static func scalar(_ override: Override) -> TextNode {
    TextNode(.scalar(override.text, .plain), at: override.location)
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
