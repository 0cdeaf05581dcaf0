internal import CHDF5

/// The HDF5 library that this process runs with.
public enum HDF5Library {
  /// The version of the library at run time, such as `"1.10.8"`.
  public static var version: String {
    prepare()
    var major: UInt32 = 0
    var minor: UInt32 = 0
    var release: UInt32 = 0
    // SAFETY: HDF5 writes the three numbers and keeps no pointer.
    unsafe H5get_libversion(&major, &minor, &release)
    return "\(major).\(minor).\(release)"
  }

  /// Opens the library once and keeps it silent on the calling thread; comes before all else.
  static func prepare() {
    _ = opened
    CHDF5_silence()
  }

  /// At exit HDF5 would flush what is open: after a full disk that prints, hangs or crashes.
  ///
  /// So the exit handler is left out, and only `HDF5File.close()` and the end of its life write.
  private static let opened: Bool = {
    H5dont_atexit()
    return H5open() >= 0
  }()
}
