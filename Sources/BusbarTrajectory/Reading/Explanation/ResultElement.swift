/// What an id stands for in a result file.
enum ResultElement: Hashable {
  case bus
  case branch
  case source
  case meter
  /// A device of a kind.
  case device(kind: String)
  case control
  /// A party of the communication: one end of a link.
  case party

  /// The word in titles and messages.
  var word: String {
    switch self {
    case .bus: "bus"
    case .branch: "branch"
    case .source: "source"
    case .meter: "meter"
    case .device(let kind): kind
    case .control: "control"
    case .party: "party"
    }
  }
}

/// The ids of a result file with what each of them stands for.
struct ElementDirectory {
  /// Lists of ids, each in the order of its table.
  private let lists: [(element: ResultElement, ids: [String])]
  /// The customer of each device or meter that has one.
  private let customers: [(customer: String, element: ResultElement, id: String)]

  init(_ reader: TrajectoryReader, _ log: EventLog, _ messages: MessageLog?)
    throws(TrajectoryError)
  {
    var lists: [(element: ResultElement, ids: [String])] = []
    for (element, path) in [
      (ResultElement.bus, "bus"), (.branch, "branch"), (.source, "source"), (.meter, "meter"),
    ] {
      lists.append((element, try reader.texts(path)))
    }
    var customers: [(customer: String, element: ResultElement, id: String)] = []
    let meterCustomers = try reader.texts("meter_customer")
    for (id, customer) in zip(lists[3].ids, meterCustomers) {
      customers.append((customer, .meter, id))
    }
    for kind in reader.deviceKinds {
      let ids = try reader.texts("devices/\(kind)/\(kind)")
      lists.append((.device(kind: kind), ids))
      for (id, customer) in zip(ids, try reader.texts("devices/\(kind)/\(kind)_customer")) {
        customers.append((customer, .device(kind: kind), id))
      }
    }
    lists.append((.control, log.controls))
    lists.append((.party, messages?.parties ?? []))
    self.lists = lists
    self.customers = customers
  }

  /// The ids of all buses.
  var buses: [String] { lists[0].ids }
  /// The ids of everything but buses, customers included.
  var entities: [String] {
    var seen: Set<String> = []
    return (lists.dropFirst().flatMap(\.ids) + customers.map(\.customer)).filter {
      seen.insert($0).inserted
    }
  }

  /// What an id stands for, with its place in each table; a customer is all that belongs to it.
  func meanings(of id: String) -> [(element: ResultElement, id: String, place: Int)] {
    var ids = [(id: id, element: ResultElement?.none)]
    ids += customers.filter { $0.customer == id && $0.id != id }.map { ($0.id, $0.element) }
    return ids.flatMap { member in
      lists.dropFirst().compactMap { list in
        guard member.element == nil || member.element == list.element else { return nil }
        return list.ids.firstIndex(of: member.id).map { (list.element, member.id, $0) }
      }
    }
  }
}

extension TrajectoryReader {
  /// The kinds of devices whose channels are recorded.
  var deviceKinds: [String] {
    variables.compactMap { variable in
      let parts = variable.path.split(separator: "/")
      return parts.count == 3 && parts[0] == "devices" && parts[1] == parts[2]
        ? String(parts[1]) : nil
    }
  }
}
