internal import BusbarScenario

extension DSSReader {
  /// Gives the values of a line to an element; unnamed ones follow the class's order.
  mutating func edit(
    _ element: Int?, _ scanner: inout DSSScanner, first: DSSParameter? = nil
  ) {
    guard let element, let type = circuit?.elements[element].type else { return }
    var position = -1
    var next = first ?? scanner.next()
    while let parameter = next {
      next = nil
      if let name = parameter.name {
        if let found = type.position(of: name.text) {
          position = found
        } else {
          reportUnknown(name, of: type)
          position = -1
          next = scanner.next()
          continue
        }
      } else {
        position += 1
      }
      let value = value(of: parameter)
      next = scanner.next()
      guard position < type.properties.count else {
        diagnostics.error(
          "no property of \(type.name) is left for this value", at: value.location,
          remedy: "write the name of the property and '=' before it")
        return
      }
      if value.isEmpty {
        reportEmpty(value, of: type.properties[position], isLast: next == nil)
        if next != nil { return }
        continue
      }
      assign(value, to: type.properties[position], of: element, isNamed: parameter.name != nil)
    }
  }

  private mutating func reportUnknown(_ name: DSSValue, of type: DSSClass) {
    let nearest =
      name.text.utf8.count > 100
      ? nil : NearestName.of(name.text, among: type.properties.lazy.map(\.key))
    diagnostics.error(
      "'\(name.shortText)' is not a property of \(type.name)", at: name.location,
      remedy: nearest.map { "write '\($0)'" } ?? "remove it")
  }

  /// OpenDSS stops reading a line at an empty value.
  private mutating func reportEmpty(_ value: DSSValue, of property: DSSProperty, isLast: Bool) {
    let problem = "'\(property.name)' has no value"
    if isLast {
      diagnostics.warning(problem, at: value.location, remedy: "write a value, or remove it")
    } else {
      diagnostics.error(
        "\(problem), and OpenDSS leaves out the rest of the line", at: value.location,
        remedy: "write a value, or remove the property")
    }
  }

  private mutating func assign(
    _ value: DSSValue, to property: DSSProperty, of element: Int, isNamed: Bool
  ) {
    let file = reference(in: value, of: property)
    if file == nil { check(value, as: property.kind, named: property.name) }
    append(
      DSSAssignment(property: property, value: value, isNamed: isNamed, file: file), to: element)
    if property.key == "like" { copy(value, to: element) }
  }

  /// Appends what another element of the class was given so far.
  private mutating func copy(_ name: DSSValue, to element: Int) {
    guard let type = circuit?.elements[element].type else { return }
    guard let other = existing(DSSValue("\(type.name).\(name.text)", at: name.location)) else {
      return
    }
    if other == element {
      return diagnostics.error(
        "the object is like itself", at: name.location, remedy: "name another object")
    }
    for assignment in circuit?.elements[other].assignments ?? [] {
      guard append(assignment, to: element) else { return }
    }
  }

  @discardableResult
  mutating func append(_ assignment: DSSAssignment, to element: Int) -> Bool {
    assignmentCount += 1
    if assignmentCount > Self.mostAssignments {
      if assignmentCount == Self.mostAssignments + 1 {
        diagnostics.error(
          "more than \(Self.mostAssignments) values are given", at: assignment.location,
          remedy: "use 'like' less often, or split the circuit")
      }
      return false
    }
    circuit?.elements[element].assignments.append(assignment)
    return true
  }

  /// Reports a value that is not of its kind.
  mutating func check(_ value: DSSValue, as kind: DSSProperty.Kind, named name: String) {
    do throws(DSSValueFault) {
      switch kind {
      case .text, .file: break
      case .number: _ = try value.number()
      case .wholeNumber: _ = try value.wholeNumber()
      case .boolean: _ = try value.boolean()
      case .numbers: _ = try value.numbers()
      case .matrix: _ = try value.rows()
      case .names: _ = try value.items()
      }
    } catch {
      diagnostics.error(
        "\(error.problem) in '\(name)'", at: error.location, remedy: error.remedy)
    }
  }

  /// Returns what is read from a value, or reports why it cannot be read.
  mutating func read<Result>(
    _ value: DSSValue, _ body: (DSSValue) throws(DSSValueFault) -> Result
  ) -> Result? {
    do throws(DSSValueFault) {
      return try body(value)
    } catch {
      diagnostics.error(error.problem, at: error.location, remedy: error.remedy)
      return nil
    }
  }
}
