/// The two constants of the vacuum, as OpenDSS rounds them.
///
/// Line constants are compared with OpenDSS's to ten digits, which these decide.
enum VacuumConstants {
  /// Permeability μ₀ in H/m; 4.9e-8 below the value of CODATA 2018.
  static let permeability = 12.56637e-7
  /// Permittivity ε₀ in F/m; 2.1e-5 below the value of CODATA 2018.
  static let permittivity = 8.854e-12
}
