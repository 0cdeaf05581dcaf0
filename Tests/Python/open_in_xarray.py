#!/usr/bin/env python3
"""Opens a result of Scenarios/european-lv in xarray and checks what a user would see.

    python3 open_in_xarray.py RUN.h5 [--reference FOLDER]

The file is opened without options by both engines, h5netcdf and netcdf4. Names, dimensions, units
and time are checked. With --reference (the folder `reference` of the feeder) the values are
compared with the constant-power solution of OpenDSS. Every fault is a sentence on standard error,
and the exit code is 1. One summary line goes to standard output. `requirements.txt` beside this
file names the packages.
"""

import argparse
import csv
import gzip
import math
import sys
from pathlib import Path

import numpy as np
import xarray as xr

ENGINES = ("h5netcdf", "netcdf4")
START = np.datetime64("2025-01-15T00:00", "ns")
MINUTES = 1440
READINGS = 48
BASE_VOLTAGE = 416 / math.sqrt(3)
TOLERANCE = 1e-6
PHASES = ["a", "b", "c"]

BUS = ("time", "bus", "phase")
BRANCH = ("time", "branch", "phase")
TRANSFORMER = ("time", "transformer", "phase")
SOURCE = ("time", "source")
METER = ("reading_time", "meter")
# Dimensions and unit of each variable.
VARIABLES = {
    "bus_voltage_magnitude": (BUS, "V"),
    "bus_voltage_angle": (BUS, "degree"),
    "branch_current_magnitude": (BRANCH, "A"),
    "branch_current_angle": (BRANCH, "degree"),
    "transformer_from_active_power": (TRANSFORMER, "W"),
    "transformer_from_reactive_power": (TRANSFORMER, "var"),
    "transformer_to_active_power": (TRANSFORMER, "W"),
    "transformer_to_reactive_power": (TRANSFORMER, "var"),
    "source_active_power": (SOURCE, "W"),
    "source_reactive_power": (SOURCE, "var"),
    "loss_active_power": (("time",), "W"),
    "meter_import_active_power": (METER, "W"),
    "meter_export_active_power": (METER, "W"),
    "meter_import_reactive_power": (METER, "var"),
    "meter_export_reactive_power": (METER, "var"),
    "meter_voltage": ((*METER, "phase"), "V"),
}
# Every dimension with its length, where the feeder fixes it.
LENGTHS = {
    "time": MINUTES,
    "bus": 907,
    "phase": 3,
    "transformer": 1,
    "source": 1,
    "meter": 55,
    "reading_time": READINGS,
    "branch": None,
}


class Report:
    """The faults, and the largest error of each comparison."""

    def __init__(self):
        self.faults = []
        self.errors = {}

    def require(self, condition, sentence):
        if not condition:
            self.faults.append(sentence)
        return bool(condition)

    def close(self, name, error, tolerance):
        """`error` is an array of errors relative to the right base; NaN is a fault."""
        error = np.asarray(error, dtype=float)
        worst = float(np.max(error))  # NaN stays NaN
        self.errors[name] = worst
        self.require(
            worst <= tolerance, f"{name}: the largest error is {worst:.3g}, allowed {tolerance:.3g}"
        )


def read_table(path):
    """The header and the rows of a compressed table, as text."""
    with gzip.open(path, "rt", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def read_series(path):
    """The columns of a minute table, by name; the first column is the minute."""
    header, rows = read_table(path)
    values = np.array(rows, dtype=float)
    assert np.array_equal(values[:, 0], np.arange(1, MINUTES + 1)), path
    return {name: values[:, column] for column, name in enumerate(header)}


def check_structure(ds, engine, report):
    """Whether the names, dimensions, units and times are as they should be."""

    def require(condition, sentence):
        return report.require(condition, f"{engine}: {sentence}")

    for name in [*ds.sizes, *ds.variables]:
        require("phony_dim" not in str(name), f"{name} has no dimension scale")
    for name, length in LENGTHS.items():
        if not require(name in ds.sizes, f"there is no dimension {name}"):
            continue
        if length is not None:
            require(ds.sizes[name] == length, f"{name} has {ds.sizes[name]} entries, not {length}")
        if not require(name in ds.indexes, f"dimension {name} has no coordinate"):
            continue
        values = ds[name].values
        require(ds.indexes[name].is_unique, f"{name} has an entry twice")
        require(ds[name].attrs.get("long_name"), f"{name} has no long_name")
        if name in ("time", "reading_time"):
            step = np.timedelta64(1 if name == "time" else 30, "m")
            first = START if name == "time" else START + step
            if require(
                np.issubdtype(values.dtype, np.datetime64),
                f"{name} is {values.dtype}, not datetime64",
            ):
                expected = first + step * np.arange(LENGTHS[name])
                require(
                    np.array_equal(values, expected),
                    f"{name} is {values[0]} to {values[-1]} in {len(values)} entries, expected "
                    f"{expected[0]} to {expected[-1]} in equal steps of {step}",
                )
        else:
            require(
                all(isinstance(value, str) for value in values.tolist()),
                f"{name} has entries that are not str",
            )
    if "phase" in ds.indexes:
        phases = ds["phase"].values.tolist()
        require(phases == PHASES, f"phase is {phases}, not {PHASES}")
    for name, wanted in (
        ("bus", ["SourceBus", *(str(number) for number in range(1, 907))]),
        ("branch", [f"LINE{number}" for number in range(1, 906)]),
        ("meter", [f"meter-{number:02}" for number in range(1, 56)]),
    ):
        if name in ds.indexes:
            missing = sorted(set(wanted) - set(ds[name].values.tolist()))
            require(not missing, f"{name} has no entry {', '.join(missing[:3])}")

    for name, (dims, unit) in VARIABLES.items():
        if not require(name in ds.variables, f"there is no variable {name}"):
            continue
        variable = ds[name]
        require(
            variable.dims == dims, f"{name} has the dimensions {variable.dims}, expected {dims}"
        )
        units = variable.attrs.get("units")
        require(units == unit, f"{name} has the units {units!r}, expected {unit!r}")
        require(variable.attrs.get("long_name"), f"{name} has no long_name")
        if require(
            np.issubdtype(variable.dtype, np.floating),
            f"{name} has the type {variable.dtype}, expected a floating type",
        ):
            require(not np.isinf(variable.values).any(), f"{name} has infinite values")
            fill = variable.encoding.get("_FillValue")
            require(
                fill is not None and math.isclose(fill, 9.96921e36, rel_tol=1e-5),
                f"{name} has the _FillValue {fill}, expected 9.96921e36",
            )
            # Without status and meter, whose missing entries are explained below.
            if name != "meter_voltage":
                count = int(np.isnan(variable.values).sum())
                require(count == 0, f"{name} has {count} missing values, expected none")

    if require("status" in ds.variables, "there is no variable status"):
        status = ds["status"]
        require(status.dims == ("time",), f"status has the dimensions {status.dims}")
        require(status.dtype == np.int8, f"status has the type {status.dtype}, expected int8")
        meanings = str(status.attrs.get("flag_meanings", "")).split()
        flags = np.atleast_1d(status.attrs.get("flag_values", [])).tolist()
        require(
            meanings == ["solved", "held", "missing"] and len(flags) == 3,
            f"status has the flags {flags} {meanings}, expected solved held missing",
        )
        if len(flags) == len(meanings) == 3:
            require(
                np.all(status.values == flags[0]), "status says that not every minute was solved"
            )
    return not report.faults


def check_agreement(left, right, report):
    """Whether both engines see the same."""
    report.require(
        set(left.variables) == set(right.variables), "the engines see different variables"
    )
    for name in set(left.variables) & set(right.variables):
        a, b = left[name], right[name]
        same = a.dims == b.dims and a.dtype.kind == b.dtype.kind
        if same and a.dtype.kind in "fc":
            same = a.dtype == b.dtype and np.array_equal(a.values, b.values, equal_nan=True)
        elif same:
            same = a.values.tolist() == b.values.tolist()
        report.require(same, f"the engines see different values of {name}")
        for key in ("units", "long_name"):
            report.require(
                a.attrs.get(key) == b.attrs.get(key), f"the engines see different {key} of {name}"
            )


def phasors(magnitude, angle):
    return magnitude * np.exp(1j * np.radians(angle))


def check_overview(ds, path, engine, report):
    """Whether the hourly overview holds what xarray makes of the raw series."""
    raw = ds["bus_voltage_magnitude"].astype("float64").resample(time="1h")
    expected = {"minimum": raw.min(), "mean": raw.mean(), "maximum": raw.max()}
    with xr.open_dataset(path, engine=engine, group="overview_hour") as overview:
        for kind, values in expected.items():
            stored = overview[f"bus_voltage_magnitude_{kind}"]
            report.require(
                np.array_equal(stored["bus"].values, ds["bus"].values)
                and np.array_equal(stored["hour_time"].values, values["time"].values),
                f"{engine}: the overview's coordinates are not those of the raw series",
            )
            # Both ends are stored in single precision: 6e-8 of a voltage each.
            error = np.abs(stored.values - values.values) / np.abs(values.values)
            report.close(f"hourly {kind} (relative)", error, 1.2e-7)
    with xr.open_datatree(path, engine=engine) as tree:
        report.require(
            "overview_day" in tree.children, f"{engine}: open_datatree shows no overview_day"
        )


def check_values(ds, folder, report):
    """Whether the values are those of the constant-power reference."""
    ds = ds.load()

    def array(name):
        return ds[name].values.astype(np.float64)

    buses = {name.lower(): index for index, name in enumerate(ds["bus"].values.tolist())}
    voltage = phasors(array("bus_voltage_magnitude"), array("bus_voltage_angle"))

    # All buses of the three snapshots, as phasors.
    for minute in (1, 566, MINUTES):
        header, rows = read_table(folder / f"snapshot_min{minute}_wide" / "voltages.csv.gz")
        assert header == ["bus", "node", "kv_base_ln", "v_mag_V", "v_ang_deg", "v_pu"], header
        report.require(
            len(rows) == 3 * len(buses), f"the reference has {len(rows)} nodes at minute {minute}"
        )
        errors = []
        for bus, node, base, magnitude, angle, _ in rows:
            found = voltage[minute - 1, buses[bus], int(node) - 1]
            errors.append(abs(found - phasors(float(magnitude), float(angle))) / float(base) / 1000)
            if (minute, bus, node) == (566, "899", "2"):
                # The same value the way a user would ask for it.
                selected = ds.bus_voltage_magnitude.sel(
                    bus="899", phase="b", time="2025-01-15T09:25"
                )
                error = abs(float(selected.squeeze()) - float(magnitude)) / BASE_VOLTAGE
                report.close("bus 899, phase b, 09:25 (pu)", error, TOLERANCE)
        report.close(f"all buses, minute {minute} (pu)", errors, TOLERANCE)

    # All loads, all minutes.
    magnitudes = read_series(folder / "timeseries_load_voltage_mag_V_wide.csv.gz")
    angles = read_series(folder / "timeseries_load_voltage_angle_deg_wide.csv.gz")
    active = read_series(folder / "timeseries_load_p_kW_wide.csv.gz")
    reactive = read_series(folder / "timeseries_load_q_kvar_wide.csv.gz")
    meters = ds["meter"].values.tolist()
    meter_import = array("meter_import_active_power")
    meter_import_reactive = array("meter_import_reactive_power")
    meter_voltage = array("meter_voltage")
    present = np.zeros((len(meters), 3), dtype=bool)
    load_errors, phasor_errors, meter_errors, mean_errors = [], [], [], []
    total_load = np.zeros(MINUTES)
    columns = list(magnitudes)[1:]
    report.require(len(columns) == 55, f"the reference has {len(columns)} loads")
    for column in columns:
        load, place = column.split("@")
        bus, node = place.split(".")
        phase = int(node) - 1
        meter = meters.index(f"meter-{int(load.removeprefix('load')):02}")
        present[meter, phase] = True
        found = voltage[:, buses[bus], phase]
        load_errors.append(np.abs(np.abs(found) - magnitudes[column]) / BASE_VOLTAGE)
        expected = phasors(magnitudes[column], angles[column])
        phasor_errors.append(np.abs(found - expected) / BASE_VOLTAGE)
        total_load += 1000 * active[load]
        for values, series in ((meter_import, active), (meter_import_reactive, reactive)):
            mean = 1000 * series[load].reshape(READINGS, -1).mean(axis=1)
            meter_errors.append(np.abs(values[:, meter] - mean) / np.abs(mean))
        mean = magnitudes[column].reshape(READINGS, -1).mean(axis=1)
        mean_errors.append(np.abs(meter_voltage[:, meter, phase] - mean) / BASE_VOLTAGE)
    report.close("load buses, all minutes (pu)", load_errors, TOLERANCE)
    report.close("load buses, all minutes, as phasors (pu)", phasor_errors, TOLERANCE)
    report.close("meter P and Q (relative)", meter_errors, TOLERANCE)
    report.close("meter voltage (pu)", mean_errors, TOLERANCE)
    report.require(
        np.array_equal(~np.isnan(meter_voltage), np.broadcast_to(present, meter_voltage.shape)),
        "meter_voltage has a value where the meter has no such phase, or misses one",
    )
    for name in ("meter_export_active_power", "meter_export_reactive_power"):
        report.require(np.all(array(name) == 0), f"{name} is not zero, but no customer exports")

    # The transformer, the first line and the losses, all minutes. The apparent power is that of
    # the three phases together, at the same minute.
    reference = read_series(folder / "timeseries_transformer_wide.csv.gz")
    for side, key in (("from", "pri"), ("to", "sec")):
        expected = 1000 * np.stack(
            [reference[f"{key}_p{n}_kW"] + 1j * reference[f"{key}_q{n}_kvar"] for n in (1, 2, 3)],
            axis=1,
        )
        found = (
            array(f"transformer_{side}_active_power")
            + 1j * array(f"transformer_{side}_reactive_power")
        )[:, 0, :]
        apparent = np.abs(expected.sum(axis=1))
        name = f"transformer_{side} (relative)"
        report.close(name, np.abs(found - expected) / apparent[:, np.newaxis], TOLERANCE)
        if side == "from":
            power = np.abs(found.sum(axis=1) - array("source_active_power")[:, 0]
                           - 1j * array("source_reactive_power")[:, 0])
            report.close("source against transformer_from (relative)", power / apparent, TOLERANCE)
            loss = np.abs(array("loss_active_power") - 1000 * reference["loss_kW"]) / apparent
            report.close("losses (relative to the apparent power)", loss, TOLERANCE)
            balance = found.sum(axis=1).real - total_load - array("loss_active_power")
            report.close("power balance (relative)", np.abs(balance) / apparent, TOLERANCE)
    expected = np.stack([reference[f"line1_i{n}_A"] for n in (1, 2, 3)], axis=1)
    branch = ds["branch"].values.tolist().index("LINE1")
    found = array("branch_current_magnitude")[:, branch, :]
    # Relative to the largest phase, as the power of a phase may be near zero.
    error = np.abs(found - expected) / expected.max(axis=1, keepdims=True)
    report.close("current of LINE1 (relative)", error, TOLERANCE)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("--reference", type=Path)
    arguments = parser.parse_args()

    report = Report()
    opened = {}
    for engine in ENGINES:
        try:
            opened[engine] = xr.open_dataset(arguments.run, engine=engine)
        except Exception as error:  # whatever the library raises, the user could not open it
            report.require(False, f"{engine}: cannot open {arguments.run}: {error}")
    for engine, ds in opened.items():
        check_structure(ds, engine, report)
        if not report.faults:
            check_overview(ds, arguments.run, engine, report)
    if len(opened) == len(ENGINES):
        check_agreement(*opened.values(), report)
    if arguments.reference and opened and not report.faults:
        check_values(opened["h5netcdf"], arguments.reference, report)
    elif arguments.reference:
        report.faults.append("The values were not compared, because of the faults above.")
    for fault in report.faults:
        print(f"open_in_xarray.py: {fault}", file=sys.stderr)
    errors = ", ".join(f"{name} {error:.2g}" for name, error in report.errors.items())
    print(
        f"{arguments.run.name}: {len(VARIABLES) + 1} variables in {len(opened)} engines, "
        f"{len(report.faults)} faults" + (f"; largest errors: {errors}" if errors else "")
    )
    for ds in opened.values():
        ds.close()
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
