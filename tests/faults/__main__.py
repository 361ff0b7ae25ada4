"""`python3 dev.py faults [--only NAME,NAME] [--seed N] ...`: every harness in full, then one table.

The table has a row for each promise of the design, in its order, with what is asked and what was measured
beside each other. The whole takes hours; `--keep FILE` keeps the rows of one run for the table of the next,
so that it can be done in parts. The exit code says whether any promise is broken.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from tests import unwiped
from tests.faults import cut_series, promises, screen_series, series, watch_series
from tests.faults.promises import Measured


@attrs.frozen
class Harness:
    """One of them.

    Attributes:
        full: its number where nothing else is asked for.
        run: takes the number and the seed.
        about: what the number counts.
    """

    full: int
    run: Callable[[int, int], Iterator[Measured]]
    about: str


def _cuts(name: str, every: int, _seed: int) -> Iterator[Measured]:
    return cut_series.run(name, every)


HARNESSES: Final[Mapping[str, Harness]] = {
    "changes": Harness(series.CHANGED, series.changes, "to the log, in all"),
    "damages": Harness(series.DAMAGED, series.damages, "to the files, in all"),
    "power-cuts": Harness(series.CUTS, series.cut_power, "replayed, in all"),
    "kills": Harness(series.KILLS, series.kills, "at random moments, in all"),
    **{
        name: Harness(1, partial(_cuts, name), "cut at every how many calls or steps")
        for name in cut_series.HARNESSES
    },
    "lists": Harness(series.FILES, series.lists, "broken files from outside, and the known bombs"),
    "reports": Harness(series.CASES, series.reports, "random case files, every kind of each"),
    "ledgers": Harness(series.LEDGERS, series.random_ledgers, "of random answers, in all"),
    "outsiders": Harness(1, watch_series.outsiders, "every how many records of each kind"),
    "erasures": Harness(watch_series.ERASED, watch_series.erasures, "people"),
    "small-disks": Harness(1, watch_series.small_disks, "every how many sizes"),
    "traces": Harness(1, watch_series.traces, "whole journeys of the real program, watched"),
    "memory": Harness(3, watch_series.memory, "locks, the memory searched after each"),
    "shoulder": Harness(1, screen_series.over_the_shoulder, "every page, masked and locked"),
    "occasions": Harness(1, screen_series.occasions, "what locks"),
    "clipboard": Harness(1, screen_series.clipboard, "fifteen seconds"),
    "large": Harness(screen_series.MANY, screen_series.large, "relatives: first list, window, lock"),
    "shipped": Harness(1, watch_series.shipped, "the finished program, looked through"),
    "sheets": Harness(1, series.sheets, "sets of sheets of a recovery kit"),
}
"""By the name of their option; 0 leaves one out."""


def main(arguments: list[str]) -> int:
    """Run; the exit code says whether any promise is broken."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="NAME,NAME", help="these alone, by the names below")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the rows, and show those kept before")
    for name, harness in HARNESSES.items():
        about = f"{harness.about} (in full {harness.full}; 0: none)"
        parser.add_argument(f"--{name}", type=int, default=harness.full, metavar="N", help=about)
    options = parser.parse_args(arguments)
    only = [name for name in options.only.split(",") if name]
    if unknown := set(only) - set(HARNESSES):
        parser.error(f"no such harness: {', '.join(sorted(unknown))}")
    unwiped.install()  # whatever runs in a process of its own is as the product is
    found: list[Measured] = []
    for name, harness in HARNESSES.items():
        count = getattr(options, name.replace("-", "_"))
        if count and (not only or name in only):
            found += harness.run(count, options.seed)
            if options.keep is not None:
                promises.keep(options.keep, promises.merged(promises.kept(options.keep), found))
    shown = found
    if options.keep is not None:
        shown = list(promises.merged(promises.kept(options.keep), found))
    print(promises.table(shown))
    return 1 if promises.broken(found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
