import ArgumentParser
import BusbarReport
import BusbarTrajectory

extension ExitCode {
  /// The run failed or was stopped by its non-convergence policy; or two files differ.
  static let runFailed = ExitCode(1)
  /// The run has finished with steps held or missing.
  static let incompleteSteps = ExitCode(3)
  /// The input is wrong.
  static let badInput = ExitCode(65)
  /// Busbar itself is wrong.
  static let ownDefect = ExitCode(70)
  /// An output cannot be written, or exists.
  static let cannotWrite = ExitCode(73)
  /// Stopped by SIGTERM or SIGUSR1 with work left.
  static let terminated = ExitCode(75)
  /// Stopped by Ctrl-C.
  static let interrupted = ExitCode(130)
}

extension TrajectoryError {
  /// The exit code that tells a script what kind of failure this is.
  var exitCode: ExitCode {
    switch self {
    case .outputExists, .unfinishedOutputExists, .cannotWrite: .cannotWrite
    case .cannotRead, .cannotResume, .unknownVariable, .ambiguousVariable, .unknownElement:
      .badInput
    }
  }
}

/// Runs a body and turns a failure of files into a sentence on stderr and an exit code.
func reportingFailures<Result>(
  _ body: () throws(TrajectoryError) -> Result
) throws -> Result {
  do {
    return try body()
  } catch {
    Terminal.complain("\(error)")
    throw error.exitCode
  }
}

/// Runs a body and turns a picture that cannot be described into a sentence on stderr.
func reportingFailures<Result>(
  _ body: () throws(FigureError) -> Result
) throws -> Result {
  do {
    return try body()
  } catch {
    Terminal.complain("\(error)")
    throw ExitCode.badInput
  }
}
