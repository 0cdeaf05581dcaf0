/// Gives each thing a name that no other thing of its kind has.
struct NameRegister {
  /// The tables whose rows need names that differ.
  enum Space: Hashable {
    case branches, shunts, devices, sources, lineCodes
  }

  private var taken: [Space: Set<String>] = [:]

  /// Returns the name, with the class before it where another class has the name already.
  mutating func name(_ wanted: String, of type: String, in space: Space) -> String {
    var name = wanted
    var attempt = 1
    // Names that differ in capitals only would be one name in OpenDSS.
    while !taken[space, default: []].insert(name.lowercased()).inserted {
      name = attempt == 1 ? "\(type)-\(wanted)" : "\(type)-\(wanted)-\(attempt)"
      attempt += 1
    }
    return name
  }
}
