internal import BusbarMessaging
internal import BusbarTrajectory
internal import BusbarUnits

/// The reference of `scenario.yaml` in Markdown, made from the declarations that decode it.
///
/// It says of each key what its values are, between which limits, what holds without it, and what
/// it means: the same declarations as the decoder, its diagnostics and `ScenarioSchema`.
public enum ScenarioReference {
  /// Returns the article for the devices of a catalogue.
  public static func text(for catalog: Catalog) -> String {
    let chapters = ScenarioChapter.all(for: catalog)
    return ([head] + chapters.map(text) + [units(of: chapters)]).joined(separator: "\n\n") + "\n"
  }

  private static let head = """
    # Scenario reference

    Every key of a scenario: its values, its limits, its default and its meaning.

    This page is what `busbar schema --markdown` prints. A key that is not on it is an error, and so
    is a value outside its limits; both are answered with what is allowed.

    ## How values are written

    A quantity is a number with a unit, as in `length: 80 m`, or a bare number under a key that ends
    in the unit, as in `length_m: 80`; the units and the endings stand at the end of this page. In a
    table, the first row of the CSV file names the keys, and an empty cell is a key that is left
    out.
    """

  private static func text(_ chapter: ScenarioChapter) -> String {
    let title = chapter.path.isEmpty ? "The top of the file" : chapter.path
    guard let declaration = chapter.declaration else {
      if case .values(let meaning) = chapter.form { return values(title, meaning, chapter.path) }
      preconditionFailure("A chapter has a declaration, or the meaning of plain values.")
    }
    let written =
      switch chapter.form {
      case .keys, .values: ""
      case .table: " A list, or the name of a CSV file."
      case .list: " A list."
      }
    let isOfClasses = declaration == LinkClassRecord.declaration
    let rows = declaration.fields.map { field in
      "| `\(field.name)` | \(field.valueWords) | \(field.defaultWords) | \(field.documentation) |"
    }
    return """
      ## \(title)

      \(declaration.documentation)\(written)

      | Key | Values | Default | Meaning |
      | --- | --- | --- | --- |
      \(rows.joined(separator: "\n"))
      """ + (isOfClasses ? "\n\n" + standardClasses : "")
  }

  /// The classes of links that need no declaration.
  private static var standardClasses: String {
    let rows = LinkClass.standard.map { linkClass in
      "| `\(linkClass.name)` | \(plainDecimal(linkClass.medianMilliseconds().rounded())) ms "
        + "| \(plainDecimal(linkClass.loss)) | \(linkClass.source) |"
    }
    return """
      These classes are there without being declared. The latency is the median for an empty message,
      one way, or until the protocol's own confirmation has come back where it has one.

      | Class | Latency | Loss | Source of its figures |
      | --- | --- | --- | --- |
      \(rows.joined(separator: "\n"))
      """
  }

  private static func values(_ title: String, _ meaning: String, _ path: String) -> String {
    let isVariables = path.hasSuffix(".\(RecordingRecord.variables)")
    let names = TrajectoryVariable.all.map { "- `\($0.name)`, \($0.unit): \($0.longName)" }
    return "## \(title)\n\n\(meaning) A list."
      + (isVariables ? "\n\n" + names.joined(separator: "\n") : "")
  }

  /// The dimensions of all fields by their names, each with its units and the endings of its keys.
  private static func units(of chapters: [ScenarioChapter]) -> String {
    let fields = chapters.flatMap { $0.declaration?.fields ?? [] }
    let dimensions = Set(fields.compactMap(\.kind.dimension)).sorted { $0.name < $1.name }
    let rows = dimensions.map { dimension in
      let units = dimension.units.map { unit in
        let symbol = unit.symbol.isEmpty ? "no unit" : "`\(unit.symbol)`"
        return unit.keySuffix.isEmpty ? symbol : "\(symbol) or `_\(unit.keySuffix)`"
      }
      return "| \(dimension.name) | \(units.joined(separator: ", ")) |"
    }
    return """
      ## Units

      | Values | Units, each with the ending of the key of a bare number |
      | --- | --- |
      \(rows.joined(separator: "\n"))
      """
  }
}
