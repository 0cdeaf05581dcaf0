import BusbarScenario
import BusbarTestSupport
import Foundation
import Testing

/// The schema and the decoder know the same keys.
struct SchemaTests {
  typealias Object = [String: Any]

  /// Every key once, under its plain name.
  static let complete = """
    busbar: 1
    title: All keys
    start: 2025-01-15T00:00:00
    time_zone: Europe/Berlin
    duration: 1 h
    seed: 1
    holidays: [2025-12-25, 2025-12-26]
    network:
      frequency: 50 Hz
      buses:
        - {id: mv, nominal_voltage: 20 kV, conductors: abc, x: 1 m, y: 2 m}
        - {id: lv, nominal_voltage: 400 V, x: 1 m, y: 2 m}
        - {id: end, nominal_voltage: 400 V, x: 1 m, y: 2 m}
        - {id: other, nominal_voltage: 400 V, x: 1 m, y: 2 m}
        - {id: third, nominal_voltage: 400 V, x: 1 m, y: 2 m}
        - {id: far, nominal_voltage: 400 V}
        - {id: last, nominal_voltage: 400 V}
      line_codes:
        - {id: c, r1: 1 ohm/km, x1: 1 ohm/km, r0: 1 ohm/km, x0: 1 ohm/km, c1: 9 nF/km, c0: 9 nF/km,
           rated_current: 270 A}
      lines:
        - {id: l, from_bus: lv, to_bus: end, phases: abc, to_phases: abc, line_code: c,
           length: 10 m, state: closed, rated_current: 250 A}
        - {id: m, from_bus: end, to_bus: last, phases: abcn, line_code: four, length: 10 m}
      line_matrices:
        - {line_code: four, row: 1, column: 1, r: 1 ohm/km, x: 1 ohm/km, c: 9 nF/km}
        - {line_code: four, row: 2, column: 2, r: 1 ohm/km, x: 1 ohm/km}
        - {line_code: four, row: 3, column: 3, r: 1 ohm/km, x: 1 ohm/km}
        - {line_code: four, row: 4, column: 4, r: 1 ohm/km, x: 1 ohm/km}
        - {line_code: four, row: 4, column: 1, x: 0.5 ohm/km, c: -1 nF/km}
      transformer_units:
        - {id: u, rated_power: 100 kVA, x12: 4 %, x13: 6 %, x23: 3 %, no_load_loss: 0.2 %,
           magnetising_current: 0.5 %, ppm_antifloat: 1}
      windings:
        - {transformer: u, winding: 1, bus: mv, coils: a-b b-c c-a, coil_voltage: 20 kV,
           resistance: 0.5 %, turns: 1.05, tap_position: 1, tap_minimum: -16, tap_maximum: 16,
           tap_step: 0.625 %}
        - {transformer: u, winding: 2, bus: far, coils: a-n b-n c-n, coil_voltage: 230 V,
           resistance: 0.5 %}
        - {transformer: u, winding: 3, bus: far, coils: a-b b-c c-a, coil_voltage: 400 V,
           resistance: 0.5 %}
      capacitors:
        - {id: k, bus: far, legs: a-n b-n c-n, rated_voltage: 230 V, reactive_power: 9 kvar,
           steps: 3, closed_steps: 2}
      regulators:
        - {id: r, transformer: u, winding: 1, tap_winding: 1, phase: highest, target: 120 V,
           band: 2 V, pt_ratio: 166, ct_rating: 5 A, r: 3 V, x: 9 V, z: 0 V, limit: 126 V,
           delay: 15 s, tap_delay: 2 s, max_taps: 16, delay_law: inverse, bus: lv, leg: a-e,
           bus_pt_ratio: 2, reverse: cogenerate, reverse_target: 120 V, reverse_band: 3 V,
           reverse_r: 1 V, reverse_x: 1 V, reverse_z: 0 V, reverse_threshold: 100 kW,
           reverse_delay: 60 s}
      capacitor_controls:
        - {id: s, capacitor: k, type: power_factor, branch: u, end: 3, on: 0.95, off: -0.98,
           delay: 15 s, delay_off: 15 s, dead_time: 300 s, pt_ratio: 2, ct_ratio: 1,
           pt_phase: average, ct_phase: 2, override_minimum: 110 V, override_maximum: 126 V,
           override_bus: lv, minimum_share: 50 %, profile: evening}
      switching:
        - {line: m, at: 30 min, state: open}
      shunts:
        - {id: earthing, bus: far, legs: n-e, resistance: 5 ohm, reactance: 0.1 ohm}
        - {id: leak, bus: last, legs: n-e, conductance: 0.1 S, susceptance: -1 mS}
      transformers:
        - {id: t, from_bus: mv, to_bus: lv, vector_group: Dyn5, rated_power: 250 kVA,
           from_voltage: 20 kV, to_voltage: 400 V, resistance: 1 %, reactance: 4 %,
           no_load_loss: 0.2 %, magnetising_current: 0.5 %,
           ppm_antifloat: 1, tap_position: 1, tap_minimum: -2, tap_maximum: 2, tap_step: 2.5 %}
      sources:
        - {id: a, bus: mv, voltage: 20 kV, voltage_pu: 1.02, angle: 0 deg, x_over_r_1: 4,
           x_over_r_0: 3, short_circuit_power_3ph: 200 MVA, short_circuit_power_1ph: 100 MVA}
        - {id: b, bus: other, phases: abc, voltage: 400 V, short_circuit_current_3ph: 9 kA,
           short_circuit_current_1ph: 5 kA}
        - {id: c, bus: third, voltage: 400 V, r1: 1 ohm, x1: 1 ohm, r0: 1 ohm, x0: 1 ohm}
    profiles:
      - {file: profiles.csv, step: 1 h}
    customers:
      - {id: k, bus: end, phases: ab, meter: m, concentrator: dtc, mapped_phases: bc,
           contracted_power: 6 kW}
      - {id: four-wire, bus: last, phases: abcn}
    devices:
      load:
        - {id: d, customer: k, phases: a, power: 1 kW, power_factor: 0.9, profile: evening,
           reactive_profile: evening}
        - {id: e, customer: four-wire, connection: delta, power: 1 kW, reactive_power: -200 var,
           response: exponential, active_exponent: 0.8, reactive_exponent: 2, rated_voltage: 400 V}
        - {id: f, customer: four-wire, legs: a-n b-e, power: 1 kW, response: zip, zip_p_z: 0.4,
           zip_p_i: 0.3, zip_p_p: 0.3, zip_q_z: 1, zip_q_i: 0, zip_q_p: 0, zip_cutoff: 0.5,
           rated_voltage: 230 V, minimum_voltage: 0.95, low_voltage: 0.5, maximum_voltage: 1.05}
    metering: {interval: 30 min, clock_drift_ppm: 20, clock_offset: 2 s, clock_residual: 50 ms,
      map_errors: 5 %, push_period: 1 h, push_window: 10 min, push_timeout: 60 s,
      real_time: collector}
    communication:
      head_end: {id: he, meter_class: gprs, check_period: 1 h, check_deadline: 2 h,
        synchronisation_period: 24 h, late_after: 90 d}
      concentrators:
        - {id: dtc, bus: lv, meter_class: radio, uplink_class: lte, poll_period: 15 min,
           poll_offset: 1 min, capacity: 2, rows_per_request: 48, answer_timeout: 10 s, attempts: 3,
           batch_period: 15 min, batch_offset: 5 min, batch_timeout: 60 s}
      parties:
        - {id: ams}
        - {id: mgms}
        - {id: relay, bus: lv}
      media:
        - {id: trunk, channels: 2, longest_wait: 10 s}
      link_classes:
        - {id: radio, like: rf_hop, latency: 20 ms, latency_law: lognormal, latency_sigma: 0.5,
           latency_deviation: 1 ms, latency_shape: 2, latency_maximum: 1 s, loss: 1 %,
           duplication: 1 %, reordering: 1 %, bandwidth: 50 kbit/s, overhead: 20 B,
           confirmation_latency: 5 ms, outage_every: 10 d, outage_duration: 1 h, supply: ends}
      links:
        - {id: up, from: mgms, to: ams, class: radio, medium: trunk}
        - {from: ams, to: mgms, class: platform_mqtt}
        - {from: mgms, to: relay, class: iec104_command}
      routes:
        - {id: way, links: mgms>relay}
      airlocks:
        - {party: ams, poll_period: 10 s, first_poll: 1 s}
      faults:
        - {id: slow, link: up, kind: delay, from: 10 min, until: 20 min, probability: 50 %, delay: 1 s}
        - {id: lie, link: up, kind: forge, until: 20 min, factor: 2}
        - {id: flood, medium: trunk, kind: flood, until: 20 min, size: 100 B, per_second: 5}
      processes:
        - {id: activation, first: 10 min, every: 20 min, deadline: 1 s}
      process_steps:
        - {process: activation, step: 1, from: mgms, to: ams, message: flexibility, size: 300 B,
           delay: 5 ms, retry_after: 2 s, attempts: 3}
        - {process: activation, step: 2, from: mgms, to: relay, message: control_signals, line: m,
           state: open}
        - {process: activation, step: 3, from: ams, to: mgms, message: control_signals, meter: m,
           cut_off_power: 3 kW}
    power_flow: {tolerance: 1e-8, iteration_limit: 60, on_divergence: hold, snapshot: nominal}
    record:
      every: 15 min
      precision: double
      compression: 1
      devices: none
      messages: none
      variables: [bus_voltage_angle]
    warm_up: 0 h
    checkpoints:
      - {id: begin, at: 0 h}

    """

  static func schema() throws -> Object {
    let command = try Command.busbar(["schema"])
    #expect(command.exitCode == 0)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? Object)
  }

  @Test func aScenarioWithEveryKeyIsSound() throws {
    var small = SmallScenario()
    small["scenario.yaml"] = Self.complete
    let reading = try small.read()
    let faults = reading.diagnostics.sorted.map(\.description)
    #expect(faults == [])
  }

  /// The objects that a property may hold: itself, an element of its list, or one of its choices.
  static func objects(in property: Object) -> [Object] {
    if property["properties"] != nil { return [property] }
    if let items = property["items"] as? Object { return objects(in: items) }
    return (property["oneOf"] as? [Object] ?? []).flatMap { objects(in: $0) }
  }

  /// A key of the schema stands in the complete scenario, under itself or without its unit.
  static func expectEveryKey(of object: Object, in nodes: [TextNode], _ path: String) throws {
    let properties = try #require(object["properties"] as? Object)
    let present = Set(nodes.flatMap { ($0.entries ?? []).map(\.key) })
    for (key, value) in properties {
      let isPresent = present.contains { key == $0 || key.hasPrefix($0 + "_") }
      #expect(isPresent, "the schema has \(path)\(key), which the complete scenario lacks")
      let inner = nodes.compactMap { $0[key] }.flatMap { $0.elements ?? [$0] }
      for object in try objects(in: #require(value as? Object)) {
        try expectEveryKey(of: object, in: inner, "\(path)\(key).")
      }
    }
    for key in present {
      #expect(properties[key] != nil, "the schema lacks \(path)\(key), which the decoder knows")
    }
    #expect(object["additionalProperties"] as? Bool == false, "\(path)")
  }

  @Test func theSchemaHasTheKeysOfTheDecoder() throws {
    var diagnostics = Diagnostics()
    let root = try #require(
      TextNode.yaml(Array(Self.complete.utf8), file: "scenario.yaml", &diagnostics))
    try Self.expectEveryKey(of: Self.schema(), in: [root], "")
  }

  /// The decoder lists its keys where it finds one that it does not know.
  @Test(arguments: [
    ("seed: 1", "", ""), ("  frequency: 50 Hz", "  ", "network"),
    ("metering: {", "", "metering"), ("power_flow: {", "", "power_flow"),
  ])
  func theDecoderNamesTheKeysOfTheSchema(
    _ neighbour: String, _ indentation: String, _ section: String
  ) throws {
    var small = SmallScenario()
    small["scenario.yaml"] = Self.complete
    let isFlow = neighbour.hasSuffix("{")
    small.replace(
      neighbour, by: isFlow ? "\(neighbour)zzz: 1, " : "\(neighbour)\n\(indentation)zzz: 1",
      in: "scenario.yaml")
    let fault = try #require(try small.read().diagnostics.sorted.first)
    let allowed = try #require(fault.remedy.split(separator: "allowed keys: ").last)
    let whole = try Self.schema()
    var object = whole
    if !section.isEmpty {
      let properties = try #require(whole["properties"] as? Object)
      object = try #require(properties[section] as? Object)
    }
    let keys = try #require(object["properties"] as? Object).keys
    #expect(Set(allowed.split(separator: ", ").map(String.init)) == Set(keys))
  }
}
