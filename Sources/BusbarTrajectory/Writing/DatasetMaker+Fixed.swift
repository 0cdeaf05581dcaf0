internal import BusbarHDF5

/// Datasets that do not change during a run.
extension DatasetMaker {
  /// A fixed list of labels that serves as a dimension's coordinate.
  func makeLabels(
    _ name: String, _ labels: [String], in group: HDF5Group, longName: String
  ) throws(HDF5Error) -> HDF5Dataset {
    let layout = DatasetLayout(.string, shape: [labels.count])
    let dataset = try dataset(name, in: group, layout) { (dataset) throws(HDF5Error) in
      try dataset.writeStrings(labels)
      try describe(dataset, unit: nil, longName: longName)
      try dataset.makeScale(named: name)
    }
    if !ledger.isNew, ledger.mismatch == nil, try dataset.readStrings() != labels {
      ledger.note("'\(dataset.path)' holds other labels than the scenario")
    }
    return dataset
  }

  /// A fixed text for each label of a dimension.
  func makeTexts(
    _ name: String, _ texts: [String], in group: HDF5Group, longName: String, along: HDF5Dataset
  ) throws(HDF5Error) {
    let layout = DatasetLayout(.string, shape: [texts.count])
    _ = try dataset(name, in: group, layout) { (dataset) throws(HDF5Error) in
      try dataset.writeStrings(texts)
      try describe(dataset, unit: nil, longName: longName)
      try attach([along], to: dataset)
    }
  }

  /// A fixed number for each label of a dimension; nil has no value.
  func makeNumbers(
    _ name: String, _ numbers: [Double?], in group: HDF5Group, unit: String, longName: String,
    along: HDF5Dataset
  ) throws(HDF5Error) {
    var layout = DatasetLayout(.float64, shape: [numbers.count])
    layout.fillValue = .real(MissingValue.number)
    _ = try dataset(name, in: group, layout) { (dataset) throws(HDF5Error) in
      let values = numbers.map { $0 ?? MissingValue.number }
      try dataset.write(values.span)
      try dataset.setAttribute("_FillValue", to: MissingValue.number)
      try describe(dataset, unit: unit, longName: longName)
      try attach([along], to: dataset)
    }
  }
}
