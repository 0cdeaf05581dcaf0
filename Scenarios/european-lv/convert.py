#!/usr/bin/env python3
"""Makes the tables of this scenario from the OpenDSS files of the feeder.

    python3 convert.py FOLDER

FOLDER holds Master.dss and the files it names. The tables buses.csv, line_codes.csv, lines.csv,
customers.csv, loads.csv and profiles.csv are written beside this script. Figures are copied as
text, digit for digit. The same input gives the same bytes. Anything that this script does not
expect ends it with exit code 1 before a file is written: a value that is left out silently would
be a wrong network.
"""

import re
import sys
from pathlib import Path

MINUTES = 1440
PHASES = {"1": "a", "2": "b", "3": "c"}
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")

# What remains of Master.dss without comments. The source and the transformer stand by hand in
# scenario.yaml, so their text is required to be exactly this.
MASTER = [
    "clear",
    "set defaultbasefrequency=50",
    "new circuit.lvtest",
    "edit vsource.source basekv=11 pu=1.05 isc3=3000 isc1=5",
    "redirect linecode.txt",
    "redirect loadshapes.txt",
    "batchedit loadshape..* useactual=no",
    "redirect lines.txt",
    "redirect transformers.txt",
    "redirect loads.txt",
    "redirect monitors.txt",
    "new energymeter.m1 line.line1 1",
    "set voltagebases=[11 .416]",
    "calcvoltagebases",
    "buscoords buscoords.txt",
    "solve",
]
TRANSFORMERS = [
    "new transformer.tr1 buses=[sourcebus 1] conns=[delta wye] kvs=[11 0.416] kvas=[800 800]"
    " xhl=4 sub=y",
]
# Monitors and the energy meter only observe; Busbar records what scenario.yaml names.
MONITORS = [
    "new monitor.line558_vi_vs_time line.line558 2 mode=0",
    "new monitor.line825_vi_vs_time line.line825 2 mode=0",
]


class Refused(Exception):
    """The input holds something that this script does not expect."""


def statements(path):
    """The numbered lines of a file without comments and blank lines, blanks made single."""
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path.name}: {error}") from None
    for number, line in enumerate(text.splitlines(), start=1):
        line = " ".join(re.split(r"!|//", line, maxsplit=1)[0].split())
        if line:
            yield f"{path.name}:{number}", line


def require_statements(path, expected):
    found = [line.lower() for _, line in statements(path)]
    if found != expected:
        for index in range(max(len(found), len(expected))):
            have = found[index] if index < len(found) else "nothing"
            want = expected[index] if index < len(expected) else "nothing"
            if have != want:
                raise Refused(f"{path.name}: statement {index + 1} is {have!r}, expected {want!r}")


def objects(path, kind, keys):
    """The objects `New KIND.name key=value ...`, all with exactly these keys."""
    seen = set()
    for where, line in statements(path):
        words = line.split(" ")
        head = words[1].split(".", 1) if len(words) > 1 else []
        if words[0].lower() != "new" or len(head) != 2 or head[0].lower() != kind:
            raise Refused(f"{where}: expected 'New {kind}.name', found {line!r}")
        name = head[1]
        if not re.fullmatch(r"[A-Za-z0-9_.]+", name):
            raise Refused(f"{where}: name {name!r}")
        if name.lower() in seen:
            raise Refused(f"{where}: second {kind} {name!r}")
        seen.add(name.lower())
        values = {}
        for word in words[2:]:
            key, equals, value = word.partition("=")
            if not equals or not value or key.lower() in values:
                raise Refused(f"{where}: {word!r}")
            values[key.lower()] = value
        if sorted(values) != sorted(keys):
            raise Refused(f"{where}: keys {sorted(values)}, expected {sorted(keys)}")
        yield where, name, values


def require(where, values, **expected):
    for key, value in expected.items():
        if values[key].lower() != value:
            raise Refused(f"{where}: {key}={values[key]}, expected {key}={value}")


def figure(where, text):
    if not NUMBER.fullmatch(text):
        raise Refused(f"{where}: {text!r} is not a plain decimal number")
    return text


def numbered(where, name, prefix):
    """The number n of a name such as LOADn."""
    match = re.fullmatch(prefix + "([1-9][0-9]*)", name, flags=re.IGNORECASE)
    if not match:
        raise Refused(f"{where}: name {name!r}, expected {prefix}n")
    return int(match[1])


def convert(folder):
    """The tables by file name: a header and rows of text."""
    require_statements(folder / "Master.dss", MASTER)
    require_statements(folder / "Transformers.txt", TRANSFORMERS)
    require_statements(folder / "Monitors.txt", MONITORS)

    buses = ["id,nominal_voltage_v,x_m,y_m", "SourceBus,11000,,"]
    known_buses = set()
    for where, line in statements(folder / "Buscoords.txt"):
        words = line.split(" ")
        if len(words) != 3 or not re.fullmatch("[1-9][0-9]*", words[0]):
            raise Refused(f"{where}: expected 'bus x y', found {line!r}")
        if words[0] in known_buses:
            raise Refused(f"{where}: second bus {words[0]}")
        known_buses.add(words[0])
        buses.append(f"{words[0]},416,{figure(where, words[1])},{figure(where, words[2])}")

    columns = ["r1", "x1", "r0", "x0", "c1", "c0"]
    codes = [
        "id,r1_ohm_per_km,x1_ohm_per_km,r0_ohm_per_km,x0_ohm_per_km,c1_nf_per_km,c0_nf_per_km"
    ]
    known_codes = set()
    for where, name, values in objects(
        folder / "LineCode.txt", "linecode", ["nphases", "units", *columns]
    ):
        require(where, values, nphases="3", units="km")
        codes.append(",".join([name, *(figure(where, values[column]) for column in columns)]))
        known_codes.add(name)

    lines = ["id,from_bus,to_bus,phases,line_code,length_m"]
    fed = {"1"}
    for where, name, values in objects(
        folder / "Lines.txt", "line", ["bus1", "bus2", "phases", "linecode", "length", "units"]
    ):
        require(where, values, phases="3", units="m")
        for bus in (values["bus1"], values["bus2"]):
            if bus not in known_buses:
                raise Refused(f"{where}: bus {bus!r} has no coordinates")
        # Each line of the source starts at a bus that is fed and ends at a new one: the feeder is
        # radial and its lines stand in the order from the transformer outwards.
        if values["bus1"] not in fed or values["bus2"] in fed:
            raise Refused(f"{where}: the line does not extend the tree of lines before it")
        fed.add(values["bus2"])
        if values["linecode"] not in known_codes:
            raise Refused(f"{where}: line code {values['linecode']!r} is unknown")
        length = figure(where, values["length"])
        lines.append(
            f"{name},{values['bus1']},{values['bus2']},abc,{values['linecode']},{length}"
        )
    if fed != known_buses:
        raise Refused(f"buses without a line: {sorted(known_buses - fed)}")

    shapes = {}
    for where, name, values in objects(
        folder / "LoadShapes.txt", "loadshape", ["npts", "minterval", "mult", "useactual"]
    ):
        # Master.dss sets useactual=no afterwards: the profile multiplies the power of the load.
        require(where, values, npts=str(MINUTES), minterval="1", useactual="true")
        match = re.fullmatch(r"\(file=([A-Za-z0-9_]+/[A-Za-z0-9_]+\.txt)\)", values["mult"])
        if not match:
            raise Refused(f"{where}: mult={values['mult']}")
        series = []
        for place, text in statements(folder / match[1]):
            series.append(figure(place, text))
        if len(series) != MINUTES:
            raise Refused(f"{match[1]}: {len(series)} values, expected {MINUTES}")
        shapes[name.lower()] = (numbered(where, name, "Shape_"), series)

    customers = ["id,bus,phases,meter"]
    loads = ["id,customer,power_kw,power_factor,profile"]
    used = []
    for where, name, values in objects(
        folder / "Loads.txt", "load", ["phases", "bus1", "kv", "kw", "pf", "yearly"]
    ):
        require(where, values, phases="1", kv="0.23")
        number = numbered(where, name, "LOAD")
        bus, _, node = values["bus1"].partition(".")
        if bus not in known_buses or node not in PHASES:
            raise Refused(f"{where}: bus1={values['bus1']}")
        shape = values["yearly"].lower()
        if shape not in shapes:
            raise Refused(f"{where}: load shape {values['yearly']!r} is unknown")
        if shape in used:
            raise Refused(f"{where}: load shape {values['yearly']!r} is used twice")
        used.append(shape)
        power, factor = figure(where, values["kw"]), figure(where, values["pf"])
        customers.append(f"customer-{number:02},{bus},{PHASES[node]},meter-{number:02}")
        loads.append(f"{name},customer-{number:02},{power},{factor},shape-{shapes[shape][0]:02}")
    if len(used) != len(shapes):
        raise Refused("LoadShapes.txt: a load shape is not used by a load")

    order = sorted(shapes.values())
    profiles = [",".join(f"shape-{number:02}" for number, _ in order)]
    for minute in range(MINUTES):
        profiles.append(",".join(series[minute] for _, series in order))

    return {
        "buses.csv": buses,
        "line_codes.csv": codes,
        "lines.csv": lines,
        "customers.csv": customers,
        "loads.csv": loads,
        "profiles.csv": profiles,
    }


def main():
    if len(sys.argv) != 2:
        print("usage: convert.py FOLDER", file=sys.stderr)
        return 64
    try:
        tables = convert(Path(sys.argv[1]))
    except Refused as fault:
        print(f"convert.py: {fault}", file=sys.stderr)
        return 1
    for name, rows in tables.items():
        text = "\n".join(rows) + "\n"
        (Path(__file__).parent / name).write_bytes(text.encode("ascii"))
        print(f"{name}: {len(rows) - 1} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
