internal import BusbarGrid
internal import BusbarUnits

/// The linear answer of a tree to currents drawn at its terminals, in plain arithmetic.
///
/// Slower than the kernel and free of its layout: for what is computed once, and on failure.
struct TreeResponse {
  let parameters: Parameters
  let terminalCount: Int

  init(_ network: Network) {
    parameters = network.parameters
    terminalCount = network.topology.terminalCount
  }

  /// The voltages in V for nonlinear currents drawn at the terminals, in A, which are summed up.
  func voltages(drawing currents: [Phasor], electromotiveForce: [Phasor]) -> [Phasor] {
    var current = currents
    for step in parameters.steps.reversed() {
      for (row, feeding) in step.feeding.enumerated() {
        guard let first = step.firstTransfer else {
          current[feeding] += current[step.terminals.lowerBound + row]
          continue
        }
        let start = first + 2 * step.terminals.count * (step.feeding.count + row)
        for (column, terminal) in step.terminals.enumerated() {
          current[feeding] += phasor(parameters.transfers, start + 2 * column) * current[terminal]
        }
      }
    }
    var voltage = electromotiveForce
    voltage += Array(repeating: .zero, count: terminalCount - electromotiveForce.count)
    for step in parameters.steps {
      for (row, terminal) in step.terminals.enumerated() {
        var sum = Phasor.zero
        if let first = step.firstTransfer {
          for (column, feeding) in step.feeding.enumerated() {
            let place = first + 2 * (row * step.feeding.count + column)
            sum += phasor(parameters.transfers, place) * voltage[feeding]
          }
        } else {
          sum = voltage[step.feeding.lowerBound + row]
        }
        for (column, drawing) in step.terminals.enumerated() {
          let place = step.firstDrop + 2 * (row * step.terminals.count + column)
          sum -= phasor(parameters.drops, place) * current[drawing]
        }
        voltage[terminal] = sum
      }
    }
    return voltage
  }

  private func phasor(_ values: [Double], _ place: Int) -> Phasor {
    Phasor(values[place], values[place + 1])
  }
}
