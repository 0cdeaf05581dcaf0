import BusbarEvents
import BusbarOperator
import Testing

/// The metering of the full area: 14,000 customers behind 200 secondary substations (U-1).
struct MeteringSystemValidation {
  @Test func aDayOfFourteenThousandMetersTakesSeconds() throws {
    var settings = MeteringSystemSettings()
    settings.meters = 14_000
    settings.metersPerConcentrator = 70
    settings.loss = 0.05
    var system = try MeteringSystem(settings)
    let clock = ContinuousClock()
    let time = clock.measure { system.run(through: .start + .hours(24)) }
    print("14,000 meters, one day: \(system.eventCount) events in \(time)")
    #expect(system.headEnd.coverage(ofRow: 40)?.share == 1)
    // A machine that is busy with other work may need several times what it needs alone.
    #expect(time < .seconds(30))
  }
}
