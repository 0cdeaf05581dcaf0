internal import BusbarHDF5

/// A dataset that grows by rows, whatever their type.
protocol GrowingRows: AnyObject {
  /// The path of the dataset inside the file.
  var path: String { get }
  /// The rows in the file and those that wait to be written.
  var count: Int { get }
  /// Writes the rows that wait.
  func write() throws(HDF5Error)
}

/// Rows of one growing dataset that wait in memory until a block of them is written.
///
/// Blocks end where the chunks of the dataset do, also after an earlier write of fewer rows.
final class RowBlock<Value: HDF5Scalar>: GrowingRows {
  private let dataset: HDF5Dataset
  private let rowWidth: Int
  private let capacity: Int
  private var values: [Value] = []
  private var waiting = 0
  private var stored: Int

  /// Makes an empty block behind the rows that are in the file already.
  init(_ dataset: HDF5Dataset, rowWidth: Int, capacity: Int, stored: Int) {
    self.dataset = dataset
    self.rowWidth = rowWidth
    self.capacity = capacity
    self.stored = stored
    values.reserveCapacity(rowWidth * capacity)
  }

  var path: String { dataset.path }
  var count: Int { stored + waiting }

  /// Adds a row through a closure that appends exactly as many values as a row has.
  func append(_ add: (inout [Value]) -> Void) throws(HDF5Error) {
    add(&values)
    waiting += 1
    precondition(values.count == waiting * rowWidth, "A row has \(rowWidth) values.")
    if count.isMultiple(of: capacity) { try write() }
  }

  func write() throws(HDF5Error) {
    guard waiting > 0 else { return }
    // A span of a class's own array could outlive it, so the array is taken out for the call.
    var rows: [Value] = []
    swap(&rows, &values)
    try dataset.append(rows.span, rows: waiting)
    rows.removeAll(keepingCapacity: true)
    swap(&rows, &values)
    stored += waiting
    waiting = 0
  }
}

/// A block of real rows, stored in the precision that the options name.
enum RealBlock {
  case single(RowBlock<Float>)
  case double(RowBlock<Double>)

  func append(_ row: [Double]) throws(HDF5Error) {
    switch self {
    case .single(let block):
      try block.append { values in
        for value in row { values.append(Float(value)) }
      }
    case .double(let block):
      try block.append { $0.append(contentsOf: row) }
    }
  }
}
