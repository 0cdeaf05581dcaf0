internal import BusbarScenario

extension DSSReader {
  /// The class and name of an object, such as `Line.L1`.
  struct ObjectName {
    let type: DSSClass
    let name: String
    let location: SourceLocation
  }

  /// Follows `new`.
  mutating func create(_ scanner: inout DSSScanner) {
    guard let parameter = scanner.next() else {
      return diagnostics.error(
        "'new' names no object", at: scanner.location, remedy: "write 'New Class.name'")
    }
    if let key = parameter.name, !"object".hasPrefix(key.text.lowercased()) {
      return diagnostics.error(
        "'\(key.shortText)' stands where the object belongs", at: key.location,
        remedy: "write 'New Class.name' first")
    }
    let written = value(of: parameter)
    if let name = Self.nameOfCircuit(written.text) {
      return createCircuit(name, at: written.location, &scanner)
    }
    guard let object = objectName(written) else { return }
    guard circuit != nil else { return reportNoCircuit(at: written.location) }
    if let position = circuit?.position(of: object.type.name, object.name) {
      if !DSSClass.libraryNames.contains(object.type.name) {
        diagnostics.warning(
          "'\(written.shortText)' exists already and is edited instead", at: written.location,
          remedy: "write Edit, or give it another name")
      }
      active = position
    } else {
      active = circuit?.append(
        DSSElement(type: object.type, name: object.name, location: written.location))
    }
    edit(active, &scanner)
  }

  private static func nameOfCircuit(_ text: String) -> String? {
    guard text.prefix(8).lowercased() == "circuit." else { return nil }
    return String(text.dropFirst(8))
  }

  private mutating func createCircuit(
    _ name: String, at place: SourceLocation, _ scanner: inout DSSScanner
  ) {
    if let circuit {
      return diagnostics.error(
        "there is a circuit already, '\(circuit.name)' of \(circuit.location)", at: place,
        remedy: "write 'Clear' before the second one, or remove it")
    }
    if name.isEmpty {
      return diagnostics.error(
        "the circuit has no name", at: place, remedy: "write 'New Circuit.name'")
    }
    guard let type = DSSClass.all["vsource"] else { return }
    var created = DSSCircuit(name: name, at: place)
    created.actions = lastingActions
    active = created.append(DSSElement(type: type, name: "source", location: place))
    circuit = created
    edit(active, &scanner)
  }

  /// Reads `Class.name`, of which the name may hold further points.
  mutating func objectName(_ written: DSSValue) -> ObjectName? {
    guard let point = written.text.firstIndex(of: ".") else {
      diagnostics.error(
        "'\(written.shortText)' is not a class and a name", at: written.location,
        remedy: "write 'Class.name'")
      return nil
    }
    guard let type = type(String(written.text[..<point]), at: written.location) else {
      return nil
    }
    let name = String(written.text[written.text.index(after: point)...])
    if name.isEmpty {
      diagnostics.error(
        "the object has no name", at: written.location, remedy: "write '\(type.name).name'")
      return nil
    }
    return ObjectName(type: type, name: name, location: written.location)
  }

  mutating func type(_ name: String, at place: SourceLocation) -> DSSClass? {
    if let type = DSSClass.all[name.lowercased()] { return type }
    let short = DSSValue(name, at: place).shortText
    diagnostics.error(
      "'\(short)' is not a class of OpenDSS", at: place,
      remedy: NearestName.suggestion(
        for: name, among: DSSClass.all.keys.sorted(), otherwise: "remove the object"))
    return nil
  }

  /// Returns the element that a command names first, or reports that there is none.
  mutating func existing(
    _ scanner: inout DSSScanner, command: String, at place: SourceLocation
  ) -> Int? {
    guard let parameter = scanner.next() else {
      diagnostics.error(
        "'\(command)' names no object", at: place, remedy: "write '\(command) Class.name'")
      return nil
    }
    if command == "select", Self.nameOfCircuit(parameter.value.text) != nil { return active }
    return existing(value(of: parameter))
  }

  /// Returns a named element; those that OpenDSS creates itself begin to exist when named.
  mutating func existing(_ written: DSSValue) -> Int? {
    guard let object = objectName(written) else { return nil }
    guard let circuit else {
      reportNoCircuit(at: written.location)
      return nil
    }
    if let position = circuit.position(of: object.type.name, object.name) { return position }
    if DSSCircuit.predefined.contains(DSSElement.id(object.type.name, object.name)) {
      return self.circuit?.append(
        DSSElement(type: object.type, name: object.name, location: written.location))
    }
    reportMissing(object)
    return nil
  }

  private mutating func reportMissing(_ object: ObjectName) {
    let short = DSSValue(object.name, at: object.location).shortText
    var nearest: String?
    // A file with thousands of such faults would take their square in time.
    if diagnostics.count < Diagnostics.usualLimitPerFile && object.name.utf8.count <= 100 {
      let alike = (circuit?.elements ?? []).filter { $0.type.name == object.type.name }
      nearest = NearestName.of(object.name, among: alike.prefix(2_000).map(\.name))
    }
    diagnostics.error(
      "there is no \(object.type.name) '\(short)'", at: object.location,
      remedy: nearest.map { "write '\($0)'" } ?? "create it above")
  }

  /// Follows `edit`.
  mutating func editNamed(_ scanner: inout DSSScanner) {
    let place = scanner.location
    guard let element = existing(&scanner, command: "edit", at: place) else { return }
    active = element
    edit(element, &scanner)
  }

  /// Follows `more` and `~`.
  mutating func editActive(_ scanner: inout DSSScanner, at place: SourceLocation) {
    guard let active else {
      return diagnostics.error(
        "there is no object that this line continues", at: place,
        remedy: "write 'New' or 'Edit' before it")
    }
    edit(active, &scanner)
  }

  /// Follows `Class.name.property=value ...`, or `property=value ...` of the active element.
  mutating func editBare(_ name: DSSValue, _ value: DSSValue, _ scanner: inout DSSScanner) {
    var property = name
    if let first = name.text.firstIndex(of: "."), let last = name.text.lastIndex(of: ".") {
      guard first != last else {
        return diagnostics.error(
          "'\(name.shortText)' is not a class, a name and a property", at: name.location,
          remedy: "write 'Class.name.property=value'")
      }
      let object = DSSValue(String(name.text[..<last]), at: name.location)
      guard let element = existing(object) else { return }
      active = element
      property = DSSValue(
        String(name.text[name.text.index(after: last)...]),
        at: name.place(ofCharacter: name.text[...last].unicodeScalars.count))
    }
    guard let active else {
      return diagnostics.error(
        "'\(name.shortText)' is neither a command nor a property of an object", at: name.location,
        remedy: NearestName.suggestion(
          for: name.text, among: DSSCommand.names, otherwise: "write 'New Class.name' first"))
    }
    edit(active, &scanner, first: DSSParameter(name: property, value: value))
  }

  /// Follows `batchedit class.pattern ...`.
  mutating func batchEdit(_ scanner: inout DSSScanner, at place: SourceLocation) {
    guard let parameter = scanner.next(), let object = objectName(value(of: parameter)) else {
      return
    }
    guard circuit != nil else { return reportNoCircuit(at: place) }
    let pattern: NamePattern
    do {
      pattern = try NamePattern(object.name)
    } catch {
      return diagnostics.error(
        "the pattern '\(error.pattern)' \(error.problem)", at: object.location,
        remedy: "write a name, or a pattern of letters, '.', '*', '+', '?', '[...]', '^' and '$'")
    }
    var matches: [Int] = []
    for (position, element) in (circuit?.elements ?? []).enumerated()
    where element.type.name == object.type.name && pattern.matches(element.name) {
      matches.append(position)
    }
    for position in matches {
      var copy = scanner
      active = position
      edit(position, &copy)
    }
    // The line is read even if nothing matches, so that its quotes are checked.
    while scanner.next() != nil {}
  }

  /// Follows `enable` and `disable`, of one element or of all of a class with `class.*`.
  mutating func enable(
    _ scanner: inout DSSScanner, _ isEnabling: Bool, name: String, at place: SourceLocation
  ) {
    guard let parameter = scanner.next() else {
      return diagnostics.error(
        "'\(name)' names no object", at: place, remedy: "write '\(name) Class.name'")
    }
    let written = value(of: parameter)
    var positions: [Int] = []
    if written.text.hasSuffix(".*") {
      guard let object = objectName(written), let circuit else { return }
      positions = circuit.elements.indices.filter {
        circuit.elements[$0].type.name == object.type.name
      }
    } else if let position = existing(written) {
      positions = [position]
    }
    for position in positions {
      guard let type = circuit?.elements[position].type, let enabled = type.position(of: "enabled")
      else { continue }
      append(
        DSSAssignment(
          property: type.properties[enabled], value: DSSValue(isEnabling ? "yes" : "no", at: place),
          isNamed: true, file: nil), to: position)
    }
  }

  /// Follows `open` and `close`.
  mutating func operate(_ scanner: inout DSSScanner, isOpening: Bool, at place: SourceLocation) {
    let names = ["object", "terminal", "conductor"]
    var numbers = [0, 1, 0]
    var position = -1
    var element: Int?
    while let parameter = scanner.next() {
      if let name = parameter.name?.text.lowercased() {
        position = names.firstIndex { $0.hasPrefix(name) } ?? names.count
      } else {
        position += 1
      }
      switch position {
      case 0: element = existing(value(of: parameter))
      case 1, 2:
        let number = read(value(of: parameter)) { value throws(DSSValueFault) in
          try value.wholeNumber()
        }
        if let number { numbers[position] = number }
      default:
        diagnostics.error(
          "this is no parameter of open and close",
          at: (parameter.name ?? parameter.value).location,
          remedy: "write object, terminal or conductor")
      }
    }
    guard let element, let id = circuit?.elements[element].id else {
      if position < 0 { reportNoObject(isOpening ? "open" : "close", at: place) }
      return
    }
    record(
      isOpening
        ? .open(element: id, terminal: numbers[1], conductor: numbers[2])
        : .close(element: id, terminal: numbers[1], conductor: numbers[2]), at: place)
  }

  private mutating func reportNoObject(_ command: String, at place: SourceLocation) {
    diagnostics.error(
      "'\(command)' names no object", at: place, remedy: "write '\(command) Class.name terminal=1'")
  }
}
