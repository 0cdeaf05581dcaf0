internal import BusbarHDF5

/// Rows of one growing dataset that wait in memory until a block of them is written.
final class RowBlock<Value: HDF5Scalar> {
  private let dataset: HDF5Dataset
  private let rowWidth: Int
  private let capacity: Int
  private var values: [Value] = []
  private var rows = 0

  init(_ dataset: HDF5Dataset, rowWidth: Int, capacity: Int) {
    self.dataset = dataset
    self.rowWidth = rowWidth
    self.capacity = capacity
    values.reserveCapacity(rowWidth * capacity)
  }

  /// Adds a row through a closure that appends exactly as many values as a row has.
  func append(_ add: (inout [Value]) -> Void) throws(HDF5Error) {
    add(&values)
    rows += 1
    precondition(values.count == rows * rowWidth, "A row has \(rowWidth) values.")
    if rows == capacity { try write() }
  }

  /// Writes what waits.
  func write() throws(HDF5Error) {
    guard rows > 0 else { return }
    // A span of a class's own array could outlive it, so the array is taken out for the call.
    var waiting: [Value] = []
    swap(&waiting, &values)
    try dataset.append(waiting.span, rows: rows)
    waiting.removeAll(keepingCapacity: true)
    swap(&waiting, &values)
    rows = 0
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

  func write() throws(HDF5Error) {
    switch self {
    case .single(let block): try block.write()
    case .double(let block): try block.write()
    }
  }
}
