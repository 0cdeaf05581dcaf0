public import BusbarScenario

/// Turns a SimBench grid into a scenario folder.
///
/// SimBench: S. Meinecke et al., "SimBench - A benchmark dataset of electric power systems to
/// compare innovative solutions based on power flow analysis", Energies 13 (2020) 3290,
/// doi:10.3390/en13123290.
public enum SimBenchImport {
  /// Returns the files of the scenario, or appends every fault of the tables and returns nil.
  public static func convert(
    _ folder: SimBenchFolder, _ diagnostics: inout Diagnostics
  ) -> ImportedScenario? {
    var conversion = SimBenchConversion(folder)
    let files = conversion.convert()
    for diagnostic in conversion.diagnostics.sorted { diagnostics.append(diagnostic) }
    guard let files, !conversion.diagnostics.hasErrors else { return nil }
    return ImportedScenario(files: files, report: conversion.notes)
  }
}
