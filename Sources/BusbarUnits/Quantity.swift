/// A real quantity of one kind, stored in its SI unit.
///
/// `Kind` is an empty type that keeps volts from being added to watts. Each kind has named makers
/// and readers, in the manner of `Duration`.
@frozen
public struct Quantity<Kind>: Hashable, Comparable, Codable, Sendable {
  /// The value in the SI unit of the kind.
  public var siValue: Double

  /// Makes a quantity from its value in the SI unit of the kind.
  @inlinable
  public init(siValue: Double) { self.siValue = siValue }

  /// Nothing of the quantity.
  @inlinable public static var zero: Quantity { Quantity(siValue: 0) }

  @inlinable
  public static func < (left: Quantity, right: Quantity) -> Bool { left.siValue < right.siValue }
  @inlinable
  public static func + (left: Quantity, right: Quantity) -> Quantity {
    Quantity(siValue: left.siValue + right.siValue)
  }
  @inlinable
  public static func - (left: Quantity, right: Quantity) -> Quantity {
    Quantity(siValue: left.siValue - right.siValue)
  }
  @inlinable
  public static func * (left: Quantity, factor: Double) -> Quantity {
    Quantity(siValue: left.siValue * factor)
  }
  @inlinable
  public static prefix func - (value: Quantity) -> Quantity { Quantity(siValue: -value.siValue) }
}

/// The kinds of quantities; they have no values of their own.
public enum QuantityKind {
  public enum Voltage {}
  public enum Current {}
  public enum ApparentPower {}
  public enum Frequency {}
  public enum Length {}
  public enum Ratio {}
}

/// Volts, RMS.
public typealias Voltage = Quantity<QuantityKind.Voltage>
/// Amperes, RMS.
public typealias Current = Quantity<QuantityKind.Current>
/// Volt-amperes.
public typealias ApparentPower = Quantity<QuantityKind.ApparentPower>
/// Hertz.
public typealias Frequency = Quantity<QuantityKind.Frequency>
/// Metres.
public typealias Length = Quantity<QuantityKind.Length>
/// A value relative to a base that its user names; 1 is the base.
public typealias PerUnit = Quantity<QuantityKind.Ratio>

extension Quantity<QuantityKind.Voltage> {
  /// Makes a voltage from volts.
  @inlinable public static func volts(_ value: Double) -> Voltage { .init(siValue: value) }
  /// The voltage in volts.
  @inlinable public var volts: Double { siValue }
}

extension Quantity<QuantityKind.Current> {
  /// Makes a current from amperes.
  @inlinable public static func amperes(_ value: Double) -> Current { .init(siValue: value) }
  /// The current in amperes.
  @inlinable public var amperes: Double { siValue }
}

extension Quantity<QuantityKind.ApparentPower> {
  /// Makes an apparent power from volt-amperes.
  @inlinable
  public static func voltAmperes(_ value: Double) -> ApparentPower { .init(siValue: value) }
  /// The apparent power in volt-amperes.
  @inlinable public var voltAmperes: Double { siValue }
}

extension Quantity<QuantityKind.Frequency> {
  /// Makes a frequency from hertz.
  @inlinable public static func hertz(_ value: Double) -> Frequency { .init(siValue: value) }
  /// The frequency in hertz.
  @inlinable public var hertz: Double { siValue }
}

extension Quantity<QuantityKind.Length> {
  /// Makes a length from metres.
  @inlinable public static func metres(_ value: Double) -> Length { .init(siValue: value) }
  /// The length in metres.
  @inlinable public var metres: Double { siValue }
}

extension Quantity<QuantityKind.Ratio> {
  /// Makes a ratio from a value relative to its base.
  @inlinable public static func perUnit(_ value: Double) -> PerUnit { .init(siValue: value) }
  /// The value relative to its base.
  @inlinable public var perUnit: Double { siValue }
}
