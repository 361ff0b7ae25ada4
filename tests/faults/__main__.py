"""`python3 dev.py faults [--seed N] [--changes N]`: every harness in full numbers, printed as a table."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults.log_mutations import KINDS, Outcome, make_ground, tried

_CHANGES = 10_000


def main(arguments: list[str]) -> int:
    """Run; the exit code says whether anything passed unseen that the file alone has to show."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--changes", type=int, default=_CHANGES, help="to the log, in all")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        outcomes = log_changes(Path(folder), options.changes, options.seed)
    print(table(outcomes))
    print(f"{len(outcomes)} changes to the log, seed {options.seed}, {time.monotonic() - started:.0f} s")
    return 1 if any(not (one.seen or one.against_proof) for one in outcomes) else 0


def log_changes(folder: Path, count: int, seed: int) -> list[Outcome]:
    """So many changes, the kinds in turn; a change that found nothing to change is tried again elsewhere."""
    ground = make_ground(folder)
    work = folder / "work"
    work.mkdir()
    found: list[Outcome] = []
    number = 0
    while len(found) < count:
        outcome = tried(ground, KINDS[number % len(KINDS)], seed * 1_000_000 + number, work)
        number += 1
        if outcome is not None:
            found.append(outcome)
    return found


def table(outcomes: list[Outcome]) -> str:
    """How many of each kind were seen by the file alone, and with a proof line."""
    lines = [
        "| change | tried | seen in the file | seen with a proof line | unseen |",
        "|---|---|---|---|---|",
    ]
    for kind in KINDS:
        mine = [one for one in outcomes if one.kind == kind]
        if mine:
            counts = Counter((one.seen, one.seen or one.against_proof) for one in mine)
            alone = sum(number for (seen, _both), number in counts.items() if seen)
            both = sum(number for (_seen, both), number in counts.items() if both)
            lines.append(f"| {kind} | {len(mine)} | {alone} | {both} | {len(mine) - both} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
