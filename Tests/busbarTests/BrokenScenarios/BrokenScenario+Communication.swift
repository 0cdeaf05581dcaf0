extension BrokenScenario {
  /// Faults of the communication.
  static let communication: [BrokenScenario] = [
    communication(
      "a link to nobody", "links:\n    - {from: A, to: C, class: gprs}", at: "60:7",
      "names the party 'C', which does not exist", "add 'C'"),
    communication(
      "a link of no class", "links:\n    - {from: A, to: B, class: gprx}", at: "60:7",
      "names the link class 'gprx', which does not exist", "write 'gprs'"),
    communication(
      "a class without a latency", "link_classes:\n    - {id: own, loss: 5 %}", at: "60:7",
      "link class 'own' has no latency", "name a standard class in 'like'"),
    communication(
      "a law without its figure",
      "link_classes:\n    - {id: gprs, latency: 1 s, latency_law: lognormal}", at: "60:7",
      "a latency that is lognormal needs 'latency_sigma'", "add 'latency_sigma'"),
    communication(
      "half of the random outages", "link_classes:\n    - {id: gprs, outage_every: 1 d}",
      at: "60:7",
      "random outages need 'outage_every' and 'outage_duration'", "add 'outage_duration'"),
    communication(
      "a fault of nothing", "faults:\n    - {id: f, kind: drop, until: 1 h}", at: "60:7",
      "strikes a link or a medium, but names neither", "write one of 'link' and 'medium'"),
    communication(
      "a flood without a size",
      "links:\n    - {from: A, to: B, class: gprs}\n  faults:\n    - {id: f, link: A>B, kind: flood, until: 1 h}",
      at: "62:7", "a link fault of kind 'flood' needs 'size'", "add 'size'"),
    communication(
      "a window that ends before it begins",
      "links:\n    - {from: A, to: B, class: gprs}\n  faults:\n    - {id: f, link: A>B, kind: drop, from: 2 h, until: 1 h}",
      at: "62:7", "ends at 3600000 ms, which is not after its begin", "mend the link fault"),
    communication(
      "a route that is broken",
      "links:\n    - {from: A, to: B, class: gprs}\n  routes:\n    - {id: r, links: A>B A>B}",
      at: "62:7", "is broken", "mend the route"),
    communication(
      "a process without steps", "processes:\n    - {id: p}", at: "60:7",
      "process 'p' has no steps", "add them to process_steps"),
    communication(
      "a step over no link",
      "processes:\n    - {id: p}\n  process_steps:\n    - {process: p, step: 1, from: A, to: B, message: bid}",
      at: "62:42", "no link and no route leads from 'A' to 'B'", "add a link"),
    communication(
      "steps with a gap",
      "links:\n    - {from: A, to: B, class: gprs}\n  processes:\n    - {id: p}\n  process_steps:\n    - {process: p, step: 2, from: A, to: B, message: bid}",
      at: "64:26", "step 2 of process 'p' should be step 1", "from 1 without gaps"),
    communication(
      "a step of no process",
      "process_steps:\n    - {process: q, step: 1, from: A, to: B, message: bid}",
      at: "60:17", "there is no 'q' in processes", "add 'q'"),
    communication(
      "a line without its state",
      "links:\n    - {from: A, to: B, class: gprs}\n  processes:\n    - {id: p}\n  process_steps:\n    - {process: p, step: 1, from: A, to: B, message: bid, line: cable-1}",
      at: "64:7", "a command is a line with its state", "write one of the two pairs"),
    communication(
      "two concentrators and no choice", "concentrators:\n    - {id: D1}\n    - {id: D2}",
      at: "customers.csv:2:1", "names none of the 2 concentrators",
      "in the customer's 'concentrator'",
      count: 3),
    BrokenScenario(
      "a concentrator that is not there", at: "customers.csv:2:26",
      "there is no 'D9' in concentrators", "add 'D9'"
    ) {
      $0["customers.csv"] = $0["customers.csv"].replacing(",meter\n", with: ",meter,concentrator\n")
        .replacing("meter-1\n", with: "meter-1,D9\n").replacing("meter-2\n", with: "meter-2,\n")
        .replacing("meter-3\n", with: "meter-3,\n")
    },
  ]

  /// A fault in a table of a communication that has the parties A and B.
  private static func communication(
    _ name: String, _ table: String, at place: String, _ problem: String, _ remedy: String,
    count: Int = 1
  ) -> BrokenScenario {
    let isElsewhere = place.hasPrefix("customers")
    return BrokenScenario(
      name, at: isElsewhere ? place : "scenario.yaml:\(place)", problem, remedy, count: count
    ) { $0.communicate("  parties:\n    - {id: A}\n    - {id: B}\n  \(table)\n") }
  }
}
