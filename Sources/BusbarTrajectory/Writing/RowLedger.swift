internal import BusbarHDF5

/// All growing datasets of a result file: they are written, counted and cut back together.
///
/// Whoever makes a dataset through a `DatasetMaker` has it entered here, so that no table can be
/// forgotten when a checkpoint is taken or resumed.
final class RowLedger {
  /// How the datasets come about.
  private enum Origin {
    case created
    /// Reopened with the rows that each had at the checkpoint.
    case reopened([String: Int])
  }

  private let origin: Origin
  private var blocks: [any GrowingRows] = []
  /// What to cut back once every dataset has been found sound.
  private var cuts: [(dataset: HDF5Dataset, rows: Int)] = []
  /// The first dataset that is not as the checkpoint needs it, in words; nil while all are.
  private(set) var mismatch: String?

  /// Makes the ledger of a new file.
  init() { origin = .created }

  /// Makes the ledger of a file that goes on from a checkpoint.
  init(resumingAt counts: [RowCount]) {
    origin = .reopened(
      Dictionary(counts.map { ($0.path, $0.rows) }, uniquingKeysWith: { first, _ in first }))
  }

  /// Whether datasets are made anew.
  var isNew: Bool { if case .created = origin { true } else { false } }

  /// Enters a dataset and returns the rows that it has at the checkpoint, none in a new file.
  func enter(_ dataset: HDF5Dataset) -> Int {
    guard case .reopened(let counts) = origin else { return 0 }
    let present = dataset.shape[0]
    guard let rows = counts[dataset.path] else {
      note("the checkpoint does not know '\(dataset.path)'")
      return 0
    }
    guard rows <= present else {
      note("'\(dataset.path)' has \(present) rows, but the checkpoint was taken after \(rows)")
      return 0
    }
    cuts.append((dataset, rows))
    return rows
  }

  /// Adds the rows of a dataset that was entered.
  func add(_ block: any GrowingRows) { blocks.append(block) }

  /// Remembers the first thing that keeps the file from being resumed.
  func note(_ problem: String) { if mismatch == nil { mismatch = problem } }

  /// Drops the rows behind the checkpoint, after all datasets were found sound.
  func cutBack() throws(HDF5Error) {
    for cut in cuts { try cut.dataset.truncate(toRows: cut.rows) }
    cuts.removeAll()
  }

  /// Writes the rows that wait, of all datasets.
  func write() throws(HDF5Error) {
    for block in blocks { try block.write() }
  }

  /// The rows of each dataset, those that wait included, in the order of making.
  var counts: [RowCount] { blocks.map { RowCount(path: $0.path, rows: $0.count) } }
}

/// How many rows a growing dataset has.
struct RowCount: Codable, Sendable, Hashable {
  var path: String
  var rows: Int
}
