import BusbarDevices
import BusbarGrid
import BusbarOperator
import BusbarUnits
import Testing

struct MeterMapTests {
  private let ids = (0..<9_000).map { "meter-\($0)" }
  private var truth: MeterMap {
    MeterMap(
      truth: ids.indices.map {
        MeterConnection(bus: Index($0 / 3), phase: [Conductor.a, .b, .c][$0 % 3])
      })
  }

  /// E-2: of 9,000 meters a share of 0.1 is 900, with a standard deviation of 28.5, and the
  /// error is one of the two other phases with the same probability.
  @Test func theShareOfWrongPhasesIsTheScenarios() {
    var map = truth
    map.mistakePhases(
      share: 0.1, ids: ids, phases: Array(repeating: .abc, count: ids.count), seed: 4)
    let errors = map.errors(against: truth)
    #expect(abs(errors.count - 900) < 5 * 29)
    let forward = errors.count { meter in
      guard let wrong = map[meter].phase, let right = truth[meter].phase else { return false }
      return wrong.position == (right.position + 1) % 3
    }
    #expect(abs(2 * forward - errors.count) < 5 * 30)
    #expect(errors.allSatisfy { map[$0].bus == truth[$0].bus })
  }

  @Test func anotherMeterChangesNoError() {
    var all = truth
    all.mistakePhases(
      share: 0.3, ids: ids, phases: Array(repeating: .abc, count: ids.count), seed: 4)
    var few = MeterMap(truth: Array(truth.connections.prefix(600)))
    few.mistakePhases(
      share: 0.3, ids: Array(ids.prefix(600)), phases: Array(repeating: .abc, count: 600),
      seed: 4)
    #expect(few.connections == Array(all.connections.prefix(600)))
  }

  @Test(arguments: [0.0, 1.0])
  func aShareOfNothingOrAllIsExact(share: Double) {
    var map = truth
    map.mistakePhases(
      share: share, ids: ids, phases: Array(repeating: .abc, count: ids.count), seed: 4)
    #expect(map.errors(against: truth).count == Int(share) * ids.count)
  }

  @Test func aMeterWhereThereIsOnePhaseOnlyStaysRight() {
    var map = MeterMap(truth: [MeterConnection(bus: Index(0), phase: .b)])
    map.mistakePhases(share: 1, ids: ["m"], phases: [[.b, .n]], seed: 1)
    #expect(map[Index(0)].phase == .b)
  }

  @Test func anExplicitErrorIsAsWritten() {
    var map = truth
    map.misplace(Index(7), to: MeterConnection(bus: Index(0), phase: .c))
    #expect(map.errors(against: truth) == [Index(7)])
    #expect(map[Index(7)].bus == Index(0))
  }
}
