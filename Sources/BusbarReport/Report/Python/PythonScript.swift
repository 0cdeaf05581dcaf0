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
    var parts = [Self.head]
    parts.append(Self.constants(result, file, limits))
    if hasVoltages, let worst = try VoltageSurvey(result, limits).worst {
      parts.append("# The bus with the longest violation, or else with the lowest voltage.\n")
      parts[parts.count - 1] += "BUS = \(worst.inPython)\n"
    }
    parts.append(Self.common)
    var calls: [String] = []
    if hasVoltages {
      let overview = reader.has("overview_hour/bus_voltage_magnitude_minimum")
      parts += [
        PythonFigures.extremes(fromOverview: overview),
        PythonFigures.distances(inMetres: reader.has("branch_length")),
        PythonFigures.profile, PythonFigures.bus,
        PythonFigures.heatmap(fromOverview: overview),
      ]
      calls += ["voltage_profile", "bus_voltage", "voltage_heatmap"]
    }
    if hasPower {
      parts.append(PythonFigures.power)
      calls.append("source_power")
    }
    parts.append(
      "if __name__ == \"__main__\":\n    with xr.open_dataset(RESULT) as run:\n"
        + calls.map { "        \($0)(run)\n" }.joined())
    text = parts.joined(separator: "\n\n").replacing("\n\n\n\n", with: "\n\n\n")
  }

  private static let head = #"""
    #!/usr/bin/env python3
    """Draws the main figures of a result of Busbar, as PNG files in the current folder.

        python3 THIS.py [RESULT.h5]

    Needs xarray, h5netcdf and matplotlib. Written by `busbar report --emit-python`.
    """

    import sys
    from datetime import timedelta, timezone
    from zoneinfo import ZoneInfo

    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.dates as mdates
    import matplotlib.pyplot as plt
    import numpy as np
    import xarray as xr
    """#

  private static func constants(
    _ result: ResultView, _ file: String, _ limits: VoltageLimits
  ) -> String {
    let epoch = result.clock.epoch
    let zone =
      TimeZone(identifier: epoch.zone) != nil
      ? "ZoneInfo(\(epoch.zone.inPython))"
      : "timezone(timedelta(seconds=\(epoch.offsetSeconds)))"
    return """
      RESULT = sys.argv[1] if len(sys.argv) > 1 else \(file.inPython)
      TITLE = \(result.title.inPython)
      ZONE = \(zone)
      LIMITS = (\(limits.range.lowerBound), \(limits.range.upperBound))  # pu

      """
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
