/// All tables of a scenario.
struct ScenarioTables {
  var buses = ScenarioTable("id nominal_voltage_v conductors x_m y_m")
  var lineCodes = ScenarioTable(
    "id r1_ohm_per_km x1_ohm_per_km r0_ohm_per_km x0_ohm_per_km c1_nf_per_km c0_nf_per_km")
  var lineMatrices = ScenarioTable(
    "line_code row column r_ohm_per_km x_ohm_per_km c_nf_per_km")
  var lines = ScenarioTable(
    "id from_bus to_bus phases to_phases line_code length_m rated_current_a state")
  var transformerUnits = ScenarioTable(
    """
    id rated_power_kva x12_percent x13_percent x23_percent no_load_loss_percent
    magnetising_current_percent ppm_antifloat
    """)
  var windings = ScenarioTable(
    """
    transformer winding bus coils coil_voltage_v resistance_percent turns tap_position tap_minimum
    tap_maximum tap_step
    """)
  var capacitors = ScenarioTable(
    "id bus legs rated_voltage_v reactive_power_kvar steps closed_steps")
  var shunts = ScenarioTable("id bus legs resistance_ohm reactance_ohm conductance_s susceptance_s")
  var sources = ScenarioTable(
    "id bus phases voltage_v voltage_pu angle_deg r1_ohm x1_ohm r0_ohm x0_ohm")
  var customers = ScenarioTable("id bus phases")
  var loads = ScenarioTable(
    """
    id customer legs power_kw reactive_power_kvar profile response rated_voltage_v minimum_voltage
    low_voltage maximum_voltage active_exponent reactive_exponent zip_p_z zip_p_i zip_p_p zip_q_z
    zip_q_i zip_q_p zip_cutoff
    """)
  var regulators = ScenarioTable(
    """
    id transformer winding tap_winding phase target_v band_v pt_ratio ct_rating_a r_v x_v z_v
    limit_v delay_s tap_delay_s max_taps delay_law bus leg bus_pt_ratio reverse reverse_target_v
    reverse_band_v reverse_r_v reverse_x_v reverse_z_v reverse_threshold_kw reverse_delay_s
    """)
  var capacitorControls = ScenarioTable(
    """
    id capacitor type branch end on off profile delay_s delay_off_s dead_time_s pt_ratio ct_ratio
    pt_phase ct_phase override_minimum_v override_maximum_v override_bus minimum_share
    """)

  /// The tables of the network with the keys of the scenario, in order.
  var network: [(key: String, table: ScenarioTable)] {
    [
      ("buses", buses), ("line_codes", lineCodes), ("line_matrices", lineMatrices),
      ("lines", lines), ("transformer_units", transformerUnits), ("windings", windings),
      ("capacitors", capacitors), ("shunts", shunts), ("sources", sources),
      ("regulators", regulators), ("capacitor_controls", capacitorControls),
    ]
  }
}
