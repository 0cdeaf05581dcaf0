internal import BusbarHDF5

/// Makes the datasets of a result file with the attributes that CF and xarray expect.
struct DatasetMaker {
  let compressionLevel: Int
  let instantsPerBlock: Int

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
    let dataset = try group.makeDataset(name, layout)
    switch precision {
    case .single: try dataset.setAttribute("_FillValue", to: Float(MissingValue.number))
    case .double: try dataset.setAttribute("_FillValue", to: MissingValue.number)
    }
    try describe(dataset, unit: unit, longName: longName)
    try dataset.setAttribute("cell_methods", to: cellMethods)
    try attach([time] + axes, to: dataset)
    let rowWidth = widths.reduce(1, *)
    switch precision {
    case .single:
      return .single(RowBlock(dataset, rowWidth: rowWidth, capacity: instantsPerBlock))
    case .double:
      return .double(RowBlock(dataset, rowWidth: rowWidth, capacity: instantsPerBlock))
    }
  }

  /// A growing dataset of whole numbers, one for each row.
  func makeIntegers<Value: HDF5Scalar>(
    _ name: String, as type: Value.Type, in group: HDF5Group, unit: String?, longName: String,
    time: HDF5Dataset?, rowsPerChunk: Int? = nil
  ) throws(HDF5Error) -> (dataset: HDF5Dataset, block: RowBlock<Value>) {
    let rows = rowsPerChunk ?? instantsPerBlock
    let dataset = try group.makeDataset(
      name, layout(Value.elementType, [], rowsPerChunk: rows))
    try describe(dataset, unit: unit, longName: longName)
    if let time { try attach([time], to: dataset) }
    return (dataset, RowBlock(dataset, rowWidth: 1, capacity: rows))
  }

  /// The coordinate of a time dimension.
  func makeTime(
    _ name: String, in group: HDF5Group, unit: String, longName: String,
    rowsPerChunk: Int? = nil
  ) throws(HDF5Error) -> (dataset: HDF5Dataset, block: RowBlock<Int64>) {
    let made = try makeIntegers(
      name, as: Int64.self, in: group, unit: unit, longName: longName, time: nil,
      rowsPerChunk: rowsPerChunk)
    try made.dataset.setAttribute("calendar", to: "proleptic_gregorian")
    try made.dataset.setAttribute("standard_name", to: "time")
    try made.dataset.makeScale(named: name)
    return made
  }

  /// A fixed list of labels that serves as a dimension's coordinate.
  func makeLabels(
    _ name: String, _ labels: [String], in group: HDF5Group, longName: String
  ) throws(HDF5Error) -> HDF5Dataset {
    let dataset = try group.makeDataset(name, DatasetLayout(.string, shape: [labels.count]))
    try dataset.writeStrings(labels)
    try describe(dataset, unit: nil, longName: longName)
    try dataset.makeScale(named: name)
    return dataset
  }

  /// A fixed text for each label of a dimension.
  func makeTexts(
    _ name: String, _ texts: [String], in group: HDF5Group, longName: String, along: HDF5Dataset
  ) throws(HDF5Error) {
    let dataset = try group.makeDataset(name, DatasetLayout(.string, shape: [texts.count]))
    try dataset.writeStrings(texts)
    try describe(dataset, unit: nil, longName: longName)
    try attach([along], to: dataset)
  }

  /// A fixed number for each label of a dimension; nil has no value.
  func makeNumbers(
    _ name: String, _ numbers: [Double?], in group: HDF5Group, unit: String, longName: String,
    along: HDF5Dataset
  ) throws(HDF5Error) {
    var layout = DatasetLayout(.float64, shape: [numbers.count])
    layout.fillValue = .real(MissingValue.number)
    let dataset = try group.makeDataset(name, layout)
    let values = numbers.map { $0 ?? MissingValue.number }
    try dataset.write(values.span)
    try dataset.setAttribute("_FillValue", to: MissingValue.number)
    try describe(dataset, unit: unit, longName: longName)
    try attach([along], to: dataset)
  }

  /// Adds the CF attributes that give small integers their names.
  func setFlags(_ names: [String], on dataset: HDF5Dataset) throws(HDF5Error) {
    try dataset.setAttribute("flag_values", to: names.indices.map { Int8($0) })
    try dataset.setAttribute("flag_meanings", to: names.joined(separator: " "))
  }

  private func describe(
    _ dataset: HDF5Dataset, unit: String?, longName: String
  ) throws(HDF5Error) {
    if let unit { try dataset.setAttribute("units", to: unit) }
    try dataset.setAttribute("long_name", to: longName)
  }

  private func attach(_ scales: [HDF5Dataset], to dataset: HDF5Dataset) throws(HDF5Error) {
    for (dimension, scale) in scales.enumerated() {
      try dataset.attachScale(scale, dimension: dimension)
    }
  }
}
