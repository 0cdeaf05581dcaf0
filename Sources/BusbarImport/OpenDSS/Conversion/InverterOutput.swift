/// What an inverter gives, within its ratings.
struct InverterOutput {
  /// What an inverter gives up last.
  enum Priority {
    case active, reactive, factor
  }

  private(set) var active: Double
  var reactive = 0.0
  private let rating: Double
  private let limit: Double

  /// Makes an output in kW of an inverter with a rating in kVA and a limit in kvar.
  init(_ active: Double, rating: Double, limit: Double) {
    self.active = active
    self.rating = rating
    self.limit = abs(limit)
  }

  /// Gives a reactive power in kvar.
  mutating func request(kilovars: Double) { reactive = min(max(kilovars, -limit), limit) }

  /// Gives the reactive power of a power factor.
  mutating func request(factor: Double) {
    let size = active * (1 / (factor * factor) - 1).squareRoot()
    request(kilovars: factor < 0 ? -size : size)
  }

  /// Gives up what is beyond the rating.
  mutating func limit(keeping priority: Priority) {
    let apparent = (active * active + reactive * reactive).squareRoot()
    guard apparent > rating else { return }
    switch priority {
    case .factor:
      reactive *= rating / apparent
      active *= rating / apparent
    case .active:
      active = min(max(active, -rating), rating)
      let rest = (rating * rating - active * active).squareRoot()
      reactive = reactive < 0 ? -rest : rest
    case .reactive:
      reactive = min(max(reactive, -rating), rating)
      let rest = (rating * rating - reactive * reactive).squareRoot()
      active = active < 0 ? -rest : rest
    }
  }
}
