import BusbarDevices
import BusbarEvents
import BusbarUnits
import Testing

struct CapacitorControlTests {
  private func sample(
    _ second: Int64, volts: [Double] = [2_400], hour: Double = 0, closedSteps: Int = 1
  ) -> CapacitorSample {
    CapacitorSample(
      time: .start + .seconds(second), hourOfDay: hour, voltages: volts.map { Phasor($0, 0) },
      closedSteps: closedSteps)
  }

  private func due(_ control: CapacitorControl) -> [Double] {
    control.timers.running.filter { $0.purpose == .action }.map { ($0.due - .start).seconds }
  }

  /// The steps that a running timer switches; 0 without one.
  private func act(_ control: inout CapacitorControl, closedSteps: Int) -> Int {
    guard let timer = control.timers.running.first(where: { $0.purpose == .action }) else {
      return 0
    }
    return control.expire(timer.ordinal, at: timer.due, closedSteps: closedSteps)
  }

  private var byVoltage: CapacitorSettings {
    var settings = CapacitorSettings(.voltage(on: 118, off: 122))
    settings.voltageRatio = 20
    settings.onDelay = .seconds(30)
    settings.offDelay = .seconds(20)
    return settings
  }

  @Test func `A high voltage switches off after its delay, and a low one on after the dead time`() {
    var control = CapacitorControl(byVoltage, stepCount: 1)
    control.observe(sample(0, volts: [2_460]))
    #expect(due(control) == [20])
    #expect(act(&control, closedSteps: 1) == -1)
    control.observe(sample(20, volts: [2_340], closedSteps: 0))
    #expect(due(control) == [350], "300 s to discharge after 20 s, and 30 s of delay")
    #expect(act(&control, closedSteps: 0) == 1)
  }

  @Test func `A value that comes back calls the timer off`() {
    var control = CapacitorControl(byVoltage, stepCount: 1)
    control.observe(sample(0, volts: [2_460]))
    control.observe(sample(10, volts: [2_400]))
    #expect(due(control) == [])
    control.observe(sample(15, volts: [2_350]))
    #expect(due(control) == [], "it is on already")
  }

  @Test func `The steps of a bank follow each other`() {
    var control = CapacitorControl(byVoltage, stepCount: 3)
    control.observe(sample(0, volts: [2_340], closedSteps: 1))
    #expect(act(&control, closedSteps: 1) == 1)
    control.observe(sample(30, volts: [2_340], closedSteps: 2))
    #expect(due(control) == [60])
    #expect(act(&control, closedSteps: 2) == 1)
    control.observe(sample(60, volts: [2_340], closedSteps: 3))
    #expect(due(control) == [], "all steps are on")
  }

  /// Magnitudes 2,300, 2,400 and 2,500 V behind a ratio of 20.
  @Test(arguments: [
    (MeasuredPhase.number(3), -1), (.number(2), 0), (.number(1), 0), (.highest, -1),
    (.average, 0), (.lowest, 0),
  ])
  func `The chosen phase counts`(phase: MeasuredPhase, steps: Int) {
    var settings = byVoltage
    settings.voltagePhase = phase
    var control = CapacitorControl(settings, stepCount: 1)
    control.observe(sample(0, volts: [2_300, 2_400, 2_500]))
    #expect(act(&control, closedSteps: 1) == steps)
  }

  /// |2,400 − (−1,200 + j2,078)| = 4,157 V, behind a ratio of 34.3 is 121.2 V; against earth 70 V.
  @Test func `A capacitor between phases is controlled by the voltage between them`() {
    var settings = byVoltage
    settings.voltageRatio = 34.3
    settings.connection = .betweenPhases
    var control = CapacitorControl(settings, stepCount: 1)
    var between = sample(0, closedSteps: 0)
    between.voltages = [
      Phasor(2_400, 0), Phasor(magnitude: 2_400, degrees: -120),
      Phasor(magnitude: 2_400, degrees: 120),
    ]
    control.observe(between)
    #expect(due(control) == [])
  }

  @Test func `A current switches on above and off below`() {
    var control = CapacitorControl(CapacitorSettings(.current(on: 5, off: 3)), stepCount: 1)
    var measured = sample(0, closedSteps: 0)
    measured.currents = [Phasor(0, 301)]
    control.observe(measured)
    #expect(act(&control, closedSteps: 0) == 1)
    measured = sample(100, closedSteps: 1)
    measured.currents = [Phasor(179, 0)]
    control.observe(measured)
    #expect(act(&control, closedSteps: 1) == -1)
  }

  /// 0.9 lagging is 0.9 on the scale, 0.9 leading is 1.1.
  @Test(arguments: [(484.0, 0, 1), (-484, 1, -1), (100, 0, 0), (100, 1, 0)])
  func `A power factor switches on when lagging and off when leading`(
    kilovars: Double, closed: Int, steps: Int
  ) {
    let settings = CapacitorSettings(.powerFactor(on: 0.95, off: 1.05, leastVars: 300e3))
    var control = CapacitorControl(settings, stepCount: 1)
    var measured = sample(0, closedSteps: closed)
    measured.power = Phasor(1_000e3, kilovars * 1e3)
    control.observe(measured)
    #expect(act(&control, closedSteps: closed) == steps)
  }

  @Test func `A low power factor of a small load switches nothing on`() {
    let settings = CapacitorSettings(.powerFactor(on: 0.95, off: 1.05, leastVars: 300e3))
    var control = CapacitorControl(settings, stepCount: 1)
    var measured = sample(0, closedSteps: 0)
    measured.power = Phasor(100e3, 200e3)
    control.observe(measured)
    #expect(due(control) == [])
  }

  @Test func `A voltage outside its limits overrides the reactive power`() {
    var settings = CapacitorSettings(.reactivePower(on: 100e3, off: -100e3))
    settings.voltageOverride = 115...126
    settings.voltageRatio = 20
    var control = CapacitorControl(settings, stepCount: 1)
    var measured = sample(0, volts: [2_540])
    measured.power = Phasor(0, 500e3)
    control.observe(measured)
    #expect(act(&control, closedSteps: 1) == -1)
  }

  @Test(arguments: [
    (8.0, 19.0, 7.9, false), (8, 19, 8, true), (8, 19, 18.99, true), (8, 19, 19, false),
    (20, 6, 23, true), (20, 6, 3, true), (20, 6, 6, false), (20, 6, 12, false),
  ])
  func `Hours of a day may pass midnight`(begin: Double, end: Double, hour: Double, isOn: Bool) {
    #expect(DailyHours(from: begin, to: end).contains(hour) == isOn)
  }

  @Test func `A control by the clock looks again when its hours begin and end`() throws {
    var control = CapacitorControl(
      CapacitorSettings(.timeOfDay(DailyHours(from: 8, to: 19))), stepCount: 1)
    control.observe(sample(0, hour: 7.5, closedSteps: 0))
    let look = try #require(control.timers.running.first)
    #expect(look.purpose == .look)
    #expect(look.due == .start + .seconds(1_800))
    #expect(control.expire(look.ordinal, at: look.due, closedSteps: 0) == 0)
    control.observe(sample(1_800, hour: 8, closedSteps: 0))
    #expect(due(control) == [1_815])
  }

  @Test func `A control that follows looks again at each step of its profile`() throws {
    let profile = Profile(id: "signal", step: .minutes(10), values: [1, 0, 1])
    var control = CapacitorControl(CapacitorSettings(.profile(profile)), stepCount: 1)
    control.observe(sample(0))
    let look = try #require(control.timers.running.first)
    #expect(look.due == .start + .minutes(10))
    _ = control.expire(look.ordinal, at: look.due, closedSteps: 1)
    control.observe(sample(600))
    #expect(due(control) == [615])
  }
}
