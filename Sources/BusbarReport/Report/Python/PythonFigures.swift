/// The functions of a ``PythonScript``, each of which draws one figure.
enum PythonFigures {
  /// The lowest and the highest voltages, in pu to earth, from the overview of hours if there is one.
  static func extremes(fromOverview: Bool) -> String {
    """
    def per_unit(run, voltage):
        phases = [phase for phase in run.phase.values if phase != "n"]
        return voltage.sel(phase=phases) / (run.bus_nominal_voltage / np.sqrt(3))


    def extremes(run):
    \(fromOverview ? extremesOfHours : extremesOfInstants)
    """
  }

  private static let extremesOfHours = """
        # The minima and maxima of the hours are quicker to read than every instant.
        with xr.open_dataset(RESULT, group="overview_hour") as hours:
            low = hours.bus_voltage_magnitude_minimum.min("hour_time")
            high = hours.bus_voltage_magnitude_maximum.max("hour_time")
            return per_unit(run, low).load(), per_unit(run, high).load()
    """

  private static let extremesOfInstants = """
        voltage = per_unit(run, run.bus_voltage_magnitude)
        return voltage.min("time").load(), voltage.max("time").load()
    """

  /// Where a bus stands along its feeder.
  static func distances(inMetres: Bool) -> String {
    let lengths =
      inMetres
      ? "np.nan_to_num(run.branch_length.values)  # only lines have a length"
      : "np.ones(run.sizes[\"branch\"])"
    return """
      DISTANCE = "\(inMetres ? "distance from the source (m)" : "branches from the source")"


      def distances(run):
          lengths = \(lengths)
          feeding = zip(run.branch_from_bus.values, lengths)
          feeders = dict(zip(run.branch_to_bus.values, feeding))
          found = []
          for bus in run.bus.values:
              total, seen = 0.0, set()
              while bus in feeders and bus not in seen:
                  seen.add(bus)
                  bus, length = feeders[bus]
                  total += length
              found.append(total)
          return np.array(found)
      """
  }

  static let profile = """
    def voltage_profile(run):
        low, high = extremes(run)
        where = distances(run)
        figure, axes = plt.subplots(figsize=(10, 5.5), layout="constrained")
        for number, phase in enumerate(low.phase.values):
            for voltage, label in ((low, f"phase {phase}"), (high, None)):
                axes.plot(
                    where, voltage.sel(phase=phase), ".", markersize=3, color=f"C{number}", label=label
                )
        show_limits(axes)
        axes.set_xlabel(DISTANCE)
        axes.set_ylabel("lowest and highest voltage to earth (pu)")
        axes.legend()
        save(figure, axes, "voltage_profile.png", "Voltage along the feeder")
    """

  static let bus = """
    def bus_voltage(run):
        voltage = per_unit(run, run.bus_voltage_magnitude).sel(bus=BUS).load()
        figure, axes = plt.subplots(figsize=(10, 5.5), layout="constrained")
        for phase in voltage.phase.values:
            axes.plot(voltage.time, voltage.sel(phase=phase), linewidth=1, label=f"phase {phase}")
        show_limits(axes)
        show_local_time(axes.xaxis)
        axes.set_ylabel("voltage to earth (pu)")
        axes.legend()
        save(figure, axes, "bus_voltage.png", f"Voltage of bus {BUS}")
    """

  /// The lowest voltage of each bus and hour, or of each instant where there is no overview.
  static func heatmap(fromOverview: Bool) -> String {
    let time = fromOverview ? "hour_time" : "time"
    let reading =
      fromOverview
      ? """
      with xr.open_dataset(RESULT, group="overview_hour") as hours:
              voltage = per_unit(run, hours.bus_voltage_magnitude_minimum).min("phase").load()
      """
      : "voltage = per_unit(run, run.bus_voltage_magnitude).min(\"phase\").load()"
    return """
      def voltage_heatmap(run):
          \(reading)
          figure, axes = plt.subplots(figsize=(10, 5.5), layout="constrained")
          # From the source to the ends of the feeder, so that neighbours stand together.
          order = np.argsort(distances(run), kind="stable")
          mesh = axes.pcolormesh(
              voltage.\(time), np.arange(len(order)), voltage.values[:, order].T,
              shading="nearest", rasterized=True,
          )
          figure.colorbar(mesh, ax=axes, label="lowest voltage of the phases (pu)")
          show_local_time(axes.xaxis)
          axes.set_ylabel("buses by " + DISTANCE)
          save(figure, axes, "voltage_heatmap.png", "Voltages of all buses over time")
      """
  }

  static let power = """
    def source_power(run):
        power = run.source_active_power.load() / 1e3
        figure, axes = plt.subplots(figsize=(10, 5.5), layout="constrained")
        for source in power.source.values:
            axes.plot(power.time, power.sel(source=source), linewidth=1, label=str(source))
        show_local_time(axes.xaxis)
        axes.set_ylabel("active power into the network (kW)")
        for text in axes.legend().get_texts():
            text.set_parse_math(False)
        save(figure, axes, "source_power.png", "Power of the sources")
    """
}
