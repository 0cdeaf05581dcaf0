public import Foundation

/// Where the package and the data beside it lie.
public enum PackageFolder {
  /// The folder that holds `Package.swift`.
  public static let url: URL = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder
  }()

  /// A scenario of the package.
  public static func scenario(_ name: String) -> URL {
    url.appendingPathComponent("Scenarios").appendingPathComponent(name)
  }

  /// A file of the reference data beside the package, or nil where the data are absent.
  public static func sharedData(_ path: String) -> URL? {
    let file = url.appendingPathComponent("../shared/data").appendingPathComponent(path)
      .standardizedFileURL
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }

  /// Says why a test that needs the reference data is skipped.
  public static let absentData: String =
    "skipped: the reference data (../shared/data beside the package) are absent"

  /// Makes an empty folder for one test.
  public static func makeTemporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("busbar-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
