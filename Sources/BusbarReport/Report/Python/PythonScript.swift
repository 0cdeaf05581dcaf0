internal import BusbarEvents
internal import BusbarTrajectory
internal import Foundation

/// A script in Python that draws the main figures of a result with xarray and matplotlib.
///
/// It is meant to be read and changed: it names the file's own variables, and leaves out what the
/// file does not hold.
public struct PythonScript: Sendable {
  /// The script.
  public let text: String

  /// Writes the script of a result; throws when it holds nothing that the script could draw.
  ///
  /// The path stands in the script as what is drawn when nothing else is named.
  public init(
    of result: ResultView, file: String, limits: VoltageLimits
  ) throws(FigureError) {
    let reader = result.reader
    let hasVoltages = reader.has("bus_voltage_magnitude") && reader.has("bus_nominal_voltage")
    let hasPower = reader.has("source_active_power")
    guard hasVoltages || hasPower else {
      throw .nothing(
        "The result holds neither bus_voltage_magnitude nor source_active_power, so there is no "
          + "figure to draw. Record one of them.")
    }
    let worst = hasVoltages ? try VoltageSurvey(result, limits).worst : nil
    var parts = [Self.head(result) + "\n" + Self.constants(result, file, limits, bus: worst)]
    parts.append(Self.common)
    var calls: [String] = []
    if hasVoltages {
      let overview = reader.has("overview_hour/bus_voltage_magnitude_minimum")
      parts += [
        PythonFigures.extremes(fromOverview: overview),
        PythonFigures.distances(inMetres: reader.has("branch_length")),
        PythonFigures.profile,
        PythonFigures.heatmap(fromOverview: overview),
      ]
      if worst != nil { parts.append(PythonFigures.bus) }
      calls += ["voltage_profile"] + (worst == nil ? [] : ["bus_voltage"]) + ["voltage_heatmap"]
    }
    if hasPower {
      parts.append(PythonFigures.power)
      calls.append("source_power")
    }
    parts.append(
      "if __name__ == \"__main__\":\n    with xr.open_dataset(RESULT) as run:\n"
        + calls.map { "        \($0)(run)\n" }.joined())
    text = parts.joined(separator: "\n\n\n")
  }

  /// The zone as Python knows it; nil for one that has no name there.
  private static func namedZone(_ result: ResultView) -> String? {
    let name = result.clock.epoch.zone
    return TimeZone.knownTimeZoneIdentifiers.contains(name) || name == "UTC" ? name : nil
  }

  private static func head(_ result: ResultView) -> String {
    let zone =
      namedZone(result) == nil
      ? "from datetime import timedelta, timezone" : "from zoneinfo import ZoneInfo"
    return #"""
      #!/usr/bin/env python3
      """Draws the main figures of a result of Busbar, as PNG files in the current folder.

          python3 THIS.py [RESULT.h5]

      Needs xarray, h5netcdf and matplotlib. Written by `busbar report --emit-python`.
      """

      import sys
      \#(zone)

      import matplotlib

      matplotlib.use("Agg")
      import matplotlib.dates as mdates
      import matplotlib.pyplot as plt
      import numpy as np
      import xarray as xr

      """#
  }

  private static func constants(
    _ result: ResultView, _ file: String, _ limits: VoltageLimits, bus: String?
  ) -> String {
    let zone =
      namedZone(result).map { "ZoneInfo(\($0.inPython))" }
      ?? "timezone(timedelta(seconds=\(result.clock.epoch.offsetSeconds)))"
    let bus = bus.map {
      """

      # The bus with the longest violation, or else with the lowest voltage.
      BUS = \($0.inPython)
      """
    }
    return """
      RESULT = sys.argv[1] if len(sys.argv) > 1 else \(file.inPython)
      TITLE = \(result.title.inPython)
      ZONE = \(zone)
      LIMITS = (\(limits.range.lowerBound), \(limits.range.upperBound))  # pu
      """ + (bus ?? "")
  }

  private static let common = #"""
    def save(figure, axes, name, what):
        axes.set_title(f"{TITLE}\n{what}" if TITLE else what, parse_math=False, fontsize=10)
        figure.savefig(name, dpi=150)
        plt.close(figure)
        print(name)


    def show_local_time(axis):
        locator = mdates.AutoDateLocator(tz=ZONE)
        axis.set_major_locator(locator)
        axis.set_major_formatter(mdates.ConciseDateFormatter(locator, tz=ZONE))


    def show_limits(axes):
        for limit in LIMITS:
            axes.axhline(limit, color="tab:red", linestyle="--", linewidth=1)
    """#
}

extension VoltageSurvey {
  /// The bus with the longest violation, or else with the lowest voltage.
  var worst: String? { (violations.first ?? lowest)?.bus }
}
