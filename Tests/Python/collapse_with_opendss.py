"""Finds the load factor beyond which OpenDSS has no solution of a feeder with constant powers.

Usage: collapse_with_opendss.py FOLDER_OF_THE_REFERENCE_DATA
Needs dss-python 0.15.7. Prints one line for each feeder; LoadCollapseValidation holds them.
Controls are off after the file has been read; the 13-bus file solves itself with controls first, so
its regulators stand at 1.05625, 1.0375 and 1.05625. Every load is a constant power at any voltage
(vminpu 0.01, vmaxpu 5, vlowpu 0.01). Each factor is tried from the unloaded network.
"""

import pathlib
import sys

import dss

FEEDERS = {
    "ieee/13Bus": "ieee/13Bus/IEEE13Nodeckt.dss",
    "ieee/34Bus-Mod1": "ieee/34Bus/ieee34Mod1.dss",
    "ieee/123Bus": "ieee/123Bus/IEEE123Master.dss",
    "ieee/4Bus-YY-Bal": "ieee/4Bus-YY-Bal/4Bus-YY-Bal.DSS",
    "enwl_4wire_derived/network_1_Feeder_4": "enwl_4wire_derived/network_1_Feeder_4/Master.dss",
}


def converges(engine, master, factor):
    text = engine.Text
    text.Command = "clear"
    text.Command = f'redirect "{master}"'
    text.Command = "batchedit load..* vminpu=0.01 vmaxpu=5 vlowpu=0.01 model=1"
    text.Command = "set controlmode=off mode=snap maxiterations=5000 tolerance=1e-9"
    text.Command = f"set loadmult={factor}"
    engine.AllowForms = False
    try:
        text.Command = "solve"
    except dss.DSSException:
        return False
    return bool(engine.ActiveCircuit.Solution.Converged)


def main():
    data = pathlib.Path(sys.argv[1])
    engine = dss.DSS
    for name, path in FEEDERS.items():
        low, high = 1.0, 1.0
        while converges(engine, data / path, high):
            low, high = high, high * 2
            if high > 1000:
                break
        while high / low > 1.0005:
            middle = (low * high) ** 0.5
            if converges(engine, data / path, middle):
                low = middle
            else:
                high = middle
        print(f"{name} {low:.4f}", flush=True)


main()
