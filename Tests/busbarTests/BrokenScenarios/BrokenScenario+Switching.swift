extension BrokenScenario {
  /// Faults of planned switching.
  static let switching: [BrokenScenario] = [
    BrokenScenario(
      "switching of no line", at: "switching.csv:2:1",
      "there is no 'cable-9' in lines, which line names", "write 'cable-"
    ) { $0.addSwitching("cable-9,1 h,open") },
    BrokenScenario(
      "switching to no state", at: "switching.csv:2:13", "shut", "closed"
    ) { $0.addSwitching("cable-3,1 h,shut") },
    BrokenScenario(
      "switching before the start", at: "switching.csv:2:9", "-1 h", "0"
    ) { $0.addSwitching("cable-3,-1 h,open") },
    BrokenScenario(
      "one line switched twice at an instant", at: "switching.csv:3:1",
      "line 'cable-3' is switched at this instant already at switching.csv:2:1",
      "leave one of the two out"
    ) { $0.addSwitching("cable-3,1 h,open\ncable-3,60 min,closed") },
  ]
}
