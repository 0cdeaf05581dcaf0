internal import Yams

/// Turns the nodes of Yams into texts with places, and replaces aliases within bounds.
struct YAMLTreeReader {
  private let document: YAMLComposer.Document
  private let file: String
  private var anchored: [String: (node: TextNode, size: Int, height: Int)] = [:]
  private var nodeCount = 0
  /// The deepest level reached since it was last reset.
  private var deepest = 0
  private(set) var faults: [Diagnostic] = []
  private var isOverfull = false

  init(_ document: YAMLComposer.Document, file: String) {
    self.document = document
    self.file = file
  }

  /// Reads the whole document; `nil` if any part of it cannot be used.
  mutating func read() -> TextNode? {
    let root = withExtendedLifetime(document.parser) { node(document.root, depth: 0) }
    return faults.isEmpty ? root : nil
  }

  private mutating func node(_ source: Node, depth: Int) -> TextNode {
    let place = location(source.mark)
    let sizeBefore = nodeCount
    nodeCount += 1
    if nodeCount > TextNode.mostNodes { return overfull(at: place) }
    if depth > TextNode.deepestNesting { return tooDeep(at: place) }
    let deepestBefore = deepest
    deepest = depth
    defer { deepest = max(deepest, deepestBefore) }
    let result: TextNode
    switch source {
    case .scalar(let scalar):
      checkTag(scalar.tag, allowing: .str, at: place)
      if let name = aliasName(scalar) { return alias(name, depth: depth, at: place) }
      result = TextNode(content(of: scalar), at: place)
    case .sequence(let sequence):
      checkTag(sequence.tag, allowing: .seq, at: place)
      var elements: [TextNode] = []
      elements.reserveCapacity(sequence.count)
      for element in sequence where !isOverfull {
        elements.append(node(element, depth: depth + 1))
      }
      result = TextNode(.sequence(elements), at: place)
    case .mapping(let mapping):
      checkTag(mapping.tag, allowing: .map, at: place)
      result = TextNode(.mapping(entries(of: mapping, depth: depth)), at: place)
    case .alias:
      preconditionFailure("Aliases are hidden from Yams.")
    }
    if let name = source.anchor?.rawValue {
      anchored[name] = (result, nodeCount - sizeBefore, deepest - depth)
    }
    return result
  }

  private mutating func entries(of mapping: Node.Mapping, depth: Int) -> [TextNode.Entry] {
    var entries: [TextNode.Entry] = []
    var places: [String: SourceLocation] = [:]
    for (key, value) in mapping where !isOverfull {
      let place = location(key.mark)
      guard case .scalar(let scalar) = key, aliasName(scalar) == nil else {
        fault(
          "a key is not a plain name", at: place, remedy: "write a name, or put the key into quotes"
        )
        continue
      }
      checkTag(scalar.tag, allowing: .str, at: place)
      let name = restored(scalar.string)
      let value = node(value, depth: depth + 1)
      if let earlier = places[name] {
        fault(
          "key '\(name)' occurs twice in one mapping, first at line \(earlier.line ?? 1)",
          at: place, remedy: "keep one of them")
        continue
      }
      places[name] = place
      entries.append(TextNode.Entry(key: name, keyLocation: place, value: value))
    }
    return entries
  }

  private func content(of scalar: Node.Scalar) -> TextNode.Content {
    let text = restored(scalar.string)
    guard scalar.style == .plain || scalar.style == .any else { return .scalar(text, .quoted) }
    return switch text {
    case "", "~", "null", "Null", "NULL": .null
    default: .scalar(text, .plain)
    }
  }

  private func aliasName(_ scalar: Node.Scalar) -> String? {
    guard scalar.style == .plain, scalar.string.unicodeScalars.first == YAMLComposer.asterisk
    else { return nil }
    return restored(String(scalar.string.dropFirst()))
  }

  private mutating func alias(
    _ name: String, depth: Int, at place: SourceLocation
  ) -> TextNode {
    guard let (node, size, height) = anchored[name] else {
      let remedy = NearestName.suggestion(
        for: name, among: anchored.keys.sorted(),
        otherwise: "put a text that starts with '*' into quotes, or define '&\(name)' above")
      fault("the alias '*\(name)' refers to no anchor above it", at: place, remedy: remedy)
      return TextNode(.null, at: place)
    }
    if depth + height > TextNode.deepestNesting { return tooDeep(at: place) }
    deepest = max(deepest, depth + height)
    nodeCount += size - 1
    return nodeCount > TextNode.mostNodes ? overfull(at: place) : node
  }

  private mutating func checkTag(
    _ tag: Tag, allowing usual: Tag.Name, at place: SourceLocation
  ) {
    let name = tag.rawValue
    if name.isEmpty || name == "!" || name == usual.rawValue { return }
    let short = name.replacing("tag:yaml.org,2002:", with: "!!")
    fault("the tag '\(short)' is not understood", at: place, remedy: "remove the tag")
  }

  private mutating func tooDeep(at place: SourceLocation) -> TextNode {
    fault(
      "mappings and lists are nested deeper than \(TextNode.deepestNesting) levels", at: place,
      remedy: "nest them less deeply")
    return TextNode(.null, at: place)
  }

  private mutating func overfull(at place: SourceLocation) -> TextNode {
    if !isOverfull {
      fault(
        "the file has more than \(TextNode.mostNodes) values after its aliases are replaced",
        at: place, remedy: "use fewer aliases, or move what is long into CSV tables")
    }
    isOverfull = true
    return TextNode(.null, at: place)
  }

  private func restored(_ text: String) -> String {
    YAMLComposer.restored(text, document.markedKeys)
  }

  private func location(_ mark: Mark?) -> SourceLocation {
    mark.map { SourceLocation(file: file, line: $0.line, column: $0.column) }
      ?? SourceLocation(file: file)
  }

  private mutating func fault(_ problem: String, at place: SourceLocation, remedy: String) {
    faults.append(Diagnostic(.error, at: place, problem, remedy: remedy))
  }
}
