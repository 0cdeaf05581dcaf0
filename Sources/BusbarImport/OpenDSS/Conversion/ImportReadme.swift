/// What a person reads about an import.
enum ImportReadme {
  /// The readme of a scenario folder.
  static func text(_ circuit: DSSCircuit, _ notes: [ImportNote]) -> String {
    var text = """
      # \(circuit.name)

      Imported from OpenDSS files by `busbar import opendss`. Edit this folder freely: nothing
      refers back to the files below.

      ## Origin

      Licence and source of the data are those of these files, the first of which names the others:


      """
    let files = circuit.files.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    text += files.map { "- `\($0)`\n" }.joined()
    text += "\n"
    for kind in ImportNote.Kind.allCases {
      let all = notes.filter { $0.kind == kind }
      text += "## \(kind.rawValue.prefix(1).uppercased())\(kind.rawValue.dropFirst())\n\n"
      text += all.isEmpty ? "Nothing.\n" : ""
      text += all.map { "- `\($0.element)`: \($0.text).\n" }.joined()
      text += kind == .ignored ? "" : "\n"
    }
    return text
  }

  /// The notes as a table.
  static func report(_ notes: [ImportNote]) -> String {
    notes.reduce("kind,element,text\n") { table, note in
      let cells = [note.kind.rawValue, note.element, note.text].map(ScenarioTable.quoted)
      return table + cells.joined(separator: ",") + "\n"
    }
  }
}
