import BusbarGrid
import BusbarPowerFlow
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import BusbarUnits
import ComplexModule

/// What `busbar solve` can print of a solution.
enum FlowTable: String, CaseIterable {
  case voltages
  case flows
  case losses
  case taps
}

/// A table of text and numbers, printed as CSV or JSON.
struct ResultTable {
  enum Cell {
    case text(String)
    case number(Double)
    case integer(Int)
  }

  let columns: [String]
  var rows: [[Cell]] = []

  var csv: String {
    var text = columns.joined(separator: ",") + "\n"
    for row in rows {
      for (place, cell) in row.enumerated() {
        if place > 0 { text += "," }
        switch cell {
        case .text(let value): text += CSVExport.quoted(value)
        case .number(let value): text += "\(value)"
        case .integer(let value): text += "\(value)"
        }
      }
      text += "\n"
    }
    return text
  }

  var json: JSONValue {
    .array(
      rows.map { row in
        .object(
          zip(columns, row).map { name, cell in
            switch cell {
            case .text(let value): .init(name, .string(value))
            case .number(let value): .init(name, .number(value))
            case .integer(let value): .init(name, .integer(value))
            }
          })
      })
  }
}

/// Reads tables out of a simulation whose power flow is solved.
struct FlowTables {
  let simulation: Simulation
  /// How a conductor is named: by its letter, or by OpenDSS's number of a node.
  let nodeName: (Conductor) -> String

  private var network: Network { simulation.solver.network }

  func table(_ kind: FlowTable) -> ResultTable {
    switch kind {
    case .voltages: voltages
    case .flows: flows
    case .losses: losses
    case .taps: taps
    }
  }

  private var voltages: ResultTable {
    var table = ResultTable(
      columns: ["bus", "node", "magnitude_v", "magnitude_pu", "angle_deg"])
    for bus in network.grid.buses.indices {
      for conductor in network.conductors(at: bus).members {
        guard let voltage = simulation.voltage(at: bus, conductor) else { continue }
        table.rows.append([
          .text(network.grid.buses[bus].id), .text(nodeName(conductor)),
          .number(voltage.length), .number(voltage.length / network.nominalVoltage(at: bus)),
          .number(voltage.degrees),
        ])
      }
    }
    return table
  }

  /// Currents and powers into each end of each branch.
  private var flows: ResultTable {
    var table = ResultTable(
      columns: ["branch", "end", "bus", "node", "current_a", "angle_deg", "power_w", "power_var"])
    for index in network.grid.branches.indices {
      let branch = network.grid.branches[index]
      for (end, bus) in branch.endBuses.enumerated() {
        for conductor in branch.conductors(atEnd: end).members {
          let current = simulation.flows.current(
            into: index, end: end, conductor, in: simulation.flowState)
          let power = simulation.flows.power(
            into: index, end: end, conductor, in: simulation.flowState)
          table.rows.append([
            .text(branch.id), .integer(end + 1), .text(network.grid.buses[bus].id),
            .text(nodeName(conductor)), .number(current.length), .number(current.degrees),
            .number(power.real), .number(power.imaginary),
          ])
        }
      }
    }
    return table
  }

  private var losses: ResultTable {
    var table = ResultTable(columns: ["branch", "loss_w", "loss_var"])
    for index in network.grid.branches.indices {
      let branch = network.grid.branches[index]
      var loss = Phasor.zero
      for end in branch.endBuses.indices {
        for conductor in branch.conductors(atEnd: end).members {
          loss += simulation.flows.power(
            into: index, end: end, conductor, in: simulation.flowState)
        }
      }
      table.rows.append([.text(branch.id), .number(loss.real), .number(loss.imaginary)])
    }
    return table
  }

  private var taps: ResultTable {
    var table = ResultTable(
      columns: ["transformer", "winding", "tap_pu", "position", "minimum", "maximum"])
    for index in network.grid.transformers {
      guard case .transformer(let transformer) = network.grid.branches[index].element else {
        continue
      }
      for (place, winding) in transformer.windings.enumerated() {
        guard let changer = winding.tapChanger else { continue }
        let position = network.positions.tapPosition(of: index, winding: place)
        table.rows.append([
          .text(transformer.id), .integer(place + 1), .number(winding.turns(at: position)),
          .integer(position), .integer(changer.range.lowerBound),
          .integer(changer.range.upperBound),
        ])
      }
    }
    return table
  }
}
