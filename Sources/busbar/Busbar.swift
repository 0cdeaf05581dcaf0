import ArgumentParser

/// The version of Busbar, as `--version` prints it and result files record it.
let busbarVersion = "0.1.0"

@main
struct Busbar: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "busbar",
    abstract: "A discrete-event co-simulator of electricity distribution grids.",
    discussion: """
      Exit codes: 0 done, 1 the run failed or was stopped by its non-convergence policy, or two \
      files differ, 3 finished with steps held or missing, 64 usage, 65 bad input, 70 our own \
      defect, 73 cannot write, 75 stopped by SIGTERM or SIGUSR1, 130 stopped by Ctrl-C.
      """,
    version: busbarVersion,
    subcommands: [
      InitCommand.self, ImportCommand.self, RunCommand.self, SolveCommand.self,
      ValidateCommand.self, CompareCommand.self, ReproduceCommand.self, ExplainCommand.self,
      LatencyCommand.self, PlotCommand.self, ReportCommand.self, ExportCommand.self,
      SchemaCommand.self, DoctorCommand.self,
    ])
}
