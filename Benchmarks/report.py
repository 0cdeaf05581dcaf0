#!/usr/bin/env python3
"""Puts the timings of `Benchmarks/run` together.

    report.py time-command FILE COMMAND...   wall time and peak memory of one command, as JSON
    report.py table FOLDER                   the Markdown table of all rounds in a folder
"""

import json
import os
import platform
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

STEP = "warm_step"
VOLTAGES = "warm_step,_all_node_voltages_read"
FLOWS = "warm_step,_all_node_voltages_and_losses"
READ = "read_and_compile_the_scenario"
METER_DAY = "a_day_of_14,000_meters"
DAY = "whole_day,_from_the_scenario_to_the_HDF5_file"

# What a million of is timed, with the words for it in the table.
EVENTS = {
    "a_million_events_at_random_times": "events at random milliseconds of the next hour",
    "a_million_events_at_a_minute_grid": "events at whole minutes of the next hour",
    "a_million_device_ticks_in_cohorts": "device ticks, 10 cohorts of 5,000 thermostats",
}


def time_command(file, command):
    start = perf_counter()
    subprocess.run(command, check=True)
    seconds = perf_counter() - start
    kibibytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    Path(file).write_text(json.dumps({"seconds": seconds, "mebibytes": kibibytes / 1024}))


def read_busbar(path, target):
    """Median and minimum of each benchmark of a target in microseconds."""
    text = path.read_text()
    start = text.index('[{"')
    elements, _ = json.JSONDecoder().raw_decode(text[start:])
    result = {}
    for element in elements:
        name = element["benchmark"].removeprefix(f"package.benchmark.{target}.")
        metrics = element["secondaryMetrics"]
        time = metrics["Time (wall clock)"]
        assert time["scoreUnit"] == "μs"
        percentiles = time["scorePercentiles"]
        result[name] = {"median": percentiles["50.0"], "minimum": percentiles["0.0"]}
    return result


def first_line(*command):
    output = subprocess.run(command, capture_output=True, text=True).stdout
    return output.splitlines()[0].strip() if output else "unknown"


def field(path, key, separator):
    for line in Path(path).read_text().splitlines():
        name, found, value = line.partition(separator)
        if found and name.strip() == key:
            return value.strip().strip('"')
    return "unknown"


def machine(peer, load):
    cores = os.cpu_count()
    return [
        f"- Processor: {field('/proc/cpuinfo', 'model name', ':')}, {cores} cores, "
        f"{platform.machine()}; each timing uses one thread",
        f"- Load average of the last minute before the first round: {load}",
        f"- System: {field('/etc/os-release', 'PRETTY_NAME', '=')}",
        f"- Swift: {first_line('swift', '--version')}",
        f"- HDF5 {first_line('pkg-config', '--modversion', 'hdf5-serial')}, "
        f"GSL {first_line('pkg-config', '--modversion', 'gsl')}",
        f"- OpenDSS: {peer['engine'].split(' revision')[0]}, dss-python {peer['dss_python']}, "
        f"Python {peer['python']}, numpy {peer['numpy']}",
    ]


def event_table(rounds):
    """The section on the event kernel: millions a second, from the time of a million."""
    lines = [
        "## The event kernel",
        "",
        "The hold model: 50,000 events are pending, and each one that is handed out schedules its "
        "successor.",
        "An event counts with its removal, its part of the log's hash and its insertion; one "
        "thread.",
        "",
        "| what | median | greatest |",
        "|---|---|---|",
    ]
    for name, label in EVENTS.items():
        rates = [1e12 / round[name]["median"] for round in rounds]
        best = max(1e12 / round[name]["minimum"] for round in rounds)
        lines.append(
            f"| {label} | {median(rates) / 1e6:.1f} million/s ({min(rates) / 1e6:.1f} to "
            f"{max(rates) / 1e6:.1f}) | {best / 1e6:.1f} million/s |")
    return lines + [""]


def meter_section(rounds):
    """The section on the metering: seconds for a day of 14,000 meters."""
    seconds = [round[METER_DAY]["median"] / 1e6 for round in rounds]
    return [
        "## A day of 14,000 meters",
        "",
        "200 concentrators poll 70 meters each every half-hour over PLC PRIME, of whose messages "
        "5 % are lost,",
        "and report over GPRS; with retries, one power flow, records taken and dropped, one "
        "thread:",
        f"**{median(seconds):.2f} s** ({min(seconds):.2f} to {max(seconds):.2f}).",
        "",
    ]


def table(folder):
    def rounds(name):
        paths = sorted(folder.glob(name))
        assert paths
        return paths

    busbar = [read_busbar(path, "EuropeanLV") for path in rounds("EuropeanLV-*.txt")]
    kernel = [read_busbar(path, "EventKernel") for path in rounds("EventKernel-*.txt")]
    meters = [read_busbar(path, "MeterDay") for path in rounds("MeterDay-*.txt")]
    peer = [json.loads(path.read_text()) for path in rounds("opendss-*.json")]
    command = [json.loads(path.read_text()) for path in rounds("command-*.json")]

    def cell(values, unit, digits):
        middle, low, high = median(values), min(values), max(values)
        return f"{middle:.{digits}f} {unit} ({low:.{digits}f} to {high:.{digits}f})"

    def step(label, name, key, note):
        ours = [round[name]["median"] for round in busbar]
        theirs = [round[key]["median_us"] for round in peer]
        return [
            label, cell(ours, "µs", 1), f"{min(r[name]['minimum'] for r in busbar):.1f} µs",
            note, cell(theirs, "µs", 1), f"{median(theirs) / median(ours):.1f}",
        ]

    day = [round[DAY]["median"] / 1e6 for round in busbar]
    one_call = [round["one_call"]["day_seconds"] for round in peer]
    read = [round[READ]["median"] / 1e3 for round in busbar]
    seconds = [round["seconds"] for round in command]
    rows = [
        step("warm step: the solution", STEP, "solve", "solve call"),
        step(
            "warm step and all 2,721 complex node voltages", VOLTAGES, "solve_and_read_voltages",
            "solve call and `AllBusVolts`"),
        step(
            "warm step, all node voltages, losses of all branches", FLOWS,
            "solve_and_read_voltages", "solve call and `AllBusVolts`, no losses"),
        [
            "whole day: decode, compile, 1,440 flows, meters, HDF5 file", cell(day, "s", 3),
            f"{min(r[DAY]['minimum'] for r in busbar) / 1e6:.3f} s",
            "1,440 solves in one call, nothing read or written", cell(one_call, "s", 3),
            f"{median(one_call) / median(day):.1f}",
        ],
        [
            "decode and compile the scenario", cell(read, "ms", 1),
            f"{min(r[READ]['minimum'] for r in busbar) / 1e3:.1f} ms", "", "", "",
        ],
        [
            "`busbar run`, the whole process", cell(seconds, "s", 3), f"{min(seconds):.3f} s",
            "", "", "",
        ],
    ]
    count = len(busbar)
    lines = [
        "# Speed on the IEEE European Low Voltage Test Feeder, and of events",
        "",
        "Written by `bash Benchmarks/run`; do not edit.",
        "",
        f"Medians of {count} rounds in which Busbar and OpenDSS took turns; in brackets the least "
        "and the greatest",
        "median of a round. Both solve the same constant-power day of 1,440 minutes to 1e-8 pu, "
        "warm, with one thread;",
        "OpenDSS in duty-cycle mode without meters, monitors and controls. Its voltages agreed "
        "with the reference to",
        f"{max(r['load_voltage_error_pu'] for r in peer):.0e} pu in the same runs. A ratio above "
        "1 means that Busbar is faster.",
        "The least times of a step are of minutes in which hardly a load changes.",
        "",
        "| Busbar | median | minimum | OpenDSS | median | ratio |",
        "|---|---|---|---|---|---|",
    ]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    lines += [
        "",
        f"Peak memory of `busbar run`: {max(r['mebibytes'] for r in command):.0f} MiB.",
        "",
    ]
    lines += event_table(kernel)
    lines += meter_section(meters)
    lines += machine(peer[0], (folder / "load").read_text().strip())
    print("\n".join(lines))


if __name__ == "__main__":
    if sys.argv[1:2] == ["time-command"]:
        time_command(sys.argv[2], sys.argv[3:])
    elif sys.argv[1:2] == ["table"] and len(sys.argv) == 3:
        table(Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
