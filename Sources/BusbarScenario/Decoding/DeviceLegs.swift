internal import BusbarGrid

/// The pairs of conductors among which a device's power is shared.
struct DeviceLegs {
  /// How a device lies between its phases.
  enum Shape: String, CaseIterable {
    /// From each phase to the neutral, or to earth where no neutral is among the conductors.
    case wye
    /// From each phase to the next.
    case delta
  }

  /// What is wrong with a device's connection.
  enum Fault: Error {
    /// The conductors hold no phase.
    case noPhase
    /// A delta needs two or three phases.
    case deltaOf(Int)
  }

  /// The legs of a shape between conductors; the neutral is only ever an end, not a phase.
  static func between(
    _ conductors: ConductorSet, _ shape: Shape
  ) -> Result<[ConductorPair], Fault> {
    let phases = conductors.subtracting(.n).members
    switch shape {
    case .wye:
      guard !phases.isEmpty else { return .failure(.noPhase) }
      let end: Conductor? = conductors.contains(Conductor.n) ? .n : nil
      return .success(phases.map { ConductorPair($0, end) })
    case .delta:
      switch phases.count {
      case 2: return .success([ConductorPair(phases[0], phases[1])])
      case 3:
        return .success((0..<3).map { ConductorPair(phases[$0], phases[($0 + 1) % 3]) })
      default: return .failure(.deltaOf(phases.count))
      }
    }
  }
}
