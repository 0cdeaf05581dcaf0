internal import BusbarScenario

extension DSSReader {
  /// Returns the path of an existing file, or reports that there is none.
  mutating func file(
    _ written: DSSValue, orWith ending: String = "", isNeeded: Bool = true
  ) -> String? {
    let path = DSSPath.resolved(written.text, in: folder)
    if files.hasFile(path) { return path }
    if !ending.isEmpty && files.hasFile(path + ending) { return path + ending }
    if let other = DSSPath.ignoringCase(path, in: files) {
      diagnostics.warning(
        "the file is named '\(DSSPath.relative(other, to: baseFolder))', with other capitals",
        at: written.location, remedy: "write it so")
      return other
    }
    let diagnostic = Diagnostic(
      isNeeded ? .error : .warning, at: written.location,
      "the file '\(DSSValue(DSSPath.relative(path, to: baseFolder), at: written.location).shortText)'"
        + " does not exist", remedy: "correct the path, which starts at the folder of its file")
    diagnostics.append(diagnostic)
    return nil
  }

  /// Returns the data file that a value names, as `(file=x.csv column=2 header=yes)` or directly.
  mutating func reference(in value: DSSValue, of property: DSSProperty) -> DSSFileReference? {
    if property.kind == .file {
      guard let path = file(value) else { return nil }
      let format: DSSFileReference.Format =
        property.key.hasPrefix("sng") ? .single : property.key.hasPrefix("dbl") ? .double : .text
      return DSSFileReference(path: path, format: format, column: 1, hasHeader: false)
    }
    guard property.kind == .numbers, value.text.utf8.contains(.equals),
      let words = try? value.words()
    else { return nil }
    let formats: [String: DSSFileReference.Format] = [
      "file": .text, "csvfile": .text, "sngfile": .single, "dblfile": .double,
    ]
    guard let first = words.first, let format = formats[first.text.lowercased()], words.count > 1
    else { return nil }
    guard let path = file(words[1]) else {
      return DSSFileReference(path: "", format: format, column: 1, hasHeader: false)
    }
    var column = 1
    var hasHeader = false
    var position = 2
    while position + 1 < words.count {
      let option = words[position].text.lowercased()
      if "column".hasPrefix(option) {
        column =
          read(words[position + 1]) { value throws(DSSValueFault) in
            let column = try value.wholeNumber()
            guard column > 0 else {
              throw value.fault("columns are counted from 1", remedy: "write 1 or more")
            }
            return column
          } ?? 1
      } else if "header".hasPrefix(option) {
        hasHeader =
          read(words[position + 1]) { value throws(DSSValueFault) in try value.boolean() } ?? false
      } else {
        diagnostics.error(
          "'\(words[position].shortText)' is no option of a data file",
          at: words[position].location, remedy: "write column or header")
      }
      position += 2
    }
    return DSSFileReference(path: path, format: format, column: column, hasHeader: hasHeader)
  }

  /// Follows `buscoords FILE`; a missing file is no error, as places are for the map only.
  mutating func readBusPlaces(
    _ scanner: inout DSSScanner, isGeographic: Bool, at place: SourceLocation
  ) {
    guard circuit != nil else { return reportNoCircuit(at: place) }
    guard let written = scanner.next()?.value else {
      return diagnostics.error(
        "no file of bus places is named", at: place, remedy: "write the path of a file")
    }
    guard let path = file(value(written), isNeeded: false) else { return }
    let name = DSSPath.relative(path, to: baseFolder)
    let bytes: [UInt8]
    do {
      bytes = try files.contents(of: path)
    } catch {
      return diagnostics.error(
        "the file '\(name)' \(error.problem)", at: written.location, remedy: "check the file")
    }
    DSSDataFile.forEachLine(of: bytes) { line, number in
      var scanner = DSSScanner(line, file: name, line: number)
      guard let bus = scanner.next()?.value, !bus.isEmpty else { return }
      guard let x = scanner.next()?.value, let y = scanner.next()?.value,
        let numbers = try? (x.number(), y.number())
      else {
        diagnostics.warning(
          "the line is not a bus and two numbers", at: bus.location, remedy: "write bus, x, y")
        return
      }
      circuit?.busPlaces.append(
        DSSBusPlace(
          bus: bus.text.lowercased(), x: isGeographic ? numbers.1 : numbers.0,
          y: isGeographic ? numbers.0 : numbers.1, isGeographic: isGeographic))
    }
  }
}
