internal import BusbarHDF5

/// The files that defined the run, as bytes in the group `inputs`, each content once.
enum InputTables {
  static func write(_ inputs: [Provenance.InputFile], to root: HDF5Group) throws(HDF5Error) {
    let group = try root.makeGroup("inputs")
    var written: Set<String> = []
    var listing: [String] = []
    for input in inputs {
      let digest = SHA256Digest.hex(of: input.bytes)
      listing.append("\(digest)  \(input.name)")
      guard written.insert(digest).inserted else { continue }
      var layout = DatasetLayout(.uint8, shape: [input.bytes.count])
      if input.bytes.count > 1_024 { layout.compression = .deflate(level: 1) }
      let dataset = try group.makeDataset(digest, layout)
      try dataset.write(input.bytes.span)
      try dataset.setAttribute("long_name", to: input.name)
      // A dimension of its own, so that readers of the whole tree need not invent one.
      try dataset.makeScale(named: digest)
    }
    // In the manner of sha256sum, so that a user can check the files of a folder.
    try group.setAttribute("sha256", to: listing.joined(separator: "\n"))
  }

  /// Reads the files back; throws when one does not agree with its digest.
  static func read(
    from root: HDF5Group, _ path: String
  ) throws -> [Provenance.InputFile] {
    let group = try root.group("inputs")
    var inputs: [Provenance.InputFile] = []
    for line in try group.textAttribute("sha256").split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      guard parts.count == 2 else {
        throw TrajectoryError.cannotRead(path: path, reason: "its list of inputs is damaged.")
      }
      let name = String(parts[1].drop { $0 == " " })
      let bytes = try group.dataset(String(parts[0])).read(as: UInt8.self)
      guard SHA256Digest.hex(of: bytes) == parts[0] else {
        throw TrajectoryError.cannotRead(
          path: path, reason: "its input '\(name)' does not agree with its digest.")
      }
      inputs.append(.init(name: name, bytes: bytes))
    }
    return inputs
  }
}
