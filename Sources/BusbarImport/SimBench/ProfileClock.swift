internal import BusbarScenario

/// The instants of a profile table: a first one, and steps of one length.
struct ProfileClock: Equatable {
  /// The first instant in local time, such as `2016-01-01T00:00:00`.
  let start: String
  let stepMinutes: Int
  let stepCount: Int

  /// Reads instants such as `01.01.2016 00:15`, or appends why they make no steps.
  ///
  /// The clock is that of Germany, so a step may skip the hour before summer time and repeat the
  /// hour after it.
  init?(
    _ texts: [String], lines: [Int], file: String, _ diagnostics: inout Diagnostics
  ) {
    func fail(_ row: Int, _ problem: String, _ remedy: String) {
      let line = row < lines.count ? lines[row] + 1 : 1
      diagnostics.error(
        problem, at: SourceLocation(file: file, line: line, column: 1), remedy: remedy)
    }
    guard texts.count > 1 else {
      fail(0, "the profiles have \(texts.count) steps", "give two or more")
      return nil
    }
    var minutes: [Int] = []
    for (row, text) in texts.enumerated() {
      guard let instant = LocalMinute(text) else {
        fail(row, "'\(text.prefix(40))' is no time", "write it as 31.12.2016 23:45")
        return nil
      }
      minutes.append(instant.minutes)
    }
    let step = minutes[1] - minutes[0]
    guard (1...1_440).contains(step) else {
      fail(1, "the second time does not follow the first", "give times in equal steps of minutes")
      return nil
    }
    for row in 1..<minutes.count
    where ![step, step + 60, step - 60].contains(minutes[row] - minutes[row - 1]) {
      fail(
        row, "the time '\(texts[row])' does not come \(step) min after the one before",
        "give times in equal steps")
      return nil
    }
    start = LocalMinute(texts[0])?.iso ?? ""
    stepMinutes = step
    stepCount = texts.count
  }
}

/// A minute of the local calendar.
struct LocalMinute {
  /// Minutes since the day 0 of the proleptic Gregorian calendar.
  let minutes: Int
  /// The text after ISO 8601.
  let iso: String

  /// Reads a text such as `31.12.2016 23:45`.
  init?(_ text: String) {
    let parts = text.split { ". :".contains($0) }
    let numbers = parts.compactMap { Int($0) }
    guard parts.count == 5, numbers.count == 5, numbers.allSatisfy({ $0 >= 0 }),
      (1...31).contains(numbers[0]), (1...12).contains(numbers[1]),
      (1_900...2_200).contains(numbers[2]), numbers[3] < 24, numbers[4] < 60
    else { return nil }
    let (day, month, year) = (numbers[0], numbers[1], numbers[2])
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    let past = year - 1
    let days =
      past * 365 + past / 4 - past / 100 + past / 400
      + lengths[..<(month - 1)].reduce(0, +) + day - 1
    minutes = (days * 24 + numbers[3]) * 60 + numbers[4]
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    iso = "\(year)-\(padded(month))-\(padded(day))T\(padded(numbers[3])):\(padded(numbers[4])):00"
  }
}
