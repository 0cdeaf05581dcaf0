public import BusbarUnits

/// All that the reading of one scenario shares: its folder, its overrides and the faults found.
public struct ScenarioInput: Sendable {
  /// The folder, with the files that were read.
  public private(set) var folder: ScenarioFolder
  /// The arguments of `--set`, with what was made of them.
  public private(set) var overrides: Overrides
  /// The faults found so far.
  public var diagnostics: Diagnostics

  /// Prepares to read a folder with the arguments of `--set`; nothing is read yet.
  public init(_ folder: ScenarioFolder, overrides arguments: [String] = []) {
    self.folder = folder
    diagnostics = Diagnostics()
    overrides = Overrides(arguments: arguments, &diagnostics)
  }

  /// Reads a structured file and applies the overrides to it.
  public mutating func document(_ name: String = "scenario.yaml") -> TextNode? {
    guard let bytes = folder.read(name, writtenAt: SourceLocation(file: name), &diagnostics),
      var root = TextNode.yaml(bytes, file: name, &diagnostics)
    else { return nil }
    overrides.apply(to: &root, &diagnostics)
    return root
  }

  /// Reads the table that a node names.
  public mutating func table(namedBy node: TextNode) -> CSVTable? {
    guard let name = node.singleText(&diagnostics),
      let bytes = folder.read(name, writtenAt: node.location, &diagnostics)
    else { return nil }
    return CSVTable(bytes, file: name, &diagnostics)
  }

  /// Reads records from a list of mappings, or from the table that the node names.
  ///
  /// `path` is the node's own path, such as `network.lines`, by which overrides find the rows of
  /// its table. Returns `nil` if any record has a fault, after all of them were reported.
  public mutating func records(
    of declaration: RecordDeclaration, in node: TextNode, path: String
  ) -> [DecodedRecord]? {
    let decoder = RecordDecoder(declaration)
    if node.text != nil {
      guard let table = table(namedBy: node) else {
        overrides.dismiss(table: path)
        return nil
      }
      let cells = overrides.cells(ofTable: path, table, &diagnostics)
      return decoder.decode(table, overrides: cells, &diagnostics)
    }
    guard let elements = node.elements else {
      diagnostics.error(
        "\(node.sort) stands where records of \(declaration.name) are expected", at: node.location,
        remedy: "write a list of mappings, or the name of a CSV file")
      return nil
    }
    let decoded = elements.compactMap { element in
      element.record(&diagnostics).flatMap { decoder.decode($0, &diagnostics) }
    }
    return decoded.count == elements.count ? decoded : nil
  }

  /// Reads one record from a mapping; `excluded` keys are left to the caller.
  public mutating func record(
    of declaration: RecordDeclaration, in node: TextNode, excluding excluded: Set<String> = []
  ) -> DecodedRecord? {
    node.record(excluding: excluded, &diagnostics)
      .flatMap { RecordDecoder(declaration).decode($0, &diagnostics) }
  }

  /// Reports what only the end can tell: overrides that found nothing to replace.
  public mutating func finish() {
    overrides.reportUnused(&diagnostics)
  }
}
