import BusbarGrid
import BusbarPowerFlow
import BusbarSimulation
import BusbarTestSupport
import BusbarUnits
import Testing

/// What holds for every network whatever its solution is, and what must not matter.
///
/// Each test reads the imported scenario of a network again after a change of its text.
@Suite(.enabled(if: CaseCatalog.data != nil, "\(PackageFolder.absentData)"))
struct InvariantValidation {
  /// One case for each network, at the taps of its reference.
  static let cases = ImportValidation.cases
  /// Seeds of the random changes of each network.
  static let seeds: [UInt64] = [1, 2]
  /// In pu, for changes that are none to the physics: ten times the tolerance of the solutions.
  static let voltageLimit = 1e-9
  /// In pu, where millionths of a rating (`ppm_antifloat`) or the charging of a line are the only
  /// path to earth: rounding counts a million times there.
  static let afloatLimit = 1e-7
  /// Lines that are cut and buses that are parted at once.
  static let changeCount = 20

  /// What flows into a terminal flows out of it.
  ///
  /// The limit is relative to all parts of the currents, as rounding is. It leaves four digits for
  /// the millionths of a rating that hold some terminals.
  @Test(arguments: cases)
  func currentsBalanceAtEveryTerminal(_ item: ValidationCase) throws {
    let solved = try SolvedCase.of(item)
    let worst = TerminalBalance(solved.simulation).worst
    print(Row("balance", item, worst))
    #expect(worst.count > 0 && worst.size < 1e-11, "at \(worst.place)")
  }

  /// What the sources send is delivered, lost, or drawn by shunts, to rounding.
  @Test(arguments: cases)
  func powersBalanceOverTheNetwork(_ item: ValidationCase) throws {
    let simulation = try SolvedCase.of(item).simulation
    let scale = TerminalBalance(simulation).powerScale
    #expect(simulation.powerImbalance < 1e-12 * scale, "of \(scale) VA")
  }

  /// The voltages along each line drop by its impedance times its current.
  ///
  /// The limit is a hundredth of the solutions' tolerance, which the ends of opened loops keep.
  @Test(arguments: cases)
  func eachLineObeysOhmsLaw(_ item: ValidationCase) throws {
    let worst = try SolvedCase.of(item).simulation.worstLineDrop
    print(Row("drop", item, worst))
    #expect(worst.size < 1e-12, "at \(worst.place)")
  }

  /// Conductors are names: a for b, b for c and c for a changes nothing but the names.
  @Test(arguments: cases)
  func renamedConductorsHaveTheSameVoltages(_ item: ValidationCase) throws {
    let solved = try SolvedCase.of(item)
    var text = solved.text
    text.renameConductors()
    let other = try SolvedCase.solution(of: text, item.name)
    let distance = solved.distance(to: other, renamed: \.next)
    print(Row("rename", item, distance.worst))
    let limit = IllConditioned.limits[item.name] ?? Self.voltageLimit
    #expect(distance.worst.size < limit, "at \(distance.worst.place)")
    #expect(distance.afloat.size < Self.afloatLimit, "at \(distance.afloat.place)")
  }

  /// The order of the rows of each table is no part of the scenario.
  @Test(arguments: cases, seeds)
  func shufflingTheRowsChangesNoBit(_ item: ValidationCase, seed: UInt64) throws {
    let solved = try SolvedCase.of(item)
    var numbers = SeededNumbers(seed: seed)
    var text = solved.text
    text.shuffleRows(&numbers)
    let other = try SolvedCase.solution(of: text, "\(item.name), seed \(seed)")
    let distance = solved.distance(to: other)
    #expect(distance.isEqual, "\(distance.worst.size) at \(distance.worst.place)")
  }

  /// Two parts of a line are the whole line but for where its charging lies.
  @Test(arguments: cases, seeds)
  func cuttingLinesMovesNoMoreThanTheirCharging(_ item: ValidationCase, seed: UInt64) throws {
    let solved = try SolvedCase.of(item)
    var numbers = SeededNumbers(seed: seed)
    var text = solved.text
    let lines = text.splitLines(Self.changeCount, &numbers)
    let other = try SolvedCase.solution(of: text, "\(item.name), seed \(seed), \(lines)")
    let distance = solved.distance(to: other)
    print(Row("cut", item, distance.worst))
    let charging = solved.effectOfCutting(lines)
    let limit = (IllConditioned.limits[item.name] ?? Self.voltageLimit) + charging
    #expect(distance.worst.size < limit, "at \(distance.worst.place) by \(lines)")
    // What is afloat on the charging of a line moves with it.
    guard item.name != IllConditioned.strayConductor else { return }
    #expect(
      distance.afloat.size < Self.afloatLimit + charging,
      "at \(distance.afloat.place) by \(lines)")
  }

  /// A closed switch without impedance joins two buses to one.
  @Test(arguments: cases, seeds)
  func closedSwitchesChangeNoVoltage(_ item: ValidationCase, seed: UInt64) throws {
    let solved = try SolvedCase.of(item)
    var numbers = SeededNumbers(seed: seed)
    var text = solved.text
    let buses = text.insertSwitches(Self.changeCount, in: solved.network, &numbers)
    #expect(!buses.isEmpty)
    let other = try SolvedCase.solution(of: text, "\(item.name), seed \(seed), \(buses)")
    let distance = solved.distance(to: other)
    print(Row("switch", item, distance.worst))
    let limit = IllConditioned.limits[item.name] ?? Self.voltageLimit
    #expect(distance.worst.size < limit, "at \(distance.worst.place) by \(buses)")
    #expect(
      distance.afloat.size < Self.afloatLimit, "at \(distance.afloat.place) by \(buses)")
  }
}

/// Cases whose own values leave fewer digits.
private enum IllConditioned {
  static let limits = [
    // Reactors of 1e-10 Ω: the rounding of 10 V times 1e10 S is 1e-5 A in a neutral of 0.2 Ω.
    "unit_circuits/test_line_6w": 1e-8
  ]

  /// A conductor that ends at both sides, held by 3e-13 S of charging behind 1e3 S.
  static let strayConductor = "unit_circuits/test_switch_1w"
}

/// A line of what the tests measure.
private struct Row: CustomStringConvertible {
  let description: String

  init(_ kind: String, _ item: ValidationCase, _ worst: WorstDifference) {
    description = "|\(kind)| \(item.name) | \(worst.size) | \(worst.place) |"
  }
}
