internal import Foundation
internal import Subprocess

/// Draws pictures with the program gnuplot.
public enum Gnuplot {
  /// Why a picture was not drawn.
  public enum Failure: Error, Sendable, CustomStringConvertible {
    /// There is no program gnuplot on the path.
    case isAbsent
    /// It ran, and refused.
    case refused(String)

    public var description: String {
      switch self {
      case .isAbsent:
        "gnuplot is not installed. Install it (on Debian: apt-get install gnuplot-nox)."
      case .refused(let reason): "gnuplot could not draw the picture: \(reason)"
      }
    }
  }

  /// No picture is longer; those of a year of a thousand buses stay below 3 MB.
  private static let mostBytes = 256 << 20

  /// Runs a script and returns what it draws.
  public static func draw(_ script: GnuplotScript) async throws(Failure) -> [UInt8] {
    try await draw(script.text)
  }

  static func draw(_ script: String) async throws(Failure) -> [UInt8] {
    do {
      // Without the user's own settings, so that a picture is the same for everybody.
      let result = try await run(
        .name("gnuplot"), arguments: ["-d", "-"], input: .string(script),
        output: .bytes(limit: mostBytes), error: .string(limit: 1 << 16))
      guard result.terminationStatus.isSuccess, !result.standardOutput.isEmpty else {
        throw Failure.refused(
          result.standardError.trimmingCharacters(in: .whitespacesAndNewlines))
      }
      return result.standardOutput
    } catch let failure as Failure {
      throw failure
    } catch let error as SubprocessError {
      if error.code == .executableNotFound { throw .isAbsent }
      throw .refused("\(error)")
    } catch {
      throw .refused("\(error)")
    }
  }
}
