"""Writes feeders as scenarios, and the operations of their controls as OpenDSS finds them.

    python control_sequences.py DATA OUTPUT

DATA is the folder with the IEEE feeders (`ieee/13Bus`, ...). OUTPUT gets a folder for each case with

* the scenario, read out of the engine's own model, so that no importer stands between the two;
  all loads follow one profile, all taps start at neutral and all capacitors on;
* `operations.csv`: each change of a tap or of the number of closed steps in two hours, as the engine
  finds it in daily mode with ControlMode=Time and steps of 1 s;
* `final.csv`: where ControlMode=Static goes from the same start, at nominal load; absent where it
  never comes to rest.

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
# Each case: the master file and what is added to it.
CASES = {
    "ieee13": ("ieee/13Bus/IEEE13Nodeckt.dss", []),
    "ieee34-mod1": ("ieee/34Bus/ieee34Mod1.dss", []),
    "ieee34-mod2": ("ieee/34Bus/ieee34Mod2.dss", []),
    "ieee37": ("ieee/37Bus/ieee37.dss", []),
    "ieee123": ("ieee/123Bus/IEEE123Master.dss", []),
    "ieee13-kvar-voltage": ("ieee/13Bus/IEEE13Nodeckt.dss", [
        "new capcontrol.c1 capacitor=cap1 type=kvar element=line.692675 terminal=1 on=350 off=-330 "
        "delay=30 delayoff=20",
        "new capcontrol.c2 capacitor=cap2 type=voltage element=line.684611 terminal=2 ptratio=20 "
        "on=119 off=121.5 delay=45 delayoff=40 deadtime=200"]),
    "ieee13-current-time": ("ieee/13Bus/IEEE13Nodeckt.dss", [
        "new capcontrol.c1 capacitor=cap1 type=current element=line.650632 terminal=1 ctratio=100 "
        "ctphase=max on=5 off=3.5 voltoverride=yes vmin=112 vmax=124 ptratio=20 ptphase=avg",
        "new capcontrol.c2 capacitor=cap2 type=time element=capacitor.cap2 on=0.4 off=1.25"]),
    "ieee13-factor-follow": ("ieee/13Bus/IEEE13Nodeckt.dss", [
        "new capcontrol.c1 capacitor=cap1 type=powerfactor element=line.650632 terminal=1 on=0.93 "
        "off=-0.999 pctminkvar=40",
        "new capcontrol.c2 capacitor=cap2 type=follow controlsignal=signal"]),
    "ieee13-steps": ("ieee/13Bus/IEEE13Nodeckt.dss", [
        "edit capacitor.cap1 numsteps=3 kvar=[200 200 200]",
        "new capcontrol.c1 capacitor=cap1 type=voltage element=line.692675 terminal=2 ptratio=20 "
        "ptphase=min on=117 off=120.5 delay=35 delayoff=25 deadtime=0"]),
    "ieee123-kvar": ("ieee/123Bus/IEEE123Master.dss", [
        "new capcontrol.c83 capacitor=c83 type=kvar element=line.l115 terminal=1 on=900 off=100",
        "new capcontrol.c88a capacitor=c88a type=voltage element=capacitor.c88a ptratio=20 on=118 "
        "off=121 delay=60 delayoff=50"]),
}
# On and off by turns, for a control that follows.
SIGNAL = [1, 0, 0, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0]

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
            "rated_voltage_kv": repr(kv), "reactive_power_kvar": repr(circuit.Capacitors.kvar),
            "steps": circuit.Capacitors.NumSteps})

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

    words = {"avg": "average", "max": "highest", "min": "lowest"}
    types = {"powerfactor": "power_factor"}
    controls = []
    for name in circuit.CapControls.AllNames if circuit.CapControls.Count else []:
        circuit.SetActiveElement(f"capcontrol.{name}")
        row = {"id": name, "capacitor": prop(element, "capacitor").lower(),
               "type": types.get(prop(element, "type").lower(), prop(element, "type").lower()),
               "delay_s": prop(element, "delay"), "delay_off_s": prop(element, "delayoff"),
               "dead_time_s": prop(element, "deadtime"), "pt_ratio": prop(element, "ptratio"),
               "ct_ratio": prop(element, "ctratio"),
               "minimum_share_percent": prop(element, "pctminkvar")}
        for phase in ("pt_phase", "ct_phase"):
            value = prop(element, phase.replace("_", "")).lower()
            row[phase] = words.get(value, value)
        kind, _, monitored = prop(element, "element").lower().partition(".")
        if kind in ("line", "transformer"):
            row |= {"branch": monitored, "end": prop(element, "terminal")}
        if row["type"] == "follow":
            row["profile"] = "signal"
        else:
            row |= {"on": prop(element, "onsetting"), "off": prop(element, "offsetting")}
        if prop(element, "voltoverride").lower() in ("yes", "true"):
            row |= {"override_minimum_v": prop(element, "vmin"),
                    "override_maximum_v": prop(element, "vmax")}
        controls.append(row)

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
              ("regulators", regulators), ("capacitor_controls", controls), ("sources", sources)]
    present = [name for name, rows in tables if write(folder, f"{name}.csv", rows)]
    write(folder, "customers.csv", customers)
    write(folder, "loads.csv", loads)
    write(folder, "profiles.csv", [{"day": day, "signal": on} for day, on in zip(SHAPE, SIGNAL)])
    network = "".join(f"  {name}: {name}.csv\n" for name in present)
    (folder / "scenario.yaml").write_text(f"""# Written by Tests/ValidationTests/Scripts/control_sequences.py
busbar: 1
title: {circuit.Name} with controls in time
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
    """Tap positions by transformer and winding, and closed steps by capacitor."""
    circuit = DSS.ActiveCircuit
    found = {}
    for (name, number), (label, step) in taps.items():
        circuit.Transformers.Name = name
        circuit.Transformers.Wdg = number
        found[(label, number)] = round((circuit.Transformers.Tap - 1) / step)
    for name in circuit.Capacitors.AllNames if circuit.Capacitors.Count else []:
        circuit.Capacitors.Name = name
        found[(name, "")] = sum(circuit.Capacitors.States)
    return found


def start(data, path, additions):
    """Compiles a feeder with all taps at neutral and all capacitors on."""
    command = DSS.Text
    command.Command = "clear"
    command.Command = f'redirect "{(data / path).resolve()}"'
    command.Command = "set tolerance=1e-10 maxiterations=2000 maxcontroliter=500 mode=snapshot"
    seconds = len(SHAPE) * STEP_S
    for name, rows in (("steps", SHAPE), ("signal", SIGNAL)):
        values = [rows[second // STEP_S] for second in range(1, seconds)] + [rows[0]]
        command.Command = (f"new loadshape.{name} npts={seconds} sinterval=1 "
                           f"mult=({' '.join(map(repr, values))})")
    for addition in additions:
        command.Command = addition
    command.Command = "batchedit load..* daily=steps"
    circuit = DSS.ActiveCircuit
    for name in circuit.Transformers.AllNames:
        circuit.Transformers.Name = name
        for number in range(1, circuit.Transformers.NumWindings + 1):
            circuit.Transformers.Wdg = number
            circuit.Transformers.Tap = 1.0


def in_time(taps):
    """The operations in two hours."""
    DSS.Text.Command = "set mode=daily controlmode=time stepsize=1s number=1 hour=0 sec=-1"
    solution = DSS.ActiveCircuit.Solution
    known = positions(taps)
    operations = []
    for second in range(len(SHAPE) * STEP_S):
        solution.Solve()
        assert round(solution.Hour * 3600 + solution.Seconds) == second and solution.Converged
        for key, position in positions(taps).items():
            if position != known[key]:
                operations.append({"time_s": second, "element": key[0], "winding": key[1],
                                   "from": known[key], "to": position})
                known[key] = position
    return operations


def at_once(taps):
    """The positions to which the controls go while time stands still."""
    DSS.Text.Command = "set mode=snapshot controlmode=static"
    try:
        DSS.Text.Command = "solve"
    except Exception as error:
        if "Max Control Iterations" not in str(error):
            raise
        return []
    assert DSS.ActiveCircuit.Solution.Converged
    return [{"element": label, "winding": number, "position": position}
            for (label, number), position in positions(taps).items()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    arguments = parser.parse_args()
    DSS.AllowEditor = False
    DSS.AllowForms = False
    for name, (path, additions) in CASES.items():
        folder = arguments.output / name
        folder.mkdir(parents=True, exist_ok=True)
        start(arguments.data, path, additions)
        taps = export(folder, len(SHAPE) * STEP_S // 3600)
        operations = in_time(taps)
        write(folder, "operations.csv", operations)
        start(arguments.data, path, additions)
        write(folder, "final.csv", at_once(taps))
        print(name, len(operations), "operations, of which capacitors",
              sum(row["winding"] == "" for row in operations))


if __name__ == "__main__":
    main()
