internal import BusbarHDF5

/// Makes the datasets of a result file with the attributes that CF and xarray expect.
///
/// Also reopens them to resume a run, by the same calls: a dataset that is there already is checked
/// against what would be made, so that the two ways cannot drift apart.
struct DatasetMaker {
  let compressionLevel: Int
  let instantsPerBlock: Int
  /// Where the growing datasets are entered.
  let ledger: RowLedger

  /// The same maker with another length of blocks.
  func with(instantsPerBlock: Int) -> DatasetMaker {
    DatasetMaker(
      compressionLevel: compressionLevel, instantsPerBlock: instantsPerBlock, ledger: ledger)
  }

  /// Makes or reopens a group.
  func group(_ name: String, in parent: HDF5Group) throws(HDF5Error) -> HDF5Group {
    try ledger.isNew ? parent.makeGroup(name) : parent.group(name)
  }

  /// Makes a dataset and describes it, or reopens and checks it.
  func dataset(
    _ name: String, in group: HDF5Group, _ layout: DatasetLayout,
    describing describe: (HDF5Dataset) throws(HDF5Error) -> Void
  ) throws(HDF5Error) -> HDF5Dataset {
    guard !ledger.isNew else {
      let dataset = try group.makeDataset(name, layout)
      try describe(dataset)
      return dataset
    }
    let dataset = try group.dataset(name)
    let fixed = layout.growth == .rows ? 1 : 0
    if dataset.elementType != layout.elementType
      || dataset.shape.dropFirst(fixed) != layout.shape.dropFirst(fixed)
    {
      ledger.note(
        "'\(dataset.path)' is \(dataset.elementType.rawValue) of shape \(dataset.shape), not "
          + "\(layout.elementType.rawValue) of shape \(layout.shape)")
    }
    return dataset
  }

  /// Numbers of one chunk along the elements; a bus of a year is read from few of them.
  private static let elementsPerChunk = 256

  private func layout(
    _ type: HDF5ElementType, _ widths: [Int], rowsPerChunk: Int
  ) -> DatasetLayout {
    var chunk = [rowsPerChunk]
    for (dimension, width) in widths.enumerated() {
      let tiles = dimension == 0 ? max(1, (width - 1) / Self.elementsPerChunk + 1) : 1
      chunk.append(max(1, (width - 1) / tiles + 1))
    }
    var layout = DatasetLayout(type, shape: [0] + widths, growth: .rows, chunk: chunk)
    if compressionLevel > 0 { layout.compression = .deflate(level: compressionLevel) }
    return layout
  }

  /// A growing dataset of reals whose rows hang on a time scale and on scales for its elements.
  func makeReals(
    _ name: String, in group: HDF5Group, unit: String, longName: String,
    precision: RecordingOptions.Precision, time: HDF5Dataset, axes: [HDF5Dataset],
    cellMethods: String = "time: point"
  ) throws(HDF5Error) -> RealBlock {
    let widths = axes.map { $0.shape[0] }
    let type: HDF5ElementType = precision == .single ? .float32 : .float64
    var layout = layout(type, widths, rowsPerChunk: instantsPerBlock)
    layout.fillValue = .real(MissingValue.number)
    let dataset = try dataset(name, in: group, layout) { (dataset) throws(HDF5Error) in
      switch precision {
      case .single: try dataset.setAttribute("_FillValue", to: Float(MissingValue.number))
      case .double: try dataset.setAttribute("_FillValue", to: MissingValue.number)
      }
      try describe(dataset, unit: unit, longName: longName)
      try dataset.setAttribute("cell_methods", to: cellMethods)
      try attach([time] + axes, to: dataset)
    }
    let rowWidth = widths.reduce(1, *)
    return switch precision {
    case .single: .single(block(dataset, rowWidth: rowWidth, capacity: instantsPerBlock))
    case .double: .double(block(dataset, rowWidth: rowWidth, capacity: instantsPerBlock))
    }
  }

  /// The rows of a growing dataset, entered in the ledger.
  private func block<Value: HDF5Scalar>(
    _ dataset: HDF5Dataset, rowWidth: Int, capacity: Int
  ) -> RowBlock<Value> {
    let block = RowBlock<Value>(
      dataset, rowWidth: rowWidth, capacity: capacity, stored: ledger.enter(dataset))
    ledger.add(block)
    return block
  }

  /// A growing dataset of whole numbers, one for each row.
  func makeIntegers<Value: HDF5Scalar>(
    _ name: String, as type: Value.Type, in group: HDF5Group, unit: String?, longName: String,
    time: HDF5Dataset?, flags: [String] = [], rowsPerChunk: Int? = nil,
    describing describeFurther: (HDF5Dataset) throws(HDF5Error) -> Void = { _ in }
  ) throws(HDF5Error) -> (dataset: HDF5Dataset, block: RowBlock<Value>) {
    let rows = rowsPerChunk ?? instantsPerBlock
    let layout = layout(Value.elementType, [], rowsPerChunk: rows)
    let dataset = try dataset(name, in: group, layout) { (dataset) throws(HDF5Error) in
      try describe(dataset, unit: unit, longName: longName)
      if !flags.isEmpty { try setFlags(flags, on: dataset) }
      try describeFurther(dataset)
      if let time { try attach([time], to: dataset) }
    }
    return (dataset, block(dataset, rowWidth: 1, capacity: rows))
  }

  /// The coordinate of a time dimension.
  func makeTime(
    _ name: String, in group: HDF5Group, unit: String, longName: String,
    rowsPerChunk: Int? = nil
  ) throws(HDF5Error) -> (dataset: HDF5Dataset, block: RowBlock<Int64>) {
    try makeIntegers(
      name, as: Int64.self, in: group, unit: unit, longName: longName, time: nil,
      rowsPerChunk: rowsPerChunk
    ) { (dataset) throws(HDF5Error) in
      try dataset.setAttribute("calendar", to: "proleptic_gregorian")
      try dataset.setAttribute("standard_name", to: "time")
      try dataset.makeScale(named: name)
    }
  }

  /// Adds the CF attributes that give small integers their names.
  private func setFlags(_ names: [String], on dataset: HDF5Dataset) throws(HDF5Error) {
    try dataset.setAttribute("flag_values", to: names.indices.map { Int8($0) })
    try dataset.setAttribute("flag_meanings", to: names.joined(separator: " "))
  }

  func describe(
    _ dataset: HDF5Dataset, unit: String?, longName: String
  ) throws(HDF5Error) {
    if let unit { try dataset.setAttribute("units", to: unit) }
    try dataset.setAttribute("long_name", to: longName)
  }

  func attach(_ scales: [HDF5Dataset], to dataset: HDF5Dataset) throws(HDF5Error) {
    for (dimension, scale) in scales.enumerated() {
      try dataset.attachScale(scale, dimension: dimension)
    }
  }
}
