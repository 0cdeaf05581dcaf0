/// Finds the name that a misspelt one was probably meant to be.
public enum NearestName {
  /// Returns the nearest of `names`, or `nil` when none is near; earlier names win a tie.
  ///
  /// Near means equal but for case, or at most a third of the letters edited (at least one).
  public static func of(
    _ name: String, among names: some Sequence<String>
  ) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in names {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let tolerance = max(1, min(wanted.count, letters.count) / 3)
      let bound = min(tolerance, (best?.distance ?? .max) - 1)
      if bound < 0 { break }
      if abs(letters.count - wanted.count) > bound || min(letters.count, wanted.count) == 0 {
        continue
      }
      let distance = distance(wanted, letters)
      let isUnlikeShortName = distance > 0 && min(wanted.count, letters.count) == 1
      if distance <= bound && !isUnlikeShortName { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Returns `write 'x'` for the nearest name, or else `fallback`.
  public static func suggestion(
    for name: String, among names: [String], otherwise fallback: @autoclosure () -> String
  ) -> String {
    of(name, among: names).map { "write '\($0)'" } ?? fallback()
  }

  /// Returns the Damerau-Levenshtein distance (optimal string alignment).
  ///
  /// Insertion, deletion, substitution and the swap of two neighbours cost 1 each [1].
  ///
  /// 1. F. J. Damerau, Commun. ACM 7 (1964) 171, doi:10.1145/363958.363994.
  static func distance<Letter: Equatable>(_ a: [Letter], _ b: [Letter]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    var row = last
    for i in a.indices {
      row[0] = i + 1
      for j in b.indices {
        let substitution = last[j] + (a[i] == b[j] ? 0 : 1)
        row[j + 1] = min(substitution, last[j + 1] + 1, row[j] + 1)
        if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
          row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
        }
      }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[b.count]
  }
}
