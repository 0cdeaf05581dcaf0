internal import BusbarGrid

/// The place where conductors of an element end: a bus and a node for each conductor.
struct BusTerminal: Hashable {
  /// The bus as written.
  let name: String
  /// The nodes as written; 0 is earth.
  let nodes: [Int]

  /// Reads `bus.1.2.3`.
  init(_ value: DSSValue) throws(DSSValueFault) {
    let parts = value.text.split(separator: ".", omittingEmptySubsequences: false)
    name = parts.first.map(String.init) ?? ""
    var nodes: [Int] = []
    for part in parts.dropFirst() {
      guard let node = Int(part), (0...Conductor.capacity).contains(node) else {
        throw value.fault(
          "'\(DSSValue(String(part), at: value.location).shortText)' is not a node",
          remedy: "write a number from 0 to \(Conductor.capacity)")
      }
      nodes.append(node)
    }
    guard nodes.count <= Conductor.capacity else {
      throw value.fault(
        "the bus has \(nodes.count) nodes", remedy: "write at most \(Conductor.capacity)")
    }
    self.nodes = nodes
    guard !name.isEmpty, name.count <= 200 else {
      throw value.fault(
        name.isEmpty ? "the bus has no name" : "the name of the bus is longer than 200 letters",
        remedy: "write a name before the first point")
    }
  }

  /// Another place at the same bus.
  init(name: String, nodes: [Int]) {
    self.name = name
    self.nodes = nodes
  }

  /// The bus in small letters, by which it is known.
  var key: String { name.lowercased() }

  /// The conductors of an element with some phases and further conductors.
  ///
  /// What is not written is node 1, 2, ... for the phases, and earth for the others.
  func conductors(phases: Int, count: Int) -> [Conductor?] {
    (0..<count).map { place in
      let node = place < nodes.count ? nodes[place] : place < phases ? place + 1 : 0
      return node == 0 ? nil : Conductor(position: node - 1)
    }
  }
}
