import BusbarDevices
import BusbarEvents
import BusbarUnits
import Testing

/// A relay behind a voltage transformer of 20 and a current transformer of 700 A, as on IEEE 13.
///
/// One tap is 0.00625 of 2,400 V, so 15 V at the coil and 0.75 V at the relay.
struct RegulatorControlTests {
  private func settings(target: Double = 122, band: Double = 2) -> RegulatorSettings {
    var settings = RegulatorSettings(
      forward: .init(volts: target, bandVolts: band), voltageRatio: 20)
    settings.currentRatingAmperes = 700
    return settings
  }

  private func control(_ settings: RegulatorSettings) -> RegulatorControl {
    RegulatorControl(
      settings,
      moving: RegulatedWinding(
        coilVolts: 2_400, tapStep: 0.00625, range: -16...16, sense: .raises))
  }

  /// A sample with a voltage at the relay, and a current that leaves the winding.
  private func sample(
    _ second: Int64, relayVolts: Double, leaving current: Phasor = .zero, position: Int = 0
  ) -> RegulatorSample {
    RegulatorSample(
      time: .start + .seconds(second), coilVoltages: [Phasor(relayVolts * 20, 0)],
      currents: [-current], position: position)
  }

  private func dueSeconds(_ control: RegulatorControl) -> [Double] {
    control.timers.running.map { ($0.due - .start).seconds }
  }

  /// 2 V missing are 2.67 taps, which rounds to three.
  @Test func `A sequence taps after its delay and then after each tap delay`() throws {
    var control = control(settings())
    control.observe(sample(100, relayVolts: 120))
    #expect(control.missingTaps == 3)
    #expect(dueSeconds(control) == [115])
    var position = 0
    for second in [115, 117, 119] as [Int64] {
      let timer = try #require(control.timers.running.first)
      #expect(timer.due == .start + .seconds(second))
      position += control.expire(
        timer.ordinal, at: timer.due, position: position, pace: .timed)
      control.observe(
        sample(second, relayVolts: 120 + 0.75 * Double(position), position: position))
    }
    #expect(position == 2, "121.5 V lies within 121 to 123 V, so that the third tap is not needed")
    #expect(control.missingTaps == 0)
  }

  @Test func `Within the band nothing happens`() {
    var control = control(settings())
    for volts in [121.001, 122, 122.999] {
      control.observe(sample(0, relayVolts: volts))
      #expect(control.timers.running.isEmpty)
    }
  }

  @Test func `A voltage that comes back calls the first timer off`() {
    var control = control(settings())
    control.observe(sample(0, relayVolts: 120))
    control.observe(sample(5, relayVolts: 122))
    #expect(control.timers.running.isEmpty)
    control.observe(sample(9, relayVolts: 124))
    #expect(dueSeconds(control) == [24], "the delay begins anew")
    #expect(control.missingTaps == -3)
  }

  /// (3 + j9) V × (0.8 − j0.6) = 7.8 + j5.4 V off 120 V leave |112.2 − j5.4| = 112.330 V; the missing
  /// 9.670 V are 12.89 taps.
  @Test func `Line-drop compensation takes the drop of the line off`() {
    var compensated = settings()
    compensated.forward.resistiveVolts = 3
    compensated.forward.reactiveVolts = 9
    var control = control(compensated)
    control.observe(sample(0, relayVolts: 120, leaving: Phasor(700 * 0.8, -700 * 0.6)))
    #expect(control.missingTaps == 13)
  }

  /// At half the rating 9 V become 4.5 V: 117.5 V, of which 4.5 V or six taps are missing.
  @Test func `Compensation by magnitudes knows no angle`() {
    var compensated = settings()
    compensated.forward.magnitudeVolts = 9
    var control = control(compensated)
    control.observe(sample(0, relayVolts: 122, leaving: Phasor(0, 350)))
    #expect(control.missingTaps == 6)
  }

  /// 0.7 × 13 = 9.1, and at least one.
  @Test(arguments: [(112.33, 16, 9), (120.9, 16, 1), (112.33, 4, 4), (131.67, 16, -9)])
  func `While time stands still seven tenths of the way are one step`(
    relayVolts: Double, limit: Int, taps: Int
  ) throws {
    var steady = settings()
    steady.tapLimit = limit
    var control = control(steady)
    control.observe(sample(0, relayVolts: relayVolts))
    let timer = try #require(control.timers.running.first)
    #expect(control.expire(timer.ordinal, at: .start, position: 0, pace: .steady) == taps)
  }

  @Test func `A limit of no taps blocks the regulator`() {
    var blocked = settings()
    blocked.tapLimit = 0
    var control = control(blocked)
    control.observe(sample(0, relayVolts: 100))
    #expect(control.timers.running.isEmpty)
  }

  /// 4 V off a target with a half band of 1 V: a quarter of 15 s; a tenth at the least.
  @Test(arguments: [(118.0, 3.75), (60, 1.5)])
  func `The inverse law shortens the delay`(relayVolts: Double, seconds: Double) {
    var inverse = settings()
    inverse.delayLaw = .inverse
    var control = control(inverse)
    control.observe(sample(0, relayVolts: relayVolts))
    #expect(dueSeconds(control) == [seconds])
  }

  /// 126 V − 124 V are 2.67 taps down, though the compensated target asks for taps up.
  @Test func `The voltage limit goes before the target`() {
    var limited = settings()
    limited.forward.resistiveVolts = 9
    limited.limitVolts = 124
    var control = control(limited)
    control.observe(sample(0, relayVolts: 126, leaving: Phasor(700, 0)))
    #expect(control.missingTaps == -3)
  }

  @Test func `Taps in another winding move the other way`() {
    var control = RegulatorControl(
      settings(),
      moving: RegulatedWinding(
        coilVolts: 2_400, tapStep: 0.00625, range: -16...16, sense: .lowers))
    control.observe(sample(0, relayVolts: 120))
    #expect(control.missingTaps == -3)
  }

  @Test func `At the end of the range no timer starts`() {
    var control = control(settings())
    control.observe(sample(0, relayVolts: 120, position: 16))
    #expect(control.timers.running.isEmpty)
    control.observe(sample(0, relayVolts: 124, position: 16))
    #expect(dueSeconds(control) == [15])
  }

  /// Strains from 15 s on, with timers that would run out every two seconds.
  @Test func `A motor that strains at the end of its range turns within a tap delay`() throws {
    var control = control(settings())
    control.observe(sample(0, relayVolts: 110, position: 15))
    let first = try #require(control.timers.running.first)
    #expect(control.expire(first.ordinal, at: first.due, position: 15, pace: .timed) == 1)
    control.observe(sample(15, relayVolts: 110.75, position: 16))
    let second = try #require(control.timers.running.first)
    #expect(control.expire(second.ordinal, at: second.due, position: 16, pace: .timed) == 0)
    #expect(control.timers.running.isEmpty, "nothing is computed while it strains")
    control.observe(sample(600, relayVolts: 125, position: 16))
    #expect(dueSeconds(control) == [601])
  }

  @Test func `Reversed power for long enough sends the regulator to neutral`() throws {
    var reversible = settings()
    reversible.reverseMode = .neutral
    var control = control(reversible)
    var backwards = sample(0, relayVolts: 122, position: 5)
    backwards.forwardWatts = -200e3
    control.observe(backwards)
    let timer = try #require(control.timers.running.first)
    #expect(timer.due == .start + .seconds(60))
    #expect(control.expire(timer.ordinal, at: timer.due, position: 5, pace: .timed) == 0)
    #expect(control.direction == .reverse)
    backwards.time = timer.due
    control.observe(backwards)
    #expect(control.missingTaps == -5)
  }

  @Test func `Power that comes back in time turns nothing`() {
    var reversible = settings()
    reversible.reverseMode = .regulate
    var control = control(reversible)
    var backwards = sample(0, relayVolts: 122)
    backwards.forwardWatts = -200e3
    control.observe(backwards)
    control.observe(sample(30, relayVolts: 122))
    #expect(control.timers.running.isEmpty)
    #expect(control.direction == .forward)
  }

  /// Backwards over a tap of +10 (turns 1.0625), 127.5 V here are 120 V there: in the band.
  @Test func `In reverse the other side of the taps is regulated`() throws {
    var reversible = settings()
    reversible.reverseMode = .regulate
    var control = control(reversible)
    var backwards = sample(0, relayVolts: 127.5, position: 10)
    backwards.forwardWatts = -200e3
    backwards.turns = 1.0625
    control.observe(backwards)
    for timer in control.timers.running where timer.purpose == .reversal {
      _ = control.expire(timer.ordinal, at: timer.due, position: 10, pace: .timed)
    }
    control.observe(backwards)
    #expect(control.missingTaps == 0)
    backwards.coilVoltages = [Phasor(120 * 20, 0)]
    control.observe(backwards)
    // 120 / 1.0625 = 112.94 V: 7.06 V or nine taps are missing, which turns down must bring.
    #expect(control.missingTaps == -9)
  }

  @Test func `A remote bus counts instead of the winding`() {
    var remote = settings()
    remote.remoteVoltageRatio = 10
    var control = control(remote)
    var far = sample(0, relayVolts: 122)
    far.remoteVoltage = Phasor(1_200, 0)
    control.observe(far)
    #expect(control.missingTaps == 3)
  }
}
