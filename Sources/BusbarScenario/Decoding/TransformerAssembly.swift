internal import BusbarGrid
internal import BusbarUnits

/// Puts the windings into the transformer units that they belong to.
struct TransformerAssembly {
  private let units: [DecodedRecord]
  /// The windings of each unit by its id, in the order of the file.
  private let windings: [String: [DecodedRecord]]

  init(units: [DecodedRecord], windings: [DecodedRecord]) {
    self.units = units
    self.windings = Dictionary(grouping: windings) { $0[WindingRecord.transformer] }
  }

  /// Returns the transformers, or appends everything that does not fit.
  func transformers(_ diagnostics: inout Diagnostics) -> [Transformer]? {
    let transformers = units.compactMap { transformer($0, &diagnostics) }
    return transformers.count == units.count ? transformers : nil
  }

  private func transformer(
    _ unit: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> Transformer? {
    let own = windings[unit[TransformerUnitRecord.id]] ?? []
    let numbered = numbered(own, of: unit, &diagnostics)
    let leakage = leakage(of: unit, windingCount: numbered?.count, &diagnostics)
    guard let numbered, let leakage else { return nil }
    return Transformer(
      id: unit[TransformerUnitRecord.id], windings: numbered.map(WindingRecord.winding),
      ratedPower: .voltAmperes(unit[TransformerUnitRecord.ratedPower]),
      shortCircuitReactance: leakage.map { .perUnit($0) },
      noLoadLoss: .perUnit(unit[TransformerUnitRecord.noLoadLoss]),
      magnetisingCurrent: .perUnit(unit[TransformerUnitRecord.magnetisingCurrent]),
      antifloatPPM: unit[TransformerUnitRecord.antifloat])
  }

  // MARK: Windings

  /// The windings 1, 2 and perhaps 3, each sound and with as many coils as the first.
  private func numbered(
    _ windings: [DecodedRecord], of unit: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> [DecodedRecord]? {
    let id = unit[TransformerUnitRecord.id]
    var byNumber: [Int: DecodedRecord] = [:]
    var isSound = true
    for winding in windings {
      let number = winding[WindingRecord.number]
      if let earlier = byNumber[number] {
        diagnostics.error(
          "winding \(number) of transformer unit '\(id)' is given already at \(earlier.location)",
          at: winding.location(of: WindingRecord.number),
          remedy: "number the windings 1, 2 and 3, or keep one of them")
        isSound = false
      } else {
        byNumber[number] = winding
      }
      if !WindingRecord.taps.check(winding, &diagnostics) {
        isSound = false
      }
    }
    let count = max(2, byNumber.keys.max() ?? 0)
    let missing = (1...count).filter { byNumber[$0] == nil }
    for number in missing {
      diagnostics.error(
        "winding \(number) of transformer unit '\(id)' is missing",
        at: unit.location(of: TransformerUnitRecord.id),
        remedy: "add a row with transformer '\(id)' and winding \(number) to windings")
    }
    let ordered = (1...count).compactMap { byNumber[$0] }
    let isEven = haveEqualCoils(ordered, &diagnostics)
    return isSound && missing.isEmpty && isEven ? ordered : nil
  }

  private func haveEqualCoils(
    _ windings: [DecodedRecord], _ diagnostics: inout Diagnostics
  ) -> Bool {
    func coilCount(_ winding: DecodedRecord) -> Int {
      winding[WindingRecord.coils].split(separator: " ").count
    }
    func text(_ count: Int) -> String { count == 1 ? "1 coil" : "\(count) coils" }
    guard let first = windings.first else { return true }
    let odd = windings.filter { coilCount($0) != coilCount(first) }
    for winding in odd {
      diagnostics.error(
        "winding \(winding[WindingRecord.number]) has \(text(coilCount(winding))), but winding "
          + "\(first[WindingRecord.number]) has \(text(coilCount(first)))",
        at: winding.location(of: WindingRecord.coils),
        remedy: "give every winding of a transformer one coil for each phase")
    }
    return odd.isEmpty
  }

  // MARK: Leakage

  /// The short-circuit reactance of each pair of windings, which two or three windings need.
  private func leakage(
    of unit: DecodedRecord, windingCount: Int?, _ diagnostics: inout Diagnostics
  ) -> [Double]? {
    let fields = [TransformerUnitRecord.x12, TransformerUnitRecord.x13, TransformerUnitRecord.x23]
    let values = fields.map { unit[optional: $0] }
    var isSound = true
    for (field, value) in zip(fields, values) where value == 0 {
      diagnostics.error(
        "\(field.name) is zero, but every pair of windings has a leakage",
        at: unit.location(of: field),
        remedy: "write a small value, such as 0.01 %, for a transformer that is nearly ideal")
      isSound = false
    }
    guard let windingCount else { return nil }
    for (field, value) in zip(fields, values).dropFirst()
    where (value != nil) != (windingCount == 3) {
      diagnostics.error(
        value == nil
          ? "\(field.name) is missing, although there are three windings"
          : "\(field.name) is given, but there is no winding 3", at: unit.location(of: field),
        remedy: value == nil ? "add '\(field.name)'" : "remove it, or add winding 3 to windings")
      isSound = false
    }
    let pairs = values.compactMap { $0 }
    guard isSound else { return nil }
    if pairs.count == 3, isDegenerate(pairs[0], pairs[1], pairs[2]) {
      diagnostics.error(
        "x12, x13 and x23 contradict one another: the windings have no leakage matrix",
        at: unit.location(of: TransformerUnitRecord.x23),
        remedy: "check the three reactances, which are those of two windings at a time")
      return nil
    }
    return pairs
  }

  /// Whether the matrix of windings 2 and 3, referred to winding 1, cannot be inverted.
  ///
  /// Its diagonal is x12 and x13, and (x12 + x13 − x23) / 2 lies beside it.
  private func isDegenerate(_ x12: Double, _ x13: Double, _ x23: Double) -> Bool {
    let mutual = (x12 + x13 - x23) / 2
    return abs(x12 * x13 - mutual * mutual) <= 1e-12 * x12 * x13
  }
}
