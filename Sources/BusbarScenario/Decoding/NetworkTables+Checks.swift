internal import BusbarUnits

extension NetworkTables {
  /// Reports the names that two tables of one kind of element share.
  func checkNames(_ diagnostics: inout Diagnostics) -> Bool {
    let pairs: [(NetworkTable, NetworkTable)] = [
      (.lineCodes, .lineMatrices), (.transformers, .transformerUnits), (.capacitors, .shunts),
    ]
    var isSound = true
    for (first, second) in pairs {
      guard let earlier = self[first], let later = self[second], let id = first.id,
        !earlier.isEmpty
      else { continue }
      let known = Dictionary(
        earlier.map { ($0[id], $0.location(of: id)) }, uniquingKeysWith: { first, _ in first })
      let own = second.id ?? LineMatrixRecord.lineCode
      var reported: Set<String> = []
      for record in later {
        guard let place = known[record[own]], reported.insert(record[own]).inserted else {
          continue
        }
        isSound = false
        diagnostics.error(
          "'\(record[own])' is given already in \(first.rawValue) at \(place)",
          at: record.location(of: own),
          remedy: "give each entry of \(first.rawValue) and \(second.rawValue) a name of its own")
      }
    }
    return isSound
  }

  /// How far a transformer's rated voltage may lie from the nominal one of its bus.
  private static let ratingMargin = 0.25

  /// Reports transformers at one bus, and those whose rated voltages are not those of their buses.
  func checkRatings(_ diagnostics: inout Diagnostics) {
    let buses = Dictionary(
      (self[.buses] ?? []).map { ($0[BusRecord.id], $0[BusRecord.nominalVoltage]) },
      uniquingKeysWith: { first, _ in first })
    for record in self[.transformers] ?? [] {
      if record[TransformerRecord.fromBus] == record[TransformerRecord.toBus] {
        diagnostics.error(
          "transformer '\(record[TransformerRecord.id])': both ends are at bus "
            + "'\(record[TransformerRecord.toBus])'",
          at: record.location(of: TransformerRecord.toBus),
          remedy: "give two different buses, or write an autotransformer winding by winding")
        continue
      }
      let ends = [
        (TransformerRecord.fromBus, TransformerRecord.fromVoltage),
        (TransformerRecord.toBus, TransformerRecord.toVoltage),
      ]
      for (bus, voltage) in ends {
        guard let nominal = buses[record[bus]],
          abs(record[voltage] / nominal - 1) > Self.ratingMargin
        else { continue }
        diagnostics.error(
          "transformer '\(record[TransformerRecord.id])' is rated \(plainDecimal(record[voltage])) "
            + "V at bus '\(record[bus])' of \(plainDecimal(nominal)) V",
          at: record.location(of: voltage),
          remedy: "mend the rating, the nominal voltage, or swap the transformer's ends")
      }
    }
  }
}
