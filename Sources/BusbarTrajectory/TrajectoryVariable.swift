internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarSimulation
internal import BusbarUnits

/// A quantity that is recorded at each recording instant, for each element of its axes.
public struct TrajectoryVariable: Sendable {
  /// The name of the dataset.
  public let name: String
  /// The unit as written into the file.
  public let unit: String
  /// What the quantity is, in words.
  public let longName: String
  /// The dimensions after time.
  public let axes: [TrajectoryAxis]
  /// Writes the values at an instant in row-major order of the axes.
  let fill: @Sendable (Simulation, inout [Double]) -> Void

  init(
    _ name: String, _ unit: String, _ axes: [TrajectoryAxis], _ longName: String,
    fill: @escaping @Sendable (Simulation, inout [Double]) -> Void
  ) {
    self.name = name
    self.unit = unit
    self.axes = axes
    self.longName = longName
    self.fill = fill
  }

  /// All variables that can be recorded, in the order of the file.
  public static let all: [TrajectoryVariable] = [
    busVoltage("bus_voltage_magnitude", "V", "voltage magnitude, phase to earth") { $0.length },
    busVoltage("bus_voltage_angle", "degree", "voltage angle, phase to earth") { $0.degrees },
    branchCurrent("branch_current_magnitude", "A", "current magnitude into the feeding end") {
      $0.length
    },
    branchCurrent("branch_current_angle", "degree", "current angle into the feeding end") {
      $0.degrees
    },
    transformer(
      "transformer_from_active_power", "W", "active power into the feeding end"
    ) { $0.flows.sentPower(to: $1, phase: $2, in: $0.flowState).real },
    transformer(
      "transformer_from_reactive_power", "var", "reactive power into the feeding end"
    ) { $0.flows.sentPower(to: $1, phase: $2, in: $0.flowState).imaginary },
    transformer(
      "transformer_to_active_power", "W", "active power out of the fed end"
    ) { $0.flows.receivedPower(at: $1, phase: $2, in: $0.flowState).real },
    transformer(
      "transformer_to_reactive_power", "var", "reactive power out of the fed end"
    ) { $0.flows.receivedPower(at: $1, phase: $2, in: $0.flowState).imaginary },
    source("source_active_power", "W", "active power of all phases into the network") { $0.real },
    source("source_reactive_power", "var", "reactive power of all phases into the network") {
      $0.imaginary
    },
    TrajectoryVariable(
      "loss_active_power", "W", [], "active power lost in all lines and transformers"
    ) { simulation, values in values[0] = simulation.power.lostWatts
    },
    TrajectoryVariable(
      "loss_reactive_power", "var", [], "reactive power drawn by all lines and transformers"
    ) { simulation, values in
      values[0] = simulation.power.lostVars
    },
  ]

  private static func busVoltage(
    _ name: String, _ unit: String, _ longName: String,
    _ part: @escaping @Sendable (Phasor) -> Double
  ) -> TrajectoryVariable {
    TrajectoryVariable(name, unit, [.bus, .phase], longName) { simulation, values in
      let network = simulation.plan.solver.network
      for bus in network.grid.buses.indices {
        let node = network.topology.nodeOfBus[bus]
        let conductors = network.topology.conductors[node]
        write(&values, bus.position, conductors) { phase in
          part(simulation.flowState.voltage(at: node.position * ConductorSet.capacity + phase))
        }
      }
    }
  }

  private static func branchCurrent(
    _ name: String, _ unit: String, _ longName: String,
    _ part: @escaping @Sendable (Phasor) -> Double
  ) -> TrajectoryVariable {
    TrajectoryVariable(name, unit, [.branch, .phase], longName) { simulation, values in
      let network = simulation.plan.solver.network
      for branch in network.grid.branches.indices {
        let node = network.topology.nodeOfBranch[branch]
        write(&values, branch.position, network.topology.conductors[node]) { phase in
          part(simulation.flows.sentCurrent(to: node, phase: phase, in: simulation.flowState))
        }
      }
    }
  }

  private static func transformer(
    _ name: String, _ unit: String, _ longName: String,
    _ part: @escaping @Sendable (Simulation, Index<Node>, Int) -> Double
  ) -> TrajectoryVariable {
    TrajectoryVariable(name, unit, [.transformer, .phase], longName) { simulation, values in
      let network = simulation.plan.solver.network
      for (position, branch) in network.grid.transformers.enumerated() {
        let node = network.topology.nodeOfBranch[branch]
        write(&values, position, .abc) { phase in part(simulation, node, phase) }
      }
    }
  }

  private static func source(
    _ name: String, _ unit: String, _ longName: String,
    _ part: @escaping @Sendable (Phasor) -> Double
  ) -> TrajectoryVariable {
    TrajectoryVariable(name, unit, [.source], longName) { simulation, values in
      let network = simulation.plan.solver.network
      for source in network.grid.sources.indices {
        let node = network.topology.nodeOfBus[network.grid.sourceBuses[source]]
        var sum = Phasor.zero
        for phase in 0..<ConductorSet.capacity {
          sum += simulation.flows.receivedPower(at: node, phase: phase, in: simulation.flowState)
        }
        values[source.position] = part(sum)
      }
    }
  }

  /// Writes one element's phases; a conductor that it lacks has no value.
  @inline(__always)
  private static func write(
    _ values: inout [Double], _ element: Int, _ conductors: ConductorSet,
    _ value: (Int) -> Double
  ) {
    for phase in 0..<ConductorSet.capacity {
      values[element * ConductorSet.capacity + phase] =
        conductors.rawValue & 1 << UInt8(phase) != 0 ? value(phase) : MissingValue.number
    }
  }
}
