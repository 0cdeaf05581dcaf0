internal import BusbarTrajectory
internal import Foundation

/// The scripts of a page with charts: the library, our own, and the data between them.
struct ChartScripts {
  /// The elements at the end of the page.
  let markup: Markup
  /// The digests that the page's policy lets run.
  let digests: [String]

  init(_ library: ChartLibrary, _ charts: [ChartData]) {
    digests = [library.text, ChartScript.text].map(Self.digest)
    markup = """
      <script type="application/json" id="chart-data">\(Markup(trusted: ChartData.text(charts)))</script>
      <script>\(Markup(trusted: library.text))</script>
      <script>\(Markup(trusted: ChartScript.text))</script>

      """
  }

  /// A source of a Content Security Policy (level 3, section 2.3.1): the digest in base 64.
  static func digest(_ text: String) -> String {
    let digits = Array(SHA256Digest.hex(of: Array(text.utf8)))
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0..<($0 + 2)]), radix: 16)
    }
    return "'sha256-\(Data(bytes).base64EncodedString())'"
  }
}
