#!/usr/bin/env python3
"""Checks that pictures are there and show something.

    python3 check_figures.py FIGURE.png ...

A picture is blank when all its dots have one colour. Lines cover little of it, so what counts is
that colours differ in many columns: an empty pair of axes has them at its frame only.
"""

import sys

import matplotlib.image as image
import numpy as np

LEAST_WIDTH = 400  # dots
LEAST_SHARE = 0.3  # of the columns inside the outer fifths


def fault(path):
    dots = image.imread(path)[:, :, :3]
    height, width, _ = dots.shape
    if width < LEAST_WIDTH:
        return f"is only {width} dots wide"
    inside = dots[height // 5:-height // 5, width // 5:-width // 5]
    spread = np.ptp(inside, axis=0).max(axis=1)
    if (spread > 0.1).mean() < LEAST_SHARE:
        return "shows next to nothing"
    return None


def main():
    faults = [(path, fault(path)) for path in sys.argv[1:]]
    for path, what in faults:
        if what:
            print(f"{path} {what}", file=sys.stderr)
    if len(faults) == 0 or any(what for _, what in faults):
        sys.exit(1)
    print(f"Figures: {len(faults)} pictures of the script show something")


main()
