/// The README of an imported grid: origin, licence, choices, and what became of each table.
struct SimBenchReadme {
  let name: String
  let notes: [ImportNote]

  init(_ name: String, _ notes: [ImportNote]) {
    self.name = name
    self.notes = notes
  }

  var text: String {
    let lists = [
      ("Translated", ImportNote.Kind.translated), ("Approximated", .approximated),
      ("Ignored", .ignored),
    ].map { title, kind in
      let items = notes.filter { $0.kind == kind }.map { "- **\($0.element)**: \($0.text)\n" }
      return "## \(title)\n\n" + (items.isEmpty ? "Nothing.\n" : items.joined())
    }
    return Self.head(name) + lists.joined(separator: "\n")
  }

  private static func head(_ name: String) -> String {
    """
    # SimBench \(name)

    Made by `busbar import simbench` from the CSV tables of the SimBench grid `\(name)`.

    ## Origin and licence

    SimBench is a data set of the University of Kassel, TU Dortmund, RWTH Aachen University and
    Fraunhofer IEE (<https://simbench.net>): S. Meinecke et al., "SimBench - A benchmark dataset of
    electric power systems to compare innovative solutions based on power flow analysis",
    Energies 13 (2020) 3290, <https://doi.org/10.3390/en13123290>.

    The database is available under the Open Database License (ODbL) 1.0,
    <https://opendatacommons.org/licenses/odbl/1-0/>; rights in its contents are licensed under the
    Database Contents License (DbCL) 1.0, <https://opendatacommons.org/licenses/dbcl/1-0/>. The
    tables in this folder are a derived database: who passes them on names SimBench as their source
    and keeps them under the ODbL.

    ## Choices

    - **Zero sequence.** SimBench has none. Lines have Z0 = Z1 and C0 = C1. Results are right while
      the three phases are loaded equally; for unbalanced studies put in real values.
    - **Balance.** Every element uses three phases. Unbalance is yours to put in: give a customer or a
      load other `phases`.
    - **Source.** An ideal voltage, without a short-circuit impedance.
    - **Lines.** The charging `b` became capacitances at 50 Hz.
    - **Transformers.** R from pCu, X from vmImp and R, the no-load branch from pFe and iNoLoad in the
      middle of the leakage (T equivalent circuit), taps on the high-voltage side. They stay put.
    - **Signs.** A positive power is drawn from the grid, so RES are negative here.
    - **Reactive power.** Loads follow their own `_qload` profile; that of RES and storages is
      constant.
    - **Time.** Row n of the profiles holds during step n from the start, in local time of Germany.
    - **Meters.** None; add a column `meter` to `customers.csv`.


    """
  }
}
