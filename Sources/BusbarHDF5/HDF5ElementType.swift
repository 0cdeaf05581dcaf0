internal import CHDF5

/// What one element of a dataset or attribute is.
public enum HDF5ElementType: String, Sendable, Hashable, CaseIterable {
  case int8
  case uint8
  case int32
  case int64
  case float32
  case float64
  /// UTF-8 text of any length.
  case string

  /// The types in files, of which the first is written: little-endian on every machine.
  var fileTypes: [Int64] {
    switch self {
    case .int8: [CHDF5_int8LE(), CHDF5_int8BE()]
    case .uint8: [CHDF5_uint8LE(), CHDF5_uint8BE()]
    case .int32: [CHDF5_int32LE(), CHDF5_int32BE()]
    case .int64: [CHDF5_int64LE(), CHDF5_int64BE()]
    case .float32: [CHDF5_float32LE(), CHDF5_float32BE()]
    case .float64: [CHDF5_float64LE(), CHDF5_float64BE()]
    case .string: []
    }
  }

  /// The type of Swift's values in memory.
  var memoryType: Int64 {
    switch self {
    case .int8: CHDF5_nativeInt8()
    case .uint8: CHDF5_nativeUInt8()
    case .int32: CHDF5_nativeInt32()
    case .int64: CHDF5_nativeInt64()
    case .float32: CHDF5_nativeFloat()
    case .float64: CHDF5_nativeDouble()
    case .string: preconditionFailure("Strings have no type of fixed size")
    }
  }

  /// Recognises a type of HDF5, of either byte order; `nil` if it is none of these.
  init?(type: Int64) {
    if H5Tget_class(type) == H5T_STRING {
      guard H5Tis_variable_str(type) > 0 else { return nil }
      self = .string
      return
    }
    let match = Self.allCases.first { candidate in
      candidate.fileTypes.contains { H5Tequal(type, $0) > 0 }
    }
    guard let match else { return nil }
    self = match
  }
}

/// A Swift number that HDF5 stores as it is; no other types should conform.
public protocol HDF5Scalar: BitwiseCopyable, Sendable {
  /// The element type whose values are of this type.
  static var elementType: HDF5ElementType { get }
}

extension Int8: HDF5Scalar {
  /// What HDF5 calls it.
  public static var elementType: HDF5ElementType { .int8 }
}

extension UInt8: HDF5Scalar {
  /// What HDF5 calls it.
  public static var elementType: HDF5ElementType { .uint8 }
}

extension Int32: HDF5Scalar {
  /// What HDF5 calls it.
  public static var elementType: HDF5ElementType { .int32 }
}

extension Int64: HDF5Scalar {
  /// What HDF5 calls it.
  public static var elementType: HDF5ElementType { .int64 }
}

extension Float: HDF5Scalar {
  /// What HDF5 calls it.
  public static var elementType: HDF5ElementType { .float32 }
}

extension Double: HDF5Scalar {
  /// What HDF5 calls it.
  public static var elementType: HDF5ElementType { .float64 }
}
