internal import BusbarHDF5

/// One column of whole numbers of a long table, read in pieces as its rows are asked for.
///
/// Keeps the last few pieces in memory, so that a search and a walk back through the rows read
/// little of a log of any length.
final class LogColumn {
  /// The number of rows.
  let count: Int
  private let dataset: HDF5Dataset
  private let file: String
  /// The pieces in memory, the one used last in front.
  private var pieces: [(number: Int, values: [Int64])] = []

  private static let rowsPerPiece = 4_096
  private static let piecesKept = 4

  /// Opens a column by its path inside the file.
  init(_ path: String, in reader: TrajectoryReader) throws(TrajectoryError) {
    file = reader.path
    do {
      dataset = try reader.file.root.dataset(path)
    } catch {
      throw .reading(reader.path, error)
    }
    count = dataset.shape.first ?? 0
  }

  /// The value of a row.
  func value(at row: Int) throws(TrajectoryError) -> Int64 {
    precondition((0..<count).contains(row), "A row lies within its column.")
    let number = row / Self.rowsPerPiece
    let place = row % Self.rowsPerPiece
    if let first = pieces.first, first.number == number { return first.values[place] }
    if let known = pieces.firstIndex(where: { $0.number == number }) {
      pieces.swapAt(0, known)
    } else {
      if pieces.count == Self.piecesKept { pieces.removeLast() }
      pieces.insert((number, try readPiece(number)), at: 0)
    }
    return pieces[0].values[place]
  }

  private func readPiece(_ number: Int) throws(TrajectoryError) -> [Int64] {
    let start = number * Self.rowsPerPiece
    let rows = start..<min(start + Self.rowsPerPiece, count)
    do {
      switch dataset.elementType {
      case .int8: return try dataset.read(rows: rows, as: Int8.self).map(Int64.init)
      case .int32: return try dataset.read(rows: rows, as: Int32.self).map(Int64.init)
      default: return try dataset.read(rows: rows, as: Int64.self)
      }
    } catch {
      throw .reading(file, error)
    }
  }

  /// The first row whose value lies above `value`, in a column that ascends; O(log n) values read.
  ///
  /// `rows` bounds the search where a table's columns differ in length.
  func firstRow(above value: Int64, of rows: Int) throws(TrajectoryError) -> Int {
    var low = 0
    var high = rows
    while low < high {
      let middle = (low + high) / 2
      if try self.value(at: middle) > value { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The words of the CF flags of a column by their values; empty when it has none.
  func flags() throws(TrajectoryError) -> [Int64: String] {
    do {
      guard try dataset.hasAttribute("flag_meanings") else { return [:] }
      let values = try dataset.attributes("flag_values", as: Int8.self).map(Int64.init)
      let words = try dataset.textAttribute("flag_meanings").split(separator: " ").map(String.init)
      return Dictionary(zip(values, words), uniquingKeysWith: { first, _ in first })
    } catch {
      throw .reading(file, error)
    }
  }

  /// The lines of a text attribute; empty when there is none.
  func lines(ofAttribute name: String) throws(TrajectoryError) -> [String] {
    do {
      guard try dataset.hasAttribute(name) else { return [] }
      let text = try dataset.textAttribute(name)
      return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    } catch {
      throw .reading(file, error)
    }
  }
}
