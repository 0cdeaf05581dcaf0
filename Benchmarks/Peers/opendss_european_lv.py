#!/usr/bin/env python3
"""Times OpenDSS, through dss-python, on the European low-voltage feeder.

    python3 opendss_european_lv.py FOLDER [--reference FOLDER] [--repeat N]

FOLDER holds Master.dss of the feeder. The circuit is solved as Busbar solves it: constant power at
every voltage, tolerance 1e-8, one-minute steps. OpenDSS runs in duty-cycle mode with the energy
meter and the monitors disabled and the control loop off, one step per call (number=1), in one
thread. Every timed step is warm: it starts from the solution of the step before, and a whole day
was solved before the first timed one. Only the solve call is timed, or the solve call and the
reading of all 2,721 complex node voltages into a numpy array.

With --reference (the folder `reference` of the feeder) the voltages of minute 566 and the load
voltages of the whole day must agree with it; otherwise the exit code is 1.

One line of JSON goes to standard output. Times of steps are in microseconds. Each figure is the
median, or the minimum, over all steps of all repetitions; `day_seconds` are the fastest of the
repetitions.

Needs: pip install dss-python==0.15.7 numpy
"""

import argparse
import csv
import gzip
import json
import math
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter_ns

# One thread: set before numpy is loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import dss
import numpy as np

MINUTES = 1440
BASE_VOLTAGE = 416 / math.sqrt(3)
# The engine at tolerance 1e-8 is this close to its own solution at 1e-10, with a margin.
AGREEMENT_PU = 1e-7


def read_rows(path):
    with gzip.open(path, "rt", newline="") as file:
        return list(csv.DictReader(file))


class Feeder:
    def __init__(self, folder):
        self.engine = dss.DSS
        self.engine.AllowForms = False
        # A copy, because OpenDSS may write beside the file it compiles.
        with tempfile.TemporaryDirectory() as temporary:
            copy = Path(temporary) / "feeder"
            copy.mkdir()
            for path in Path(folder).rglob("*"):
                if path.is_file():
                    target = copy / path.relative_to(folder)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)
            before = os.getcwd()
            self.command(f'compile "{copy / "Master.dss"}"')
            os.chdir(before)
            self.engine.DataPath = before
        self.circuit = self.engine.ActiveCircuit
        self.solution = self.circuit.Solution
        loads = self.circuit.Loads.AllNames
        for load in loads:
            number = load.removeprefix("load")
            # The duty-cycle mode reads `duty`; the source names its profiles in `yearly`.
            self.command(f"edit load.{load} duty=shape_{number} vminpu=0.01 vmaxpu=5")
        for meter in self.circuit.Meters.AllNames:
            self.command(f"edit energymeter.{meter} enabled=no")
        for monitor in self.circuit.Monitors.AllNames:
            self.command(f"edit monitor.{monitor} enabled=no")
        self.command("set mode=dutycycle stepsize=1m number=1")
        self.command("set tolerance=1e-8 maxiterations=50 controlmode=off")
        self.nodes = {name: index for index, name in enumerate(self.circuit.AllNodeNames)}

    def command(self, text):
        self.engine.Text.Command = text

    def midnight(self):
        self.solution.Hour = 0
        self.solution.Seconds = 0

    def day_as_steps(self, read_voltages):
        """Nanoseconds of each of the 1,440 steps."""
        solve = self.solution.Solve
        circuit = self.circuit
        times = np.empty(MINUTES, dtype=np.int64)
        self.midnight()
        for step in range(MINUTES):
            start = perf_counter_ns()
            solve()
            if read_voltages:
                voltages = circuit.AllBusVolts
            times[step] = perf_counter_ns() - start
        return times

    def day_as_one_call(self):
        """Seconds of the day solved inside the engine by one call."""
        self.midnight()
        self.solution.Number = MINUTES
        start = perf_counter_ns()
        self.solution.Solve()
        seconds = (perf_counter_ns() - start) / 1e9
        self.solution.Number = 1
        return seconds

    def check(self, reference):
        """Largest errors of a day against the reference, in pu, and the iterations it took."""
        path = reference / "timeseries_load_voltage_mag_V_wide.csv.gz"
        with gzip.open(path, "rt", newline="") as file:
            rows = list(csv.reader(file))
        places = [self.nodes[column.split("@")[1]] for column in rows[0][1:]]
        snapshot = read_rows(reference / "snapshot_min566_wide" / "voltages.csv.gz")
        loads_error = nodes_error = 0.0
        iterations = []
        self.midnight()
        for minute in range(1, MINUTES + 1):
            self.solution.Solve()
            if not self.solution.Converged:
                raise SystemExit(f"opendss_european_lv.py: minute {minute} did not converge")
            iterations.append(self.solution.Iterations)
            voltages = np.asarray(self.circuit.AllBusVolts).view(np.complex128)
            magnitudes = np.abs(voltages)
            row = np.array(rows[minute], dtype=float)
            assert row[0] == minute
            error = np.max(np.abs(magnitudes[places] - row[1:])) / BASE_VOLTAGE
            loads_error = max(loads_error, float(error))
            if minute == 566:
                assert len(snapshot) == len(self.nodes)
                for entry in snapshot:
                    place = self.nodes[f"{entry['bus']}.{entry['node']}"]
                    error = abs(magnitudes[place] - float(entry["v_mag_V"]))
                    nodes_error = max(nodes_error, error / (1000 * float(entry["kv_base_ln"])))
        return nodes_error, loads_error, sum(iterations) / MINUTES


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    reference = arguments.reference and arguments.reference.resolve()

    feeder = Feeder(folder)
    result = {
        "peer": "OpenDSS",
        "case": "european-lv",
        "engine": feeder.engine.Version.split(";")[0],
        "dss_python": dss.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
        "nodes": len(feeder.nodes),
        "tolerance": feeder.solution.Tolerance,
        "steps": MINUTES,
        "repeat": arguments.repeat,
    }
    # Warms the engine.
    feeder.day_as_steps(read_voltages=True)
    fault = False
    if reference:
        nodes, loads, iterations = feeder.check(reference)
        result["minute_566_error_pu"] = nodes
        result["load_voltage_error_pu"] = loads
        result["mean_iterations"] = round(iterations, 3)
        fault = max(nodes, loads) > AGREEMENT_PU
    times = {False: [], True: []}
    calls = []
    for _ in range(arguments.repeat):
        for read_voltages in times:
            times[read_voltages].append(feeder.day_as_steps(read_voltages))
        calls.append(feeder.day_as_one_call())
    for read_voltages, key in ((False, "solve"), (True, "solve_and_read_voltages")):
        steps = np.stack(times[read_voltages])
        result[key] = {
            "median_us": round(float(np.median(steps)) / 1000, 2),
            "minimum_us": round(float(steps.min()) / 1000, 2),
            "day_seconds": round(float(steps.sum(axis=1).min()) / 1e9, 4),
        }
    result["one_call"] = {"day_seconds": round(min(calls), 4)}
    print(json.dumps(result))
    if fault:
        print("opendss_european_lv.py: the voltages differ from the reference", file=sys.stderr)
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
