internal import BusbarGrid

/// How a load or generator of OpenDSS is joined to its bus.
struct DeviceTerminals {
  var terminal: BusTerminal?
  var phases = 3
  var isDelta = false
  var kilovolts = 12.47
  /// Relative to the rated voltage.
  var minimumVoltage: Double
  var maximumVoltage: Double

  /// The terminals of a load, or of something that gives power, with its usual limits.
  static let load = DeviceTerminals(minimumVoltage: 0.95, maximumVoltage: 1.05)
  static let generator = DeviceTerminals(minimumVoltage: 0.9, maximumVoltage: 1.1)

  /// Takes over a property; returns false for other properties.
  mutating func take(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
    switch key {
    case "bus1": terminal = try BusTerminal(value)
    case "phases": phases = try value.phases()
    case "conn": isDelta = try value.isDelta()
    case "kv": kilovolts = try value.positive()
    case "vminpu": minimumVoltage = try value.number()
    case "vmaxpu": maximumVoltage = try value.number()
    default: return false
    }
    return true
  }

  /// The rated voltage across a leg in V.
  var legVolts: Double {
    kilovolts * 1e3 / (!isDelta && (2...3).contains(phases) ? 3.0.squareRoot() : 1)
  }

  /// The conductors, with the neutral of a wye or the last one of a delta that is not closed.
  var conductors: [Conductor?] {
    let count = isDelta && phases > 2 ? phases : phases + 1
    return terminal?.conductors(phases: phases, count: count) ?? []
  }

  /// The pairs of conductors that share the power.
  var legs: [ConductorPair] {
    let ends = conductors
    guard !ends.isEmpty else { return [] }
    return (0..<phases).map { phase in
      ConductorPair(ends[phase], isDelta ? ends[(phase + 1) % ends.count] : ends[phases])
    }
  }

  /// The voltage between two phases in V, as the rating tells it.
  var ratedLineVolts: Double {
    let isToEarth = phases == 1 && legs.contains { $0.minus == nil || $0.minus == .n }
    return kilovolts * 1e3 * (isToEarth ? 3.0.squareRoot() : 1)
  }
}
