"""Writes a feeder as a scenario and the operations of its controls as OpenDSS finds them in time.

    python regulator_sequences.py MASTER.dss FOLDER [--minutes N]

The folder gets the scenario, read out of the engine's own model (so that no importer stands between
the two), with all regulators at neutral, and `operations.csv`: time_s, transformer or capacitor,
position. All loads follow one profile; OpenDSS is stepped at 1 s in daily mode with
ControlMode=Time. `final.csv` has the positions that ControlMode=Static reaches from neutral.

Needs dss-python (PyPI), which brings the engine.
"""

import argparse
import csv
import math
import pathlib

import numpy as np
from dss import DSS

STEP_S = 300
# Two days in one: a morning and an evening peak, a deep night, and a cloud's edge.
SHAPE = [0.45, 0.40, 0.38, 0.55, 0.70, 0.85, 0.95, 0.90, 0.75, 0.70, 0.72, 0.80,
         0.60, 0.65, 0.88, 1.00, 1.05, 0.97, 0.80, 0.62, 0.50, 0.35, 0.30, 0.42]
NAMES = {1: "a", 2: "b", 3: "c", 4: "n", 0: "e"}


def conductor(node):
    return NAMES.get(node, str(node))


def text(nodes):
    names = [conductor(node) for node in nodes]
    return ".".join(names) if any(name.isdigit() for name in names) else "".join(names)


def legs(nodes, connection, phases, turn=1):
    """The coils or legs of one terminal, as pairs of conductors; `turn` is the way round a delta."""
    if connection == "delta":
        if phases == 1:
            pairs = [(nodes[0], nodes[1])]
        else:
            pairs = [(nodes[k], nodes[(k + turn) % phases]) for k in range(phases)]
    else:
        pairs = [(nodes[k], nodes[phases] if len(nodes) > phases else 0) for k in range(phases)]
    return " ".join(f"{conductor(p)}-{conductor(m)}" for p, m in pairs)


def write(folder, name, rows):
    if rows:
        fields = list(dict.fromkeys(key for row in rows for key in row))
        with open(folder / name, "w", newline="") as file:
            writer = csv.DictWriter(file, fields, lineterminator="\n", restval="")
            writer.writeheader()
            writer.writerows(rows)
    return bool(rows)


def prop(element, name):
    return element.Properties(name).Val


def export(folder, hours):
    circuit = DSS.ActiveCircuit
    element = circuit.ActiveCktElement
    buses, codes, lines, units, windings = [], [], [], [], []
    for name in circuit.AllBusNames:
        circuit.SetActiveBus(name)
        buses.append({"id": name, "nominal_voltage_v": repr(
            round(circuit.ActiveBus.kVBase * 1e3 * math.sqrt(3), 6))})

    def bus_of(terminal):
        return element.BusNames[terminal].split(".")[0].lower()

    def nodes_of(terminal):
        count = element.NumConductors
        return list(element.NodeOrder[terminal * count:(terminal + 1) * count])

    for name in circuit.Lines.AllNames:
        circuit.Lines.Name = name
        circuit.SetActiveElement(f"line.{name}")
        if not element.Enabled:
            continue
        order = element.NumPhases
        length = circuit.Lines.Length
        r, x, c = (np.array(m).reshape(order, order) * length for m in (
            circuit.Lines.Rmatrix, circuit.Lines.Xmatrix, circuit.Lines.Cmatrix))
        for i in range(order):
            for j in range(i + 1):
                codes.append({
                    "line_code": name, "row": i + 1, "column": j + 1,
                    "r_ohm_per_km": repr(float(r[i, j])), "x_ohm_per_km": repr(float(x[i, j])),
                    "c_nf_per_km": repr(float(c[i, j]))})
        is_open = element.IsOpen(1, 0) or element.IsOpen(2, 0)
        row = {"id": name, "from_bus": bus_of(0), "to_bus": bus_of(1), "phases": text(nodes_of(0)),
               "to_phases": text(nodes_of(1)), "line_code": name, "length_km": 1,
               "state": "open" if is_open else "closed"}
        lines.append(row)

    taps = {}
    for name in circuit.Transformers.AllNames:
        circuit.Transformers.Name = name
        circuit.SetActiveElement(f"transformer.{name}")
        phases, count = element.NumPhases, circuit.Transformers.NumWindings
        names = f"t-{name}" if name in circuit.Lines.AllNames else name
        unit = {"id": names, "no_load_loss_percent": prop(element, "%noloadloss"),
                "magnetising_current_percent": prop(element, "%imag"),
                "ppm_antifloat": prop(element, "ppm_antifloat"),
                "x12_percent": prop(element, "xhl")}
        if count == 3:
            unit |= {"x13_percent": prop(element, "xht"), "x23_percent": prop(element, "xlt")}
        # With LeadLag=lag the engine closes a delta backwards when it has the highest voltage.
        ratings = []
        for number in range(1, count + 1):
            circuit.Transformers.Wdg = number
            ratings.append((circuit.Transformers.kV, circuit.Transformers.IsDelta))
        turn = -1 if max(ratings, key=lambda rating: rating[0])[1] else 1
        if prop(element, "leadlag").lower() in ("lead", "euro"):
            turn = -turn
        for number in range(1, count + 1):
            circuit.Transformers.Wdg = number
            if number == 1:
                unit["rated_power_kva"] = repr(circuit.Transformers.kVA)
            connection = "delta" if circuit.Transformers.IsDelta else "wye"
            kv = circuit.Transformers.kV
            if phases > 1 and connection == "wye":
                kv /= math.sqrt(3)
            low, high = circuit.Transformers.MinTap, circuit.Transformers.MaxTap
            steps = circuit.Transformers.NumTaps
            step = (high - low) / steps if steps else 0
            windings.append({
                "transformer": names, "winding": number, "bus": bus_of(number - 1),
                "coils": legs(nodes_of(number - 1), connection, phases, turn),
                "coil_voltage_kv": repr(kv), "resistance_percent": repr(circuit.Transformers.R),
                "tap_position": 0, "tap_minimum": round((low - 1) / step),
                "tap_maximum": round((high - 1) / step), "tap_step": repr(step)})
            taps[(name, number)] = (names, step)
        units.append(unit)

    capacitors = []
    for name in circuit.Capacitors.AllNames if circuit.Capacitors.Count else []:
        circuit.Capacitors.Name = name
        circuit.SetActiveElement(f"capacitor.{name}")
        phases = element.NumPhases
        connection = "delta" if circuit.Capacitors.IsDelta else "wye"
        kv = circuit.Capacitors.kV
        if connection == "wye" and phases > 1:
            kv /= math.sqrt(3)
        nodes = nodes_of(0) if connection == "delta" else nodes_of(0) + nodes_of(1)[:1]
        capacitors.append({
            "id": name, "bus": bus_of(0), "legs": legs(nodes, connection, phases),
            "rated_voltage_kv": repr(kv), "reactive_power_kvar": repr(circuit.Capacitors.kvar)})

    regulators = []
    for name in circuit.RegControls.AllNames:
        circuit.SetActiveElement(f"regcontrol.{name}")
        circuit.RegControls.Name = name
        transformer = circuit.RegControls.Transformer
        number = circuit.RegControls.Winding
        regulators.append({
            "id": name, "transformer": taps[(transformer, number)][0], "winding": number,
            "phase": prop(element, "ptphase"), "target_v": prop(element, "vreg"),
            "band_v": prop(element, "band"), "pt_ratio": prop(element, "ptratio"),
            "ct_rating_a": prop(element, "ctprim"), "r_v": prop(element, "r"),
            "x_v": prop(element, "x"), "delay_s": prop(element, "delay"),
            "tap_delay_s": prop(element, "tapdelay"), "max_taps": prop(element, "maxtapchange")})

    customers, loads = [], []
    for name in circuit.Loads.AllNames:
        circuit.Loads.Name = name
        circuit.SetActiveElement(f"load.{name}")
        phases = element.NumPhases
        connection = "delta" if circuit.Loads.IsDelta else "wye"
        nodes = nodes_of(0)
        reached = list(dict.fromkeys(node for node in nodes if node))
        kv = circuit.Loads.kV
        if connection == "wye" and phases > 1:
            kv /= math.sqrt(3)
        response = {1: "constant_power", 2: "constant_impedance", 4: "exponential",
                    5: "constant_current"}[int(circuit.Loads.Model)]
        exponents = {} if response != "exponential" else {
            "active_exponent": prop(element, "cvrwatts"),
            "reactive_exponent": prop(element, "cvrvars")}
        customers.append({"id": name, "bus": bus_of(0), "phases": text(sorted(reached))})
        loads.append({
            "id": name, "customer": name, "legs": legs(nodes, connection, phases),
            "power_kw": repr(circuit.Loads.kW), "reactive_power_kvar": repr(circuit.Loads.kvar),
            "profile": "day", "response": response, "rated_voltage_kv": repr(kv),
            "minimum_voltage": repr(circuit.Loads.Vminpu),
            "low_voltage": prop(element, "vlowpu"),
            "maximum_voltage": repr(circuit.Loads.Vmaxpu)} | exponents)

    sources = []
    for name in circuit.Vsources.AllNames:
        circuit.SetActiveElement(f"vsource.{name}")
        circuit.Vsources.Name = name
        y = np.array(element.Yprim)
        y = (y[0::2] + 1j * y[1::2]).reshape(6, 6)
        z = np.linalg.inv(y[:3, :3])
        own, mutual = z[0, 0], z[0, 1]
        z1, z0 = own - mutual, own + 2 * mutual
        sources.append({
            "id": name, "bus": bus_of(0), "voltage_kv": repr(circuit.Vsources.BasekV),
            "voltage_pu": repr(circuit.Vsources.pu), "angle_deg": repr(circuit.Vsources.AngleDeg),
            "r1_ohm": repr(float(z1.real)), "x1_ohm": repr(float(z1.imag)),
            "r0_ohm": repr(float(z0.real)), "x0_ohm": repr(float(z0.imag))})

    tables = [("buses", buses), ("line_matrices", codes), ("lines", lines),
              ("transformer_units", units), ("windings", windings), ("capacitors", capacitors),
              ("regulators", regulators), ("sources", sources)]
    present = [name for name, rows in tables if write(folder, f"{name}.csv", rows)]
    write(folder, "customers.csv", customers)
    write(folder, "loads.csv", loads)
    write(folder, "profiles.csv", [{"day": value} for value in SHAPE])
    network = "".join(f"  {name}: {name}.csv\n" for name in present)
    (folder / "scenario.yaml").write_text(f"""# Written by Tests/ValidationTests/Scripts/regulator_sequences.py
busbar: 1
title: {circuit.Name} with regulators in time
start: 2023-01-01T00:00:00Z
duration_h: {hours}
network:
  frequency_hz: {DSS.ActiveCircuit.Solution.Frequency:g}
{network}profiles:
  - file: profiles.csv
    step_s: {STEP_S}
customers: customers.csv
devices:
  load: loads.csv
power_flow:
  tolerance: 1e-10
  snapshot: nominal
""")
    return taps


def positions(taps):
    circuit = DSS.ActiveCircuit
    found = {}
    for (name, number), (label, step) in taps.items():
        circuit.Transformers.Name = name
        circuit.Transformers.Wdg = number
        found[(label, number)] = round((circuit.Transformers.Tap - 1) / step)
    return found


def neutral(taps):
    for name, number in taps:
        DSS.ActiveCircuit.Transformers.Name = name
        DSS.ActiveCircuit.Transformers.Wdg = number
        DSS.ActiveCircuit.Transformers.Tap = 1.0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("master", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    DSS.AllowEditor = False
    DSS.AllowForms = False
    command = DSS.Text
    command.Command = f'redirect "{arguments.master.resolve()}"'
    command.Command = "set tolerance=1e-10 maxiterations=2000 maxcontroliter=500"
    taps = export(arguments.folder, len(SHAPE) * STEP_S // 3600)

    neutral(taps)
    command.Command = "set mode=snapshot controlmode=static"
    command.Command = "solve"
    final = [{"transformer": label, "winding": number, "position": position}
             for (label, number), position in positions(taps).items() if position]
    write(arguments.folder, "final.csv", final)

    seconds = len(SHAPE) * STEP_S
    values = " ".join(repr(SHAPE[second // STEP_S]) for second in range(1, seconds + 1)
                      if second < seconds) + f" {SHAPE[0]!r}"
    command.Command = f"new loadshape.steps npts={seconds} sinterval=1 mult=({values})"
    command.Command = "batchedit load..* daily=steps"
    neutral(taps)
    command.Command = "set mode=daily controlmode=time stepsize=1s number=1 hour=0 sec=-1"
    known = positions(taps)
    operations = []
    for second in range(seconds):
        DSS.ActiveCircuit.Solution.Solve()
        time = DSS.ActiveCircuit.Solution.Hour * 3600 + DSS.ActiveCircuit.Solution.Seconds
        assert round(time) == second, (time, second)
        assert DSS.ActiveCircuit.Solution.Converged, second
        for key, position in positions(taps).items():
            if position != known[key]:
                operations.append({"time_s": second, "transformer": key[0], "winding": key[1],
                                   "from": known[key], "to": position})
                known[key] = position
    write(arguments.folder, "operations.csv", operations)
    print(arguments.folder.name, len(operations), "operations;", "final",
          {row["transformer"]: row["position"] for row in final})


if __name__ == "__main__":
    main()
