/// Round marks of gnuplot's SVG: a tag of a hundred bytes each, and there may be thousands.
///
/// Those of one size and colour that follow each other become one path of points with round ends,
/// which looks the same and takes a seventh of the bytes.
enum SVGMarks {
  /// The document with its marks merged.
  static func merged(in document: String) -> String {
    var merged = ""
    merged.reserveCapacity(document.utf8.count)
    var run: (look: Look, points: String)?
    for line in document.split(separator: "\n", omittingEmptySubsequences: false) {
      if let mark = Mark(line) {
        if run?.look != mark.look {
          close(&run, into: &merged)
          run = (mark.look, "")
        }
        run?.points += "M\(mark.place)h0"
        continue
      }
      close(&run, into: &merged)
      merged += line
      merged += "\n"
    }
    // The split leaves one empty piece behind the last line feed.
    merged.removeLast()
    return merged
  }

  private static func close(_ run: inout (look: Look, points: String)?, into text: inout String) {
    guard let (look, points) = run else { return }
    text +=
      "<path d='\(points)' fill='none' stroke='\(look.colour)' stroke-linecap='round' "
      + "stroke-width='\((2 * look.radius).inGnuplot)'/>\n"
    run = nil
  }

  private struct Look: Equatable {
    let radius: Double
    let colour: Substring
  }

  private struct Mark {
    let place: Substring
    let look: Look

    private static let head = "\t<use xlink:href='#gpPt6' transform='translate("

    /// Reads a line that draws a filled circle; nil for any other line.
    init?(_ line: Substring) {
      guard line.hasPrefix(Self.head) else { return nil }
      let parts = line.dropFirst(Self.head.count).split(separator: "'")
      // 12.3,45.6) scale(1.12) | color= | rgb( 68,   1,  84) | />
      guard parts.count == 4, parts[1] == " color=", parts[3] == "/>",
        let end = parts[0].firstIndex(of: ")")
      else { return nil }
      let scale = parts[0][end...].drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
      guard let radius = Double(scale) else { return nil }
      place = parts[0][..<end]
      look = Look(radius: radius, colour: parts[2])
    }
  }
}
