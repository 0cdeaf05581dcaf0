internal import Foundation

/// A picture of gnuplot's terminal `svg`, made fit for readers of all kinds.
public struct SVGDocument: Sendable {
  /// The document.
  public private(set) var text: String

  /// Takes what gnuplot drew: names the picture and describes it, for readers that speak and for
  /// search; keeps the cells of images sharp; drops the hints that name gnuplot's own plots.
  public init(_ bytes: [UInt8], of figure: Figure) {
    text = SVGMarks.merged(in: String(decoding: bytes, as: UTF8.self))
    // The first title is the picture's own.
    text.replace("<title>Gnuplot</title>", with: "")
    text.replace(/<title>[^<]*<\/title>/, with: "")
    text.replace(
      "<desc>", with: "<title>\(figure.title.escapedForMarkup)</title>\n<desc>", maxReplacements: 1)
    text.replace(
      /<desc>[^<]*<\/desc>/, with: "<desc>\(figure.summary.escapedForMarkup)</desc>")
    text.replace("<image ", with: "<image style='image-rendering:pixelated' ")
  }
}

extension String {
  /// The text inside HTML or XML, as content or between quotes; control characters become blanks.
  var escapedForMarkup: String {
    var escaped = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default:
        if scalar.properties.generalCategory == .control {
          escaped += " "
        } else {
          escaped.unicodeScalars.append(scalar)
        }
      }
    }
    return escaped
  }
}
