/// The number that stands where a result file has no value.
///
/// The default fill value of the netCDF libraries, which the CF conventions recommend; every
/// variable names it in its `_FillValue` attribute, so readers show it as missing. It is exact in
/// single precision.
public enum MissingValue {
  /// 2¹²² × 1.875, which prints as 9.96921e36.
  public static let number = 9.969_209_968_386_869e36
}
