internal import Foundation

/// The feature level of the processor, on which the last bits of libm's functions depend.
public enum ProcessorLevel {
  /// A name such as `x86-64-v3`, or the architecture when the features are not known.
  public static let current: String = {
    #if arch(x86_64)
      let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
      let flags = Set(line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init))
      if flags.isSuperset(of: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]) {
        return "x86-64-v4"
      }
      if flags.isSuperset(of: ["avx2", "bmi1", "bmi2", "fma", "movbe"]) { return "x86-64-v3" }
      if flags.isSuperset(of: ["sse4_2", "ssse3", "popcnt"]) { return "x86-64-v2" }
      return "x86-64"
    #elseif arch(arm64)
      return "arm64"
    #else
      return "unknown"
    #endif
  }()
}
