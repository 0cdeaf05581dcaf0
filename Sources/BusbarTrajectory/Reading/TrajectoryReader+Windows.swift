public import BusbarEvents
internal import BusbarHDF5

/// Parts of a variable as numbers, for pictures and analyses that cannot hold all of it.
extension TrajectoryReader {
  /// The clock of the run: its start and its zone.
  public var clock: ResultClock {
    get throws(TrajectoryError) { try ResultClock(self) }
  }

  /// The instants of a variable's rows, in ascending order.
  ///
  /// Throws when its first dimension is not time.
  public func instants(of variable: StoredVariable) throws(TrajectoryError) -> [SimulationTime] {
    let path = self.path
    let name = variable.dimensions.first ?? ""
    let scalePath = variable.group.isEmpty ? name : variable.group + "/" + name
    guard let scale = variables.first(where: { $0.path == scalePath }),
      scale.unit?.hasPrefix("milliseconds since ") == true
    else {
      throw .cannotRead(path: path, reason: "'\(variable.path)' is not a series over time.")
    }
    return try reading { () throws(HDF5Error) in
      try file.root.dataset(scalePath).read(as: Int64.self)
    }.map { SimulationTime(milliseconds: $0) }
  }

  /// The values of a variable of numbers within a range of each of its dimensions.
  ///
  /// Costs the chunks that the window touches: one element of a long run is read quickly.
  public func window(
    of variable: StoredVariable, _ ranges: [Range<Int>]
  ) throws(TrajectoryError) -> ValueWindow {
    let path = self.path
    guard variable.type != HDF5ElementType.string.rawValue else {
      throw .cannotRead(path: path, reason: "'\(variable.path)' holds texts, not numbers.")
    }
    let values = try reading { () throws(HDF5Error) -> [Double] in
      let dataset = try file.root.dataset(variable.path)
      switch dataset.elementType {
      case .float32:
        let missing = Float(MissingValue.number)
        return try dataset.read(window: ranges, as: Float.self).map {
          $0 == missing ? MissingValue.number : Double($0)
        }
      case .float64: return try dataset.read(window: ranges, as: Double.self)
      case .int8: return try dataset.read(window: ranges, as: Int8.self).map(Double.init)
      case .uint8: return try dataset.read(window: ranges, as: UInt8.self).map(Double.init)
      case .int32: return try dataset.read(window: ranges, as: Int32.self).map(Double.init)
      case .int64: return try dataset.read(window: ranges, as: Int64.self).map(Double.init)
      case .string: preconditionFailure("Texts were refused above.")
      }
    }
    return ValueWindow(shape: ranges.map(\.count), values: values)
  }

  /// What a variable is, in words; nil when the file does not say.
  public func longName(of variable: StoredVariable) throws(TrajectoryError) -> String? {
    try text("long_name", of: variable)
  }

  /// A text attribute of a variable, such as CF's `cell_methods`; nil when it has none.
  public func text(
    _ attribute: String, of variable: StoredVariable
  ) throws(TrajectoryError) -> String? {
    try reading { () throws(HDF5Error) in
      let dataset = try file.root.dataset(variable.path)
      return try dataset.hasAttribute(attribute) ? dataset.textAttribute(attribute) : nil
    }
  }

  /// The words for the values of a variable of codes, by value; empty when it is none.
  public func flags(
    of variable: StoredVariable
  ) throws(TrajectoryError) -> [Int64: String] {
    try LogColumn(variable.path, in: self).flags()
  }

  /// The attributes of the root or of a group, in their order; those of other types are left out.
  public func attributes(ofGroup group: String = "") throws(TrajectoryError) -> [StoredAttribute] {
    try reading { () throws(HDF5Error) in
      let object = group.isEmpty ? file.root : try file.root.group(group)
      var attributes: [StoredAttribute] = []
      for name in try object.attributeNames() {
        if let text = try? object.textAttribute(name) {
          attributes.append(StoredAttribute(name: name, value: .text(text)))
        } else if let number = try? object.attribute(name, as: Int64.self) {
          attributes.append(StoredAttribute(name: name, value: .integer(number)))
        } else if let number = try? object.attribute(name, as: Double.self) {
          attributes.append(StoredAttribute(name: name, value: .real(number)))
        }
      }
      return attributes
    }
  }

  /// Whether the file has a dataset at a path.
  public func has(_ path: String) -> Bool { variables.contains { $0.path == path } }

  /// All texts of a dataset; empty when the file lacks it.
  public func texts(_ path: String) throws(TrajectoryError) -> [String] {
    guard let variable = variables.first(where: { $0.path == path }) else { return [] }
    return try texts(of: variable, rows: 0..<(variable.shape.first ?? 0))
  }

  private func reading<Result>(
    _ body: () throws(HDF5Error) -> Result
  ) throws(TrajectoryError) -> Result {
    do {
      return try body()
    } catch {
      throw .reading(path, error)
    }
  }
}

/// An attribute of a result file.
public struct StoredAttribute: Sendable, Hashable {
  /// What an attribute holds.
  public enum Value: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case real(Double)
  }

  /// The name.
  public let name: String
  /// What it holds.
  public let value: Value
}
