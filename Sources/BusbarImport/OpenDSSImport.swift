public import BusbarScenario
internal import Foundation

/// Writes circuits of OpenDSS as scenarios.
public enum OpenDSSImport {
  /// Returns the scenario of a circuit, or nil when a diagnostic is an error.
  ///
  /// The same circuit gives the same bytes. Files that shapes name are read.
  public static func convert(
    _ circuit: DSSCircuit, from files: some DSSFileAccess, _ diagnostics: inout Diagnostics
  ) -> ImportedScenario? {
    // Faults of the reading would lead to others, of which the user learns nothing.
    guard !diagnostics.hasErrors else { return nil }
    var conversion = Conversion(circuit, from: files, diagnostics)
    conversion.run()
    let scenario = conversion.scenario()
    diagnostics = conversion.diagnostics
    return diagnostics.hasErrors ? nil : scenario
  }

  /// Reads a file with all that it names, and returns its scenario.
  ///
  /// A relative path starts at the working folder.
  public static func scenario(
    at path: String, from files: some DSSFileAccess, _ diagnostics: inout Diagnostics
  ) -> ImportedScenario? {
    let whole = URL(fileURLWithPath: path).standardizedFileURL.path
    guard let circuit = DSSReader.read(whole, from: files, &diagnostics) else { return nil }
    return convert(circuit, from: files, &diagnostics)
  }
}
