/// The devices by their kinds.
enum DeviceSection {
  static func section(_ findings: ReportFindings) -> ReportSection? {
    guard !findings.devices.isEmpty else { return nil }
    var table = ReportTable(
      "Devices by kind",
      [
        .text("Kind"), .number("Devices"), .number("Energy drawn"), .number("Energy fed in"),
        .number("Greatest sum"), .number("Least sum"),
      ])
    for kind in findings.devices {
      table.add([
        kind.kind, ReportNumber.whole(kind.count),
        kind.energy.map { ReportNumber.energy($0.drawn) } ?? "\u{2013}",
        kind.energy.map { ReportNumber.energy($0.fed) } ?? "\u{2013}",
        kind.sum.map { ReportNumber.power($0.upperBound) } ?? "\u{2013}",
        kind.sum.map { ReportNumber.power($0.lowerBound) } ?? "\u{2013}",
      ])
    }
    return ReportSection(
      id: "devices", heading: "Devices",
      content: """
        \(table.markup)<p class="note">Energies are the recorded active powers, each held until the \
        next recorded instant; sums are of all devices of a kind at one recorded instant. Positive \
        power is drawn from the network.</p>

        """)
  }
}
