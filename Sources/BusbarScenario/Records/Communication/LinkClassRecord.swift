internal import BusbarEvents
internal import BusbarMessaging
internal import BusbarUnits

/// A class of links of the scenario's own, or a standard class with other figures.
enum LinkClassRecord {
  private static let share = FieldRange(from: .closed(0), to: .closed(1))

  static let id = Field.identifier(
    "id", "The name of the class; that of a standard class changes that class.")
  static let like = Field.choice(
    "like", LinkClass.standard.map(\.name),
    "The standard class whose figures hold where this one gives none."
  ).optional
  static let latency = Field.quantity(
    "latency", .interval, range: .time,
    "The time from one end to the other: the value of a constant, the median of a lognormal, the "
      + "mean of an exponential, normal or gamma, the scale of a weibull, the least of a uniform."
  ).optional
  static let law = Field.choice(
    "latency_law", Law.allCases.map(\.rawValue),
    "How latencies are distributed; constant by default."
  ).optional
  static let sigma = Field.number(
    "latency_sigma", range: FieldRange(from: .open(0), to: .closed(20)),
    "The standard deviation of the logarithm of a lognormal latency."
  ).optional
  static let deviation = Field.quantity(
    "latency_deviation", .interval, range: .positiveTime,
    "The standard deviation of a normal latency."
  ).optional
  static let shape = Field.number(
    "latency_shape", range: .closed(0.01...1e6), "The shape of a gamma or weibull latency."
  ).optional
  static let maximum = Field.quantity(
    "latency_maximum", .interval, range: .positiveTime, "The greatest value of a uniform latency."
  ).optional
  static let loss = Field.quantity(
    "loss", .ratio, range: share, "The share of messages that never arrive."
  ).optional
  static let duplication = Field.quantity(
    "duplication", .ratio, range: share, "The share of messages that arrive twice."
  ).optional
  static let reordering = Field.quantity(
    "reordering", .ratio, range: share, "The share of messages that leave the order."
  ).optional
  static let bandwidth = Field.quantity(
    "bandwidth", .dataRate, range: .closed(1...1e15), "The rate of transmission."
  ).optional
  static let overhead = Field.quantity(
    "overhead", .dataSize, range: FieldRange(from: .closed(0), to: .closed(1e9)),
    "What the protocol adds to each message."
  ).optional
  static let confirmationLatency = Field.quantity(
    "confirmation_latency", .interval, range: .time,
    "The time that the protocol's own confirmation takes back."
  ).optional
  static let outageEvery = Field.interval(
    "outage_every", range: .positiveTime, "The mean time from one random outage to the next."
  ).optional
  static let outageDuration = Field.interval(
    "outage_duration", range: .positiveTime, "The mean length of a random outage."
  ).optional
  static let supply = Field.choice(
    "supply", SupplyDependence.allCases.map(\.rawValue),
    "Whether the link fails with the supply of its ends."
  ).optional

  private enum Law: String, CaseIterable {
    case constant, lognormal, exponential, normal, gamma, weibull, uniform
  }

  static let declaration = RecordDeclaration(
    "link class", "How a kind of link treats messages.", id, like, latency, law, sigma, deviation,
    shape, maximum, loss, duplication, reordering, bandwidth, overhead, confirmationLatency,
    outageEvery, outageDuration, supply)

  /// The class of a record; nil after a fault was reported.
  static func linkClass(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> LinkClass? {
    let base = record[optional: like] ?? record[id]
    let standard = LinkClass.standard.first { $0.name == base }
    guard let latency = latency(record, standard, &diagnostics) else { return nil }
    var result =
      standard ?? LinkClass(name: record[id], latency: latency, source: "the scenario")
    result.name = record[id]
    result.latency = latency
    if standard != nil { result.source = "the scenario, on the base of: \(result.source)" }
    result.loss = record[optional: loss] ?? result.loss
    result.duplication = record[optional: duplication] ?? result.duplication
    result.reordering = record[optional: reordering] ?? result.reordering
    result.bitsPerSecond = record[optional: bandwidth] ?? result.bitsPerSecond
    result.overheadBytes = record[optional: overhead].map { Int($0) } ?? result.overheadBytes
    if let milliseconds = record[optional: confirmationLatency] {
      result.confirmation = Confirmation(latency: .constant(milliseconds))
    }
    if let word = record[optional: supply], let supply = SupplyDependence(rawValue: word) {
      result.supply = supply
    }
    return setOutages(of: &result, record, &diagnostics) ? result : nil
  }

  private static func setOutages(
    of linkClass: inout LinkClass, _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> Bool {
    switch (record[optional: outageEvery], record[optional: outageDuration]) {
    case (nil, nil): return true
    case (let every?, let duration?):
      linkClass.outages = OutageProcess(
        meanTimeBetween: Interval(milliseconds: every),
        meanDuration: Interval(milliseconds: duration))
      return true
    case (let every, _):
      let missing = every == nil ? outageEvery : outageDuration
      diagnostics.error(
        "random outages need 'outage_every' and 'outage_duration'", at: record.location,
        remedy: "add '\(missing.name)'")
      return false
    }
  }

  private static func latency(
    _ record: DecodedRecord, _ standard: LinkClass?, _ diagnostics: inout Diagnostics
  ) -> Distribution? {
    let law = record[optional: law].flatMap(Law.init) ?? .constant
    guard let milliseconds = record[optional: latency] else {
      if let standard, record[optional: Self.law] == nil { return standard.latency }
      diagnostics.error(
        "link class '\(record[id])' has no latency", at: record.location,
        remedy: "give it one, or name a standard class in 'like'")
      return nil
    }
    func with<Value>(
      _ field: Field<Value>, _ make: (Value) -> Distribution
    ) -> Distribution? {
      guard let value = record[optional: field] else {
        diagnostics.error(
          "a latency that is \(law.rawValue) needs '\(field.name)'", at: record.location,
          remedy: "add '\(field.name)', or write another latency_law")
        return nil
      }
      return make(value)
    }
    let distribution: Distribution? =
      switch law {
      case .constant: .constant(milliseconds)
      case .exponential: .exponential(mean: milliseconds)
      case .lognormal: with(sigma) { .lognormal(median: milliseconds, sigma: $0) }
      case .normal: with(deviation) { .normal(mean: milliseconds, standardDeviation: $0) }
      case .gamma: with(shape) { .gamma(shape: $0, scale: milliseconds / $0) }
      case .weibull: with(shape) { .weibull(scale: milliseconds, shape: $0) }
      case .uniform: with(maximum) { .uniform(from: milliseconds, to: $0) }
      }
    if let distribution, let fault = distribution.fault {
      diagnostics.error(
        "the latency of link class '\(record[id])' is unfit: \(fault)",
        at: record.location(of: latency), remedy: "write another latency")
      return nil
    }
    return distribution
  }
}
