internal import Foundation

/// The library Chart.js, as a file of the reader's machine; none belongs to Busbar.
public struct ChartLibrary: Sendable {
  /// Its text, with its licence in front.
  let text: String

  /// Where Debian's package libjs-chart.js has it.
  public static let usualPath = "/usr/share/javascript/chart.js/chart.min.js"

  /// Why a library cannot be used.
  public enum Failure: Error, Sendable, CustomStringConvertible {
    case cannotRead(path: String)
    case isNoLibrary(path: String)

    public var description: String {
      switch self {
      case .cannotRead(let path): "Cannot read the chart library '\(path)' as UTF-8 text."
      case .isNoLibrary(let path):
        "'\(path)' is not Chart.js, or lacks its licence. Name chart.min.js of Chart.js 3 or 4."
      }
    }
  }

  /// Reads a library; throws when it is no copy of Chart.js with its licence.
  public init(path: String) throws(Failure) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw .cannotRead(path: path)
    }
    // The licence has to stay with the copy that goes into the page.
    guard text.hasPrefix("/*!"), let comment = text.range(of: "*/"),
      text[..<comment.lowerBound].contains("Chart.js"),
      text[..<comment.lowerBound].contains("icense")
    else { throw .isNoLibrary(path: path) }
    // The sequence that ends a script occurs in strings only, where the backslash changes nothing.
    self.text = text.replacing("</script", with: "<\\/script")
  }
}
