public import BusbarUnits

/// The matrices of the sweep, one set for each node, after the linear parts have been eliminated.
///
/// Third pass of the compilation. Everything linear below a node (shunts, and later grounding and
/// constant impedances) is folded into one admittance Y, so that the subtree draws Y·V + J with J
/// made of nonlinear currents alone. With the feeding element (T, Z), W = (1 + Z·Y)⁻¹:
///
///     V  = W·T·V₀ − W·Z·J          forward
///     J₀ += Tᵀ·(1 + Y·Z)⁻¹·J       backward
///     Y₀ += Tᵀ·Y·W·T               compiled once
///
/// Where Y = 0 and T = 1, as along most of a feeder, this is the textbook sweep V = V₀ − Z·J.
public struct Parameters: Sendable {
  /// Numbers in one complex matrix of order three, stored row by row as real, imaginary.
  public static let matrixStride = 2 * ConductorSet.capacity * ConductorSet.capacity

  /// W·Z of each node, in Ω.
  public internal(set) var seriesImpedance: [Double]
  /// The position in `transfers` of a node whose W·T or Tᵀ·(1 + Y·Z)⁻¹ is not the identity, or −1.
  public internal(set) var transferOfNode: [Int32]
  /// W·T, then Tᵀ·(1 + Y·Z)⁻¹, of those nodes.
  public internal(set) var transfers: [Double]
  /// Y of each node where it is not zero, in S.
  public internal(set) var subtreeAdmittance: [ComplexMatrix?]
  /// Admittance of the feeding element to earth at its feeding end, where it is not zero, in S.
  public internal(set) var feedingShunt: [ComplexMatrix?]
  /// Admittance of the feeding element to earth at its fed end, where it is not zero, in S.
  public internal(set) var fedShunt: [ComplexMatrix?]
  /// T of the nodes that a transformer feeds.
  public internal(set) var ratio: [ComplexMatrix?]
  /// Electromotive force of each source's phases against earth, in V, as real, imaginary.
  public internal(set) var electromotiveForce: [Double]
  /// Nominal voltage between a phase and earth at each node, in V.
  public internal(set) var nominalVoltage: [Double]
}

extension Parameters {
  /// Computes the matrices; throws elements whose impedance is not usable.
  init(
    _ grid: ResolvedGrid, _ topology: Topology, _ positions: Positions
  ) throws(GridFaults) {
    let count = topology.nodeCount
    let order = ConductorSet.capacity
    seriesImpedance = Array(repeating: 0, count: count * Self.matrixStride)
    transferOfNode = Array(repeating: -1, count: count)
    transfers = []
    subtreeAdmittance = Array(repeating: nil, count: count)
    feedingShunt = Array(repeating: nil, count: count)
    fedShunt = Array(repeating: nil, count: count)
    ratio = Array(repeating: nil, count: count)
    electromotiveForce = grid.sources.values.flatMap { source in
      source.electromotiveForce.flatMap { [$0.real, $0.imaginary] }
    }
    nominalVoltage = topology.busOfNode.values.map {
      grid.buses[$0].nominalVoltage.volts / 3.0.squareRoot()
    }

    var faults: [GridFault] = []
    var admittance = [ComplexMatrix](repeating: ComplexMatrix(zero: order), count: count)
    for position in (topology.sourceCount..<count).reversed() {
      let node = Index<Node>(position)
      let element: SeriesElement
      switch Self.element(feeding: node, grid, topology, positions) {
      case .success(let usable): element = usable
      case .failure(let faulty):
        faults.append(contentsOf: faulty.faults)
        continue
      }
      admittance[position] += element.fedShunt
      let identity = ComplexMatrix(identity: order)
      let below = admittance[position]
      guard let voltageDivision = (identity + element.impedance * below).inverse,
        let currentDivision = (identity + below * element.impedance).inverse
      else {
        faults.append(Self.unusable(feeding: node, grid, topology))
        continue
      }
      let forward = voltageDivision * element.ratio
      let backward = element.ratio.transposed * currentDivision
      let drop = voltageDivision * element.impedance
      guard forward.isFinite, backward.isFinite, drop.isFinite else {
        faults.append(Self.unusable(feeding: node, grid, topology))
        continue
      }
      for row in 0..<order {
        for column in 0..<order {
          let place = position * Self.matrixStride + 2 * (row * order + column)
          seriesImpedance[place] = drop[row, column].real
          seriesImpedance[place + 1] = drop[row, column].imaginary
        }
      }
      if !forward.isIdentity || !backward.isIdentity {
        transferOfNode[position] = Int32(transfers.count / (2 * Self.matrixStride))
        transfers.append(contentsOf: Self.flat(forward) + Self.flat(backward))
      }
      if !below.isZero { subtreeAdmittance[position] = below }
      if !element.feedingShunt.isZero { feedingShunt[position] = element.feedingShunt }
      if !element.fedShunt.isZero { fedShunt[position] = element.fedShunt }
      if !element.ratio.isIdentity { ratio[position] = element.ratio }
      admittance[topology.parents[node].position] +=
        element.feedingShunt + element.ratio.transposed * below * voltageDivision * element.ratio
    }
    guard faults.isEmpty else { throw GridFaults(faults) }
  }

  private static func flat(_ matrix: ComplexMatrix) -> [Double] {
    (0..<matrix.order).flatMap { row in
      (0..<matrix.order).flatMap { [matrix[row, $0].real, matrix[row, $0].imaginary] }
    }
  }

  private static func element(
    feeding node: Index<Node>, _ grid: ResolvedGrid, _ topology: Topology, _ positions: Positions
  ) -> Result<SeriesElement, GridFaults> {
    switch topology.feeds[node] {
    case .none: preconditionFailure("Only the nodes of sources are fed by nothing.")
    case .source(let source): return .success(SeriesElement(grid.sources[source]))
    case .branch(let index):
      let branch = grid.branches[index]
      switch branch.element {
      case .line(let line, let code):
        return .success(SeriesElement(line, code))
      case .transformer(let transformer):
        guard topology.busOfNode[node] == branch.toBus else {
          return .failure(
            GridFaults([
              GridFault(
                .transformer, transformer.id, field: "from_bus",
                problem: "it is fed from its to-side, which is not supported",
                remedy: "swap from_bus and to_bus with their voltages and the vector group")
            ]))
        }
        return .success(
          SeriesElement(transformer, tapPosition: positions.tapPosition(of: index)))
      }
    }
  }

  private static func unusable(
    feeding node: Index<Node>, _ grid: ResolvedGrid, _ topology: Topology
  ) -> GridFault {
    switch topology.feeds[node] {
    case .none: preconditionFailure("Only the nodes of sources are fed by nothing.")
    case .source(let source):
      return GridFault(
        .source, grid.sources[source].id, problem: "its impedance cannot be computed with",
        remedy: "check its voltage and its short-circuit currents")
    case .branch(let index):
      return GridFault(
        grid.branches[index].kind, grid.branches[index].id,
        problem: "its impedance cannot be computed with",
        remedy: "check its impedance, its length and the units of both")
    }
  }
}
