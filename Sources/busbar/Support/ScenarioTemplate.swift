/// The files of a small scenario: one feeder of five buses with three customers for one day.
enum ScenarioTemplate {
  /// The files with their contents, in the order in which a reader opens them.
  static let files: [(name: String, text: String)] = [
    ("scenario.yaml", scenario), ("buses.csv", buses), ("lines.csv", lines),
    ("customers.csv", customers), ("loads.csv", loads), ("profiles.csv", profiles),
    ("README.md", readme),
  ]

  private static let scenario = """
    # A small low-voltage feeder for one day. Change it into yours.
    busbar: 1
    title: A small low-voltage feeder
    start: 2025-01-15T00:00:00
    time_zone: Europe/Berlin
    duration: 24 h
    seed: 1

    network:
      frequency: 50 Hz
      buses: buses.csv
      lines: lines.csv
      line_codes:
        - id: NAYY-150
          r1: 0.206 ohm/km
          x1: 0.080 ohm/km
          r0: 0.824 ohm/km
          x0: 0.320 ohm/km
      transformers:
        - id: T1
          from_bus: mv
          to_bus: lv
          vector_group: Dyn5
          rated_power: 250 kVA
          from_voltage: 20 kV
          to_voltage: 400 V
          resistance: 1.3 %
          reactance: 3.8 %
      sources:
        - id: grid
          bus: mv
          voltage: 20 kV
          voltage_pu: 1.02
          short_circuit_power_3ph: 200 MVA
          short_circuit_power_1ph: 100 MVA

    profiles:
      - file: profiles.csv
        step: 1 h

    customers: customers.csv
    devices:
      load: loads.csv

    metering:
      interval: 30 min

    power_flow:
      tolerance: 1e-8
      on_divergence: stop

    record:
      every: 15 min

    """

  private static let buses = """
    id,nominal_voltage_kv
    mv,20
    lv,0.4
    end-1,0.4
    end-2,0.4
    end-3,0.4

    """

  private static let lines = """
    id,from_bus,to_bus,phases,line_code,length_m
    cable-1,lv,end-1,abc,NAYY-150,120
    cable-2,end-1,end-2,abc,NAYY-150,80
    cable-3,end-2,end-3,abc,NAYY-150,60

    """

  private static let customers = """
    id,bus,phases,meter
    bakery,end-1,abc,meter-1
    flat,end-2,b,meter-2
    house,end-3,a,meter-3

    """

  private static let loads = """
    id,customer,power_kw,power_factor,profile
    oven,bakery,24,0.98,baking
    flat-load,flat,2.5,0.95,evening
    house-load,house,4,0.95,evening

    """

  /// Shares of the power for each hour of the day: one column a profile.
  private static let profiles: String = {
    let baking = [
      0.1, 0.1, 0.4, 0.9, 1.0, 1.0, 0.9, 0.7, 0.5, 0.4, 0.3, 0.3, 0.3, 0.3, 0.2, 0.2, 0.2, 0.2, 0.1,
      0.1, 0.1, 0.1, 0.1, 0.1,
    ]
    let evening = [
      0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 0.5, 0.4, 0.3, 0.3, 0.3, 0.4, 0.3, 0.3, 0.3, 0.4, 0.7, 0.9,
      1.0, 0.9, 0.7, 0.5, 0.3,
    ]
    let rows = zip(baking, evening).map { "\($0),\($1)\n" }
    return "baking,evening\n" + rows.joined()
  }()

  private static let readme = """
    # A small low-voltage feeder

    Invented figures, made by `busbar init` as a start for a scenario of your own.

    - `busbar validate .` checks it, `busbar run .` runs it.
    - `busbar schema` prints what `scenario.yaml` may hold.

    """
}
