/// The notes of an import; equal remarks on many elements become one note.
struct NoteBook {
  private struct Remark: Hashable {
    let kind: ImportNote.Kind
    let text: String
  }

  private var places: [Remark: Int] = [:]
  private var remarks: [(remark: Remark, elements: [String])] = []

  /// Adds a remark on an element.
  mutating func add(_ kind: ImportNote.Kind, _ element: String, _ text: String) {
    let remark = Remark(kind: kind, text: text)
    if let place = places[remark] {
      if remarks[place].elements.last != element { remarks[place].elements.append(element) }
    } else {
      places[remark] = remarks.count
      remarks.append((remark, [element]))
    }
  }

  /// The notes in the order of the first element of each.
  var notes: [ImportNote] {
    remarks.map { remark, elements in
      let others = elements.count - 1
      let element = others == 0 ? elements[0] : "\(elements[0]) and \(others) more"
      return ImportNote(kind: remark.kind, element: element, text: remark.text)
    }
  }
}
