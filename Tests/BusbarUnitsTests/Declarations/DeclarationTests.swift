import BusbarUnits
import Testing

struct DimensionTests {
  /// Stored value of 3 of each unit, by hand.
  @Test(arguments: [
    (Dimension.activePower, "kW", 3_000), (.activePower, "MW", 3e6), (.reactivePower, "kvar", 3e3),
    (.apparentPower, "MVA", 3e6), (.voltage, "kV", 3e3), (.current, "kA", 3e3),
    (.length, "km", 3_000), (.length, "ft", 0.9144), (.length, "mi", 4_828.032),
    (.impedance, "ohm", 3), (.impedancePerLength, "ohm/km", 0.003),
    (.capacitancePerLength, "nF/km", 3e-12), (.capacitancePerLength, "uF/km", 3e-9),
    (.frequency, "Hz", 3), (.energy, "Wh", 10_800), (.energy, "kWh", 10.8e6),
    (.energy, "MWh", 10.8e9), (.ratio, "%", 0.03), (.ratio, "", 3), (.angle, "deg", 3),
    (.interval, "min", 180_000), (.interval, "d", 259_200_000),
  ])
  func threeOfAUnitHaveTheirStoredValue(_ dimension: Dimension, _ symbol: String, _ stored: Double)
    throws
  {
    let unit = try #require(dimension.unit(symbol: symbol))
    // Both sides round at most twice.
    #expect(abs(unit.stored(3) - stored) <= 4 * stored.ulp)
    #expect(abs(unit.amount(ofStored: stored) - 3) <= 4 * 3.0.ulp)
  }

  @Test func unitsThatDifferInCaseAreDifferent() {
    #expect(Dimension.activePower.unit(symbol: "mW") == nil)
    #expect(Dimension.activePower.unit(symbol: "KW") == nil)
  }
}

struct FieldRangeTests {
  @Test(arguments: [
    (FieldRange.positive, 0, false), (.positive, 1e-300, true), (.nonNegative, 0, true),
    (.nonNegative, -1, false), (.fraction, 1, true), (.fraction, 1.1, false),
    (.below(5), 5, false), (.atMost(5), 5, true), (.above(5), 5, false), (.atLeast(5), 5, true),
    (.closed(2...3), 2, true), (.any, .infinity, false), (.any, .nan, false),
  ])
  func endsAreOpenOrClosedAsStated(_ range: FieldRange, _ value: Double, _ isInside: Bool) {
    #expect(range.contains(value) == isInside)
  }

  @Test func aRangeIsDescribedInTheUnitOfItsReader() throws {
    let km = try #require(Dimension.length.unit(symbol: "km"))
    #expect(FieldRange.closed(0...500).description(in: km) == "from 0 km to 0.5 km")
    #expect(
      FieldRange(from: .open(0), to: .closed(5_000)).description(in: km)
        == "more than 0 km and at most 5 km")
    #expect(FieldRange.any.description(in: km) == "any number")
  }
}

struct WordTests {
  @Test(arguments: [
    ("007", nil), ("Haus 12/Süd", nil), ("", Identifier.Fault.empty), (" a", .blankAtEnd),
    ("a\t", .blankAtEnd), ("a\u{7}b", .controlCharacter),
    (String(repeating: "x", count: 201), .tooLong(201)),
  ])
  func identifiersAreWholeVisibleNames(_ text: String, _ fault: Identifier.Fault?) {
    #expect(Identifier.fault(in: text) == fault)
  }
}

struct RecordDeclarationTests {
  static let power = Field.quantity("power", .activePower, range: .positive, "Rated power.")
  static let share = Field.quantity("share", .ratio, default: 0.25, "Share.")
  static let every = Field.interval("every", "Period.").optional
  static let battery = RecordDeclaration("battery", "A battery.", power, share, every)

  @Test func aQuantityHasOneKeyForEachUnit() {
    #expect(
      Self.battery.allKeys == [
        "power", "power_w", "power_kw", "power_mw", "share", "share_percent", "every", "every_ms",
        "every_s", "every_min", "every_h", "every_d",
      ])
    #expect(Self.battery.use(ofKey: "power_kw")?.position == 0)
    #expect(Self.battery.use(ofKey: "kw") == nil)
  }

  @Test func valuesMadeByHandHaveTheDefaultsOfTheirRecord() {
    let values = FieldValues(of: Self.battery, Self.power.set(to: 5_000))
    #expect(values[Self.power] == 5_000)
    #expect(values[Self.share] == 0.25)
    #expect(values[optional: Self.every] == nil)
    let more = FieldValues(of: Self.battery, Self.power.set(to: 1), Self.every.set(to: 60_000))
    #expect(more[optional: Self.every] == 60_000)
  }

  @Test func askingForAnUndeclaredFieldTraps() async {
    await #expect(processExitsWith: .failure) {
      let record = RecordDeclaration("r", "R.", Field.text("a", "A."))
      let values = FieldValues(of: record, Field.text("a", "A.").set(to: "x"))
      _ = values[Field.text("b", "B.")]
    }
  }

  @Test func askingForAnAbsentOptionalFieldAsIfItWereRequiredTraps() async {
    await #expect(processExitsWith: .failure) {
      let note = Field.text("note", "N.").optional
      _ = FieldValues(of: RecordDeclaration("r", "R.", note))[note]
    }
  }

  @Test func twoFieldsThatClaimOneKeyTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = RecordDeclaration(
        "r", "R.", Field.quantity("length", .length, "L."), Field.number("length_m", "M."))
    }
  }
}
