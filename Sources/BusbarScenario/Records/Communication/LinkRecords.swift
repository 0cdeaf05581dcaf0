internal import BusbarEvents
internal import BusbarMessaging
internal import BusbarUnits

enum PartyRecord {
  static let id = Field.identifier("id", "The name of the party.")
  static let bus = Field.reference(
    "bus", to: "buses",
    "The bus that supplies its communication; without it the supply never fails."
  ).optional

  static let declaration = RecordDeclaration(
    "party", "One who sends and receives messages, such as a platform or a relay.", id, bus)
}

enum MediumRecord {
  static let id = Field.identifier("id", "The name of the medium.")
  static let channels = Field.integer(
    "channels", default: 1, range: .closed(1...1_000_000),
    "The number of transmissions that it carries at a time.")
  static let longestWait = Field.interval(
    "longest_wait", range: .time,
    "The longest time for which a message waits; one that would wait longer is lost."
  ).optional

  static let declaration = RecordDeclaration(
    "medium", "A channel that several links share.", id, channels, longestWait)

  static func medium(_ record: DecodedRecord) -> Medium {
    Medium(
      id: record[id], channels: record[channels],
      longestWait: record[optional: longestWait].map { Interval(milliseconds: $0) })
  }
}

enum CommunicationLinkRecord {
  static let id = Field.identifier("id", "The name of the link; FROM>TO by default.").optional
  static let from = Field.identifier("from", "The sending party.")
  static let to = Field.identifier("to", "The receiving party.")
  static let linkClass = Field.identifier(
    "class", "The class of the link: one of the standard ones, or of link_classes.")
  static let medium = Field.identifier("medium", "The channel that it shares with others.").optional

  static let declaration = RecordDeclaration(
    "link", "A way for messages from one party to another.", id, from, to, linkClass, medium)

  static func link(_ record: DecodedRecord) -> LinkDeclaration {
    LinkDeclaration(
      id: name(record), from: record[from], to: record[to], linkClass: record[linkClass],
      medium: record[optional: medium])
  }

  static func name(_ record: DecodedRecord) -> String {
    record[optional: id] ?? "\(record[from])>\(record[to])"
  }
}

enum RouteRecord {
  static let id = Field.identifier("id", "The name of the route.")
  static let links = Field.text(
    "links", "The names of the links in the order in which a message crosses them, with blanks.")

  static let declaration = RecordDeclaration(
    "route", "A way over several links, as over a gateway.", id, links)

  static func route(_ record: DecodedRecord) -> RouteDeclaration {
    RouteDeclaration(
      id: record[id], links: record[links].split(separator: " ").map(String.init))
  }
}

enum AirlockRecord {
  static let party = Field.identifier("party", "The party that fetches its messages.")
  static let pollPeriod = Field.interval(
    "poll_period", range: .positiveTime, "The time from one fetch to the next.")
  static let firstPoll = Field.interval(
    "first_poll", default: 0, range: .time, "The first fetch, from the start of the run.")

  static let declaration = RecordDeclaration(
    "airlock", "A place where what is sent to a party lies until the party fetches it.",
    party, pollPeriod, firstPoll)

  static func airlock(_ record: DecodedRecord) -> Airlock {
    Airlock(
      party: record[party], pollPeriod: Interval(milliseconds: record[pollPeriod]),
      firstPoll: SimulationTime(milliseconds: record[firstPoll]))
  }
}
