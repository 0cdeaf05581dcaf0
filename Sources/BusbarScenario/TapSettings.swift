internal import BusbarGrid
internal import BusbarUnits

/// Tap positions that replace those of a scenario, such as the final ones of another program.
///
/// A table with the columns `transformer`, `winding` (from 1) and `tap_pu`, the turns relative to
/// the rated ones; further columns are ignored.
public struct TapSettings: Sendable {
  private struct Setting: Sendable {
    var transformer: String
    var winding: Int
    var turns: Double
    var location: SourceLocation
  }

  private var settings: [Setting] = []

  /// Reads a table, or appends all its faults and returns nil.
  public init?(_ bytes: [UInt8], file: String, _ diagnostics: inout Diagnostics) {
    guard let table = CSVTable(bytes, file: file, &diagnostics) else { return nil }
    let names = ["transformer", "winding", "tap_pu"]
    let columns = names.map { table.column($0) }
    for (name, column) in zip(names, columns) where column == nil {
      diagnostics.error(
        "the column '\(name)' is missing", at: SourceLocation(file: file),
        remedy: "add the column; a table of taps has transformer, winding and tap_pu")
    }
    guard let transformer = columns[0], let winding = columns[1], let tap = columns[2] else {
      return nil
    }
    var isSound = true
    for row in 0..<table.rowCount {
      let cells = table.cells(inRow: row)
      guard let number = Int(cells[winding].text), number >= 1 else {
        isSound = false
        diagnostics.error(
          "'\(cells[winding].text)' is not the number of a winding", at: cells[winding].location,
          remedy: "write 1 for the first winding, 2 for the second")
        continue
      }
      guard let turns = Double(cells[tap].text), turns.isFinite, (0.1...10).contains(turns) else {
        isSound = false
        diagnostics.error(
          "'\(cells[tap].text)' is no tap", at: cells[tap].location,
          remedy: "write the turns relative to the rated ones, from 0.1 to 10, such as 1.0125")
        continue
      }
      settings.append(
        Setting(
          transformer: cells[transformer].text, winding: number, turns: turns,
          location: cells[transformer].location))
    }
    guard isSound else { return nil }
  }

  /// Sets the turns of a grid's windings; reports transformers and windings that are not there.
  ///
  /// A name is looked up as it is, then without regard to case. A tap changer that can reach the
  /// tap keeps its range; another one is left out, so that the winding stays as it is set.
  func apply(to grid: inout Grid, _ diagnostics: inout Diagnostics) {
    let exact = Dictionary(
      grid.transformers.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let folded = Dictionary(
      grid.transformers.enumerated().map { ($1.id.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first })
    for setting in settings {
      guard
        let place = exact[setting.transformer] ?? folded[setting.transformer.lowercased()]
      else {
        let names = grid.transformers.map(\.id)
        diagnostics.error(
          "there is no transformer '\(setting.transformer)'", at: setting.location,
          remedy: NearestName.of(setting.transformer, among: names).map { "write '\($0)'" }
            ?? "name a transformer of the scenario")
        continue
      }
      let winding = setting.winding - 1
      guard grid.transformers[place].windings.indices.contains(winding) else {
        diagnostics.error(
          "transformer '\(setting.transformer)' has no winding \(setting.winding)",
          at: setting.location,
          remedy: "write a number from 1 to \(grid.transformers[place].windings.count)")
        continue
      }
      Self.set(&grid.transformers[place].windings[winding], to: setting.turns)
    }
  }

  private static func set(_ winding: inout Winding, to turns: Double) {
    if let changer = winding.tapChanger, changer.step > .zero {
      let steps = (turns - winding.turns.perUnit) / changer.step.perUnit
      // Tables of taps are written with some twelve digits.
      if abs(steps - steps.rounded()) < 1e-6, abs(steps) < 1e6,
        changer.range.contains(Int(steps.rounded()))
      {
        winding.tapChanger?.initialPosition = Int(steps.rounded())
        return
      }
    }
    winding.turns = .perUnit(turns)
    winding.tapChanger = nil
  }
}
