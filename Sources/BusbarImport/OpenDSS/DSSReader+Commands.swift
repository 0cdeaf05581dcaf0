internal import BusbarScenario

extension DSSReader {
  /// Follows one line.
  mutating func follow(_ line: ArraySlice<UInt8>, file: String, line number: Int) {
    var scanner = DSSScanner(line, file: file, line: number)
    var afterWord = scanner
    guard let first = scanner.next(), !(first.name == nil && first.value.isEmpty) else { return }
    if let name = first.name {
      editBare(name, first.value, &scanner)
    } else {
      _ = afterWord.next()
      follow(first.value, &scanner, rest: afterWord)
    }
    if let quote = scanner.openQuote {
      diagnostics.error(
        "the quote that starts here is never closed in its line", at: quote, remedy: "close it")
    }
  }

  private mutating func follow(
    _ word: DSSValue, _ scanner: inout DSSScanner, rest: DSSScanner
  ) {
    guard let (command, name) = DSSCommand.named(word.text) else {
      return diagnostics.error(
        "'\(word.shortText)' is not a command", at: word.location,
        remedy: NearestName.suggestion(
          for: word.text, among: DSSCommand.names,
          otherwise: word.text.hasPrefix("~")
            ? "write a blank after '~'" : "write a command such as New, Edit or Set"))
    }
    switch command {
    case .new: create(&scanner)
    case .edit: editNamed(&scanner)
    case .more: editActive(&scanner, at: word.location)
    case .select: active = existing(&scanner, command: name, at: word.location) ?? active
    case .clear: clear()
    case .set: setOptions(&scanner)
    case .solve:
      setOptions(&scanner)
      record(.solve, at: word.location)
    case .redirect, .compile:
      redirect(&scanner, name: name, at: word.location, staying: command == .compile)
    case .batchEdit: batchEdit(&scanner, at: word.location)
    case .open, .close: operate(&scanner, isOpening: command == .open, at: word.location)
    case .enable, .disable:
      enable(&scanner, command == .enable, name: name, at: word.location)
    case .calculateVoltageBases: record(.calculateVoltageBases, at: word.location)
    case .busCoordinates:
      var rest = rest
      readBusPlaces(&rest, isGeographic: name != "buscoords", at: word.location)
    case .variable: define(&scanner)
    case .changeFolder:
      if let path = scanner.next()?.value { folder = DSSPath.resolved(path.text, in: folder) }
    case .setBase: setVoltageBase(&scanner, at: word.location)
    case .ignored:
      circuit?.ignored.append(DSSIgnoredCommand(name: name, location: word.location))
    case .unsupported:
      diagnostics.error(
        "the command '\(name)' changes the network and cannot be repeated here",
        at: word.location, remedy: "run it in OpenDSS, save the circuit there, and read that")
    }
  }

  private mutating func clear() {
    lastingActions = ((circuit?.actions).map { lastingActions + $0 } ?? lastingActions).filter {
      if case .set(let option, _) = $0.kind {
        DSSCommand.lastingOptions.contains(option)
      } else {
        false
      }
    }
    circuit = nil
    active = nil
  }

  mutating func record(_ kind: DSSAction.Kind, at place: SourceLocation) {
    let action = DSSAction(kind: kind, location: place)
    if circuit != nil {
      circuit?.actions.append(action)
    } else if case .set = kind {
      lastingActions.append(action)
    } else {
      reportNoCircuit(at: place)
    }
  }

  mutating func reportNoCircuit(at place: SourceLocation) {
    diagnostics.error(
      "there is no circuit yet", at: place, remedy: "write 'New Circuit.name' before it")
  }

  /// Follows `set` and the options of `solve`, of which unnamed ones follow OpenDSS's order.
  private mutating func setOptions(_ scanner: inout DSSScanner) {
    var position = -1
    while let parameter = scanner.next() {
      if let name = parameter.name {
        guard let found = DSSCommand.position(ofOption: name.text) else {
          diagnostics.error(
            "'\(name.shortText)' is not an option of OpenDSS", at: name.location,
            remedy: NearestName.suggestion(
              for: name.text, among: DSSCommand.options, otherwise: "remove it"))
          continue
        }
        position = found
      } else {
        position += 1
      }
      guard position < DSSCommand.options.count else {
        diagnostics.error(
          "no option is left for this value", at: parameter.value.location,
          remedy: "write the name of the option and '=' before it")
        return
      }
      set(DSSCommand.options[position], to: value(of: parameter))
    }
  }

  private mutating func set(_ option: String, to value: DSSValue) {
    if option == "datapath" { folder = DSSPath.resolved(value.text, in: folder) }
    if option == "voltagebases" { check(value, as: .numbers, named: option) }
    record(.set(option: option, value), at: value.location)
  }

  private mutating func redirect(
    _ scanner: inout DSSScanner, name: String, at place: SourceLocation, staying: Bool
  ) {
    guard let written = scanner.next()?.value, !written.isEmpty else {
      return diagnostics.error(
        "'\(name)' names no file", at: place, remedy: "write the path of a file after it")
    }
    guard let path = file(value(written), orWith: ".dss") else { return }
    follow(path, from: written.location, staying: staying)
  }

  private mutating func define(_ scanner: inout DSSScanner) {
    while let parameter = scanner.next() {
      guard let name = parameter.name else {
        diagnostics.warning(
          "the variable has no value", at: parameter.value.location,
          remedy: "write @name=value")
        continue
      }
      variables[name.text.lowercased()] = value(of: parameter)
    }
  }

  /// Returns a value with a variable, such as `@load.1.2`, replaced by its text.
  mutating func value(_ written: DSSValue) -> DSSValue {
    guard written.text.utf8.first == UInt8(ascii: "@"), !written.isQuoted else { return written }
    let end = written.text.firstIndex { $0 == "." || $0 == "^" } ?? written.text.endIndex
    let name = written.text[..<end].lowercased()
    guard let value = variables[name] else {
      diagnostics.error(
        "the variable '\(written.shortText)' is not defined", at: written.location,
        remedy: NearestName.suggestion(
          for: name, among: variables.keys.sorted(), otherwise: "define it with 'var' above"))
      return written
    }
    let rest = written.text[end...]
    return DSSValue(
      value.text + (rest.first == "^" ? rest.dropFirst() : rest), isQuoted: value.isQuoted,
      at: written.location)
  }

  mutating func value(of parameter: DSSParameter) -> DSSValue { value(parameter.value) }

  private mutating func setVoltageBase(_ scanner: inout DSSScanner, at place: SourceLocation) {
    let names = ["bus", "kvll", "kvln"]
    var position = -1
    var bus: String?
    var base: (kilovolts: Double, isLineToLine: Bool)?
    while let parameter = scanner.next() {
      if let name = parameter.name?.text.lowercased() {
        position = names.firstIndex { $0.hasPrefix(name) } ?? names.count
      } else {
        position += 1
      }
      switch position {
      case 0: bus = value(of: parameter).text.lowercased()
      case 1, 2:
        if let number = read(
          value(of: parameter), { value throws(DSSValueFault) in try value.number() })
        {
          base = (number, position == 1)
        }
      default:
        diagnostics.error(
          "'setkvbase' has no such parameter", at: (parameter.name ?? parameter.value).location,
          remedy: "write bus, kVLL or kVLN")
      }
    }
    guard let bus, let base else {
      return diagnostics.error(
        "'setkvbase' lacks its bus or voltage", at: place, remedy: "write bus=... kVLL=...")
    }
    record(
      .setVoltageBase(bus: bus, kilovolts: base.kilovolts, isLineToLine: base.isLineToLine),
      at: place)
  }
}
