internal import BusbarTrajectory

/// What became of the messages of a run.
struct MessageStatistics {
  /// The transmissions over the links of one class.
  struct ClassTotal {
    let name: String
    var links = 0
    var transmissions = 0
    var lost = 0
    var bytes = 0
  }

  /// The classes in the order of their first links.
  private(set) var classes: [ClassTotal] = []
  /// How often each outcome came about, such as `delivered`.
  let outcomes: [String: Int]

  /// Reads a result; nil when it holds no messages.
  init?(_ result: ResultView) throws(FigureError) {
    guard result.reader.has("messages/message_outcome") else { return nil }
    let outcome = try result.variable("messages/message_outcome")
    outcomes = try result.counts(of: outcome)
    let words = try result.words(of: outcome)
    let linkClasses = try result.reading { (reader) throws(TrajectoryError) in
      try reader.texts("messages/link_class")
    }
    var placeOf: [String: Int] = [:]
    for name in linkClasses {
      if placeOf[name] == nil {
        placeOf[name] = classes.count
        classes.append(ClassTotal(name: name))
      }
      if let place = placeOf[name] { classes[place].links += 1 }
    }
    let links = try result.variable("messages/message_link")
    let bytes = try result.variable("messages/message_bytes")
    let step = 1 << 18
    for first in stride(from: 0, to: outcome.shape[0], by: step) {
      let rows = first..<min(first + step, outcome.shape[0])
      let columns = try [outcome, links, bytes].map {
        (variable) throws(FigureError) in try result.column(0, of: variable, rows)
      }
      for row in rows.indices {
        let at = row - first
        guard let link = columns[1][at].map({ Int($0) }), linkClasses.indices.contains(link),
          let place = placeOf[linkClasses[link]]
        else { continue }
        classes[place].transmissions += 1
        classes[place].bytes += columns[2][at].map { Int($0) } ?? 0
        if columns[0][at].flatMap({ words[Int64($0)] }) != "delivered" { classes[place].lost += 1 }
      }
    }
  }

  /// The transmissions that never came to the other end.
  var lost: Int { classes.map(\.lost).reduce(0, +) }
  /// All transmissions.
  var transmissions: Int { classes.map(\.transmissions).reduce(0, +) }
}
