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
    busVoltage("bus_voltage_magnitude", "V", "voltage magnitude, conductor to earth") { $0.length },
    busVoltage("bus_voltage_angle", "degree", "voltage angle, conductor to earth") { $0.degrees },
    branchCurrent("branch_current_magnitude", "A", "current magnitude into the feeding end") {
      $0.length
    },
    branchCurrent("branch_current_angle", "degree", "current angle into the feeding end") {
      $0.degrees
    },
    transformer(
      "transformer_from_active_power", "W", "active power into the feeding end"
    ) { $0.sent(through: $1, $2).real },
    transformer(
      "transformer_from_reactive_power", "var", "reactive power into the feeding end"
    ) { $0.sent(through: $1, $2).imaginary },
    transformer(
      "transformer_to_active_power", "W", "active power out of the fed end"
    ) { $0.received(through: $1, $2).real },
    transformer(
      "transformer_to_reactive_power", "var", "reactive power out of the fed end"
    ) { $0.received(through: $1, $2).imaginary },
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
      let network = simulation.solver.network
      let axis = simulation.flows.conductors
      var place = 0
      for bus in network.grid.buses.indices {
        let present = network.grid.conductors[bus].rawValue
        var terminal = network.topology.firstTerminal[bus]
        // The axis holds every conductor in order, and so do the terminals of a bus.
        for conductor in axis {
          if present & 1 << UInt32(conductor.position) != 0 {
            values[place] = part(simulation.flowState.voltage(at: terminal))
            terminal += 1
          } else {
            values[place] = MissingValue.number
          }
          place += 1
        }
      }
    }
  }

  private static func branchCurrent(
    _ name: String, _ unit: String, _ longName: String,
    _ part: @escaping @Sendable (Phasor) -> Double
  ) -> TrajectoryVariable {
    TrajectoryVariable(name, unit, [.branch, .phase], longName) { simulation, values in
      let currents = simulation.flows.sentCurrents(in: simulation.flowState)
      for place in currents.indices {
        values[place] = currents[place].map(part) ?? MissingValue.number
      }
    }
  }

  private static func transformer(
    _ name: String, _ unit: String, _ longName: String,
    _ part: @escaping @Sendable (Simulation, Index<Branch>, Conductor) -> Double
  ) -> TrajectoryVariable {
    TrajectoryVariable(name, unit, [.transformer, .phase], longName) { simulation, values in
      let network = simulation.solver.network
      let axis = simulation.flows.conductors
      for (position, branch) in network.grid.transformers.enumerated() {
        let ends = network.grid.branches[branch].endBuses.indices
        let conductors = ends.reduce(ConductorSet()) {
          $0.union(network.grid.branches[branch].conductors(atEnd: $1))
        }
        for (slot, conductor) in axis.enumerated() {
          values[position * axis.count + slot] =
            conductors.contains(conductor)
            ? part(simulation, branch, conductor) : MissingValue.number
        }
      }
    }
  }

  private static func source(
    _ name: String, _ unit: String, _ longName: String,
    _ part: @escaping @Sendable (Phasor) -> Double
  ) -> TrajectoryVariable {
    TrajectoryVariable(name, unit, [.source], longName) { simulation, values in
      for source in simulation.plan.solver.network.grid.sources.indices {
        values[source.position] = part(
          simulation.flows.power(outOf: source, in: simulation.flowState))
      }
    }
  }
}

extension Simulation {
  /// The power into a conductor of a branch at the end nearer to the source, in W and var.
  fileprivate func sent(through branch: Index<Branch>, _ conductor: Conductor) -> Phasor {
    flows.power(into: branch, end: flows.feedingEnd(of: branch), conductor, in: flowState)
  }

  /// The power out of a conductor of a branch at its other ends together, in W and var.
  fileprivate func received(through branch: Index<Branch>, _ conductor: Conductor) -> Phasor {
    let feedingEnd = flows.feedingEnd(of: branch)
    let ends = plan.solver.network.grid.branches[branch].endBuses.indices
    return ends.filter { $0 != feedingEnd }.reduce(.zero) {
      $0 - flows.power(into: branch, end: $1, conductor, in: flowState)
    }
  }
}
