/// The colours of a picture.
public struct Theme: Sendable, Hashable {
  /// The name on the command line.
  public var name: String
  var background: String
  var foreground: String
  var grid: String
  var muted: String
  var secondary: String
  var limit: String
  /// Colours for things that differ in kind.
  var series: [String]
  /// Colours for classes, from low to high.
  var grades: [String]

  /// Dark on white, for papers.
  public static let light = Theme(
    name: "light", background: "#ffffff", foreground: "#1c1e21", grid: "#d9dce1",
    muted: "#8a9099", secondary: "#5a616b", limit: "#b3123c",
    series: ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#8c6d00", "#3aa0d8", "#5b4fa2"],
    grades: ["#b9c0ca", "#8fb8de", "#f2b134", "#e4572e", "#7a0f3d"])

  /// Bright on near black, for screens in the dark.
  public static let dark = Theme(
    name: "dark", background: "#16181c", foreground: "#e4e6ea", grid: "#3a3f47",
    muted: "#8a9099", secondary: "#a9b0ba", limit: "#ff6b86",
    series: ["#ff8b3d", "#4db1f0", "#2fc89b", "#e79ac8", "#d9b530", "#8fd0f5", "#a99bf0"],
    grades: ["#4a515c", "#3f7fb8", "#d99a1c", "#ff7043", "#ff9ec4"])

  /// All themes.
  public static let all = [light, dark]

  /// The colours of a scale from low to high: those of viridis.
  ///
  /// Their lightness ascends evenly, also for those who see fewer colours, and in grey print (made
  /// by S. van der Walt and N. Smith in 2015).
  static let scale = ["#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"]

  // The colours for kinds are those of M. Okabe and K. Ito, "Color Universal Design" (2008), some
  // darkened or lightened until each has a contrast of 3 or more to its background.

  /// The colour of an ink but a value of a scale.
  func colour(_ ink: Ink) -> String {
    switch ink {
    case .series(let number): series[number % series.count]
    case .conductor(let name):
      Ink.place(ofConductor: name).map { series[$0 % series.count] } ?? muted
    case .grade(let number, let count):
      grades[number * (grades.count - 1) / max(1, count - 1)]
    case .limit: limit
    case .muted: muted
    case .foreground: foreground
    case .value: preconditionFailure("A value's colour is that of its scale.")
    }
  }
}
