"""Writes the feeders of BSD origin as scenarios with their solutions by OpenDSS.

    python make_cases.py DATA BUSBAR OUTPUT

DATA is the folder with `ieee`, `ieee_variants` and `unit_circuits`, BUSBAR the program, and OUTPUT
the folder `Cases` beside this script's folder. Each network gets a folder with

* `scenario/`, as `busbar import opendss` writes it;
* `reference-VARIANT.csv`: the voltage of every node against earth, by OpenDSS at 1e-10;
* `taps-VARIANT.csv`: the taps of that solution, where the network has regulators; a variant that
  ends in `_wide` has those of the variant without it;
* `loads-wide.csv`: what replaces `scenario/loads.csv` in the variants that end in `_wide`, in
  which all loads keep to their law at any voltage.

Each origin gets its licence and `tolerances.csv`, which lists its cases; `PROVENANCE.md` is written
by hand. Every reference is compared with the one in DATA; a difference above 1e-8 pu, or a node
that only one of them has, is printed, and unless it is explained below the exit code is 1.

Needs dss-python==0.15.7 (PyPI), which brings the engine, DSS C-API 0.14.5.
"""

import argparse
import cmath
import csv
import math
import multiprocessing
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from dss import DSS

WIDE = "batchedit load..* vminpu=0.01 vmaxpu=5"
IEEE = {
    "13Bus": "13Bus/IEEE13Nodeckt.dss",
    "34Bus-Mod1": "34Bus/ieee34Mod1.dss",
    "34Bus-Mod2": "34Bus/ieee34Mod2.dss",
    "37Bus": "37Bus/ieee37.dss",
    "123Bus": "123Bus/IEEE123Master.dss",
    "4Bus-DY-Bal": "4Bus-DY-Bal/4Bus-DY-Bal.DSS",
    "4Bus-GrdYD-Bal": "4Bus-GrdYD-Bal/4Bus-GrdYD-Bal.DSS",
    "4Bus-OYOD-Bal": "4Bus-OYOD-Bal/4Bus-OYOD-Bal.DSS",
    "4Bus-OYOD-UnBal": "4Bus-OYOD-UnBal/4bus-OYOD-UnBal.dss",
    "4Bus-YD-Bal": "4Bus-YD-Bal/4Bus-YD-Bal.DSS",
    "4Bus-YY-Bal": "4Bus-YY-Bal/4Bus-YY-Bal.DSS",
}
# Tap positions of the second windings in the published IEEE solutions, in steps of 0.00625.
OF_34 = {"reg1a": 12, "reg1b": 5, "reg1c": 5, "reg2a": 13, "reg2b": 11, "reg2c": 12}
PUBLISHED = {
    "13Bus": {"reg1": 10, "reg2": 8, "reg3": 11},
    "34Bus-Mod1": OF_34,
    "34Bus-Mod2": OF_34,
    "123Bus": {"reg1a": 7, "reg2a": -1, "reg3a": 0, "reg3c": -1, "reg4a": 8, "reg4b": 1,
               "reg4c": 5},
}
STEP = 0.00625
# What the run file of a network changes before it solves.
CHANGES = {
    "123Bus": [f"regcontrol.{name}.maxtapchange=1 delay={15 if name == 'creg1a' else 30}"
               for name in ("creg1a", "creg2a", "creg3a", "creg3c", "creg4a", "creg4b", "creg4c")],
}
# The frequency that a file asks for. Some do so when the circuit is there already, whose source
# then has another frequency and no voltage, unless the engine had been told before.
FREQUENCY = re.compile(r"^\s*set\s+defaultbasefreq\w*\s*=\s*(\d+)", re.IGNORECASE | re.MULTILINE)
# The engine's number for a file of UUIDs that is absent; it has no part in a power flow.
NO_UUIDS = 242
# Cases whose known reference was solved at 50 Hz, which the engine still had from the file before;
# these files say nothing, which means 60 Hz.
OTHER_FREQUENCY = {"unit_circuits/case4_phase_drop/control", "unit_circuits/test_switch_1w/control"}
# Wider limits than the usual ones, and why. The key is a case of an origin.
USUAL = ("1e-6", "1e-4")
WIDER = {
    "unit_circuits/test_switch_1w/control": (
        "5e-6", "1e-4",
        "Nothing but capacitances of 6.6e-10 S fix the floating conductor x1.3 to x2.3; beside the "
        "7e2 S of the switch double precision keeps four digits of them: the reference is 5.7e-6 "
        "pu from the closed form"),
}


class Case:
    """One variant of one network."""

    def __init__(self, network, variant, master, reference):
        self.network, self.variant = network, variant
        self.master, self.reference = master, reference

    @property
    def name(self):
        return f"{self.network}/{self.variant}"

    @property
    def is_wide(self):
        return self.variant.endswith("_wide")


def cases_of(data):
    """All cases by their origin."""
    ieee = []
    for network, path in IEEE.items():
        published = ["published_taps", "published_taps_wide"] if network in PUBLISHED else []
        for variant in ["control", "control_wide", *published]:
            reference = read_rows(data / "ieee/reference" / network / variant / "voltages.csv")
            ieee.append(Case(network, variant, data / "ieee" / path, reference))
    variants = []
    for folder in sorted((data / "ieee_variants/reference").iterdir()):
        master = next(path for path in (data / "ieee_variants").iterdir()
                      if path.name.lower() == f"{folder.name.lower()}.dss")
        reference = read_rows(folder / "voltages.csv")
        variants.append(Case(folder.name, "control", master, reference))
    by_circuit = {}
    for row in read_rows(data / "unit_circuits/reference/voltages.csv"):
        by_circuit.setdefault(row["case"], []).append(row)
    units = [Case(path.stem, "control", path, by_circuit[path.stem])
             for path in sorted((data / "unit_circuits").glob("*.dss"))]
    return {"ieee": ieee, "ieee_variants": variants, "unit_circuits": units}


def read_rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path, fields, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows(rows)


def command(*texts):
    for text in texts:
        DSS.Text.Command = text


def load(case):
    """Reads the file of a case, going on after a file of UUIDs that is absent."""
    # Reports that the file asks for are written here.
    DSS.DataPath = str(case.master.parent)
    DSS.AllowEditor = False
    DSS.AllowForms = False
    errors = DSS.Error
    errors.UseExceptions, errors.EarlyAbort = False, False
    frequency = FREQUENCY.search(case.master.read_text())
    if frequency:
        command(f"set defaultbasefrequency={frequency[1]}")
    command(f'redirect "{case.master}"')
    if errors.Number not in (0, NO_UUIDS):
        sys.exit(f"{case.name}: {errors.Description}")
    errors.UseExceptions, errors.EarlyAbort = True, True
    command(*CHANGES.get(case.network, []))


def solve(case):
    """Leaves the engine with the case's solution at frozen controls."""
    load(case)
    command("set mode=snapshot algorithm=normal loadmult=1 tolerance=1e-10 maxiterations=2000 "
            "maxcontroliter=500")
    if case.variant.startswith("control"):
        command("set controlmode=static", "solve", "set controlmode=off", "solve")
    else:
        for transformer, position in PUBLISHED[case.network].items():
            command(f"edit transformer.{transformer} wdg=2 tap={1 + STEP * position!r}")
        command("set controlmode=off", "solve")
    if case.is_wide:
        command(WIDE, "solve")
    if not DSS.ActiveCircuit.Solution.Converged:
        sys.exit(f"{case.name}: OpenDSS does not converge")


def taps():
    """The taps of all windings that a regulator moves."""
    circuit = DSS.ActiveCircuit
    found = {}
    for name in circuit.RegControls.AllNames if circuit.RegControls.Count else []:
        circuit.RegControls.Name = name
        transformer, winding = circuit.RegControls.Transformer, circuit.RegControls.TapWinding
        circuit.Transformers.Name = transformer
        circuit.Transformers.Wdg = winding
        found[(transformer, winding)] = f"{circuit.Transformers.Tap:.12g}"
    return [[*key, tap] for key, tap in found.items()]


def capacitor_states():
    """The steps of all capacitors that a control switches, as commands."""
    circuit = DSS.ActiveCircuit
    commands = []
    for name in circuit.CapControls.AllNames if circuit.CapControls.Count else []:
        circuit.CapControls.Name = name
        circuit.Capacitors.Name = circuit.CapControls.Capacitor
        states = " ".join(map(str, circuit.Capacitors.States))
        commands.append(f"edit capacitor.{circuit.Capacitors.Name} states=[{states}]")
    return commands


def voltages():
    """Rows of bus, node, magnitude, angle and base of all nodes."""
    rows = []
    circuit = DSS.ActiveCircuit
    for bus in circuit.AllBusNames:
        circuit.SetActiveBus(bus)
        values = list(circuit.ActiveBus.Voltages)
        phasors = [complex(*pair) for pair in zip(values[::2], values[1::2])]
        # A base that the engine lacks, or took from the wrong side of a transformer, gives way to
        # the largest voltage of the bus.
        base, largest = circuit.ActiveBus.kVBase * 1e3, max(map(abs, phasors))
        if not 0 < base < 2 * largest:
            base = largest
        for node, phasor in zip(circuit.ActiveBus.Nodes, phasors):
            rows.append([bus, int(node), f"{abs(phasor):.12g}",
                         f"{math.degrees(cmath.phase(phasor)):.10f}", f"{base:.9g}"])
    return rows


def solution(case):
    """What a case writes of the engine's solution: taps, steps of capacitors and voltages."""
    solve(case)
    return taps(), capacitor_states(), voltages()


def difference(rows, reference):
    """The largest difference from another reference in pu, and the nodes that one of them lacks."""
    known = {(row["bus"].lower(), int(row["node"])):
             cmath.rect(float(row["v_mag_V"]), math.radians(float(row["v_ang_deg"])))
             for row in reference}
    worst, place = 0.0, ""
    for bus, node, magnitude, angle, base in rows:
        other = known.pop((bus, node), None)
        if other is None:
            return math.inf, f"{bus}.{node} is new"
        own = cmath.rect(float(magnitude), math.radians(float(angle)))
        if abs(own - other) / float(base) > worst:
            worst, place = abs(own - other) / float(base), f"{bus}.{node}"
    return (math.inf, f"{min(known)} is gone") if known else (worst, place)


def imported(busbar, case, edits, work):
    """The text of each file of the scenario that the program makes of a case."""
    overlay, folder = work / "overlay.dss", work / "scenario"
    lines = [f'redirect "{case.master}"', *CHANGES.get(case.network, []), *edits,
             *([WIDE] if case.is_wide else [])]
    overlay.write_text("\n".join(lines) + "\n")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([busbar, "import", "opendss", overlay, "--output", folder], check=True,
                   stdout=subprocess.DEVNULL)
    files = {path.name: path.read_text() for path in sorted(folder.iterdir())}
    # What the import says of itself names files that are not here.
    del files["README.md"], files["report.csv"]
    first, rest = files["scenario.yaml"].split("\n", 1)
    assert first.startswith("# Written by busbar import opendss")
    files["scenario.yaml"] = ("# Written by busbar import opendss; see PROVENANCE.md of the "
                              "folder above.\n" + rest)
    return files


def write_case(case, busbar, output, work):
    """Writes one case; the first of a network brings the scenario. Returns the difference."""
    # A process of its own, as the engine keeps options of one file while it reads the next.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        settings, edits, rows = pool.apply(solution, [case])
    files = imported(busbar, case, edits, work)
    folder = output / case.network
    folder.mkdir(parents=True, exist_ok=True)
    fields = ["bus", "node", "magnitude_v", "angle_deg", "base_v"]
    write_rows(folder / f"reference-{case.variant}.csv", fields, rows)
    if settings:
        path = folder / f"taps-{case.variant.removesuffix('_wide')}.csv"
        before = path.read_text() if path.exists() else None
        write_rows(path, ["transformer", "winding", "tap_pu"], settings)
        if before not in (None, path.read_text()):
            sys.exit(f"{case.name}: its taps are not those of the variant that is not wide")
    if case.is_wide:
        (folder / "loads-wide.csv").write_text(files.pop("loads.csv"))
    scenario = folder / "scenario"
    scenario.mkdir(exist_ok=True)
    for name, text in files.items():
        path = scenario / name
        if path.exists() and path.read_text() != text:
            sys.exit(f"{case.name}: {name} differs from that of another variant")
        path.write_text(text)
    return difference(rows, case.reference)


def make(data, busbar, output):
    """Writes all cases; says whether the references agree with those that are known."""
    agrees = True
    for origin, cases in cases_of(data).items():
        folder = output / origin
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            if old.is_dir():
                shutil.rmtree(old)
        licence = next((data / origin).glob("LICENSE-[LO]*"))
        (folder / licence.name).write_text(licence.read_text(encoding="utf-8").rstrip() + "\n")
        for case in cases:
            with tempfile.TemporaryDirectory() as work:
                size, place = write_case(case, busbar, folder, pathlib.Path(work))
            if size > 1e-8:
                is_explained = f"{origin}/{case.name}" in OTHER_FREQUENCY
                agrees = agrees and is_explained
                print(f"{origin}/{case.name}: {size:.1e} pu from the known reference at {place}"
                      f"{', which is one at 50 Hz' if is_explained else ''}")
        write_rows(folder / "tolerances.csv", ["case", "voltage_pu", "angle_deg", "note"],
                   [[case.name, *WIDER.get(f"{origin}/{case.name}", (*USUAL, ""))]
                    for case in cases])
        print(f"{origin}: {len(cases)} cases", flush=True)
    return agrees


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("busbar", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        # Files ask for reports, which are written beside them, so a copy is read.
        data = pathlib.Path(work) / "data"
        for origin in ("ieee", "ieee_variants", "unit_circuits"):
            shutil.copytree(arguments.data / origin, data / origin)
        sys.exit(0 if make(data, arguments.busbar.resolve(), arguments.output) else 1)


if __name__ == "__main__":
    main()
