"""The harnesses one after the other: each prints what it tried and gives what it measured."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.faults import (
    damage,
    hostile_lists,
    log_mutations,
    power_cuts,
    promises,
    random_kills,
    recovery_words,
    report_leaks,
)
from tests.faults.cuts import can_cut
from tests.faults.log_mutations import CHANGES, FORK, KINDS, OLD_COPY, Outcome
from tests.faults.promises import Measured
from tests.services.office import an_office
from tests.unit.domain.consent import ledgers

_OF_BEFORE: Final = ("before", "older", "earlier")
CHANGED: Final = 10_000
DAMAGED: Final = 10_000
CUTS: Final = 10_000
KILLS: Final = 1_000
FILES: Final = 10_000
CASES: Final = 1_000
LEDGERS: Final = 200_000


@contextmanager
def room(what: str) -> Iterator[Path]:
    """A folder for one harness; says at the end how long it took."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        yield Path(folder)
    print(f"{what}: {time.monotonic() - started:.0f} s\n", flush=True)


def changes(count: int, seed: int) -> Iterator[Measured]:
    """The log and its records changed by an insider."""
    with room(f"{count} changes to the log, seed {seed}") as folder:
        found = log_changes(folder, count, seed)
        print(log_table(found))
        alone = [one for one in found if one.kind in CHANGES]
        whole = [one for one in found if one.kind in (OLD_COPY, FORK)]
        beside = [kind for kind in KINDS if any(one.kind == kind and not one.seen for one in found)]
        print(f"seen beside a proof line only: {'; '.join(beside) or 'none'}")
    seen = sum(one.seen or one.against_proof for one in alone)
    said = f"{seen:,} of {len(alone):,}"
    what = "changes to the log and its records, seen"
    yield Measured(promises.INSIDER, what, said, seen == len(alone), count >= CHANGED)
    seen = sum(one.seen or one.against_proof for one in whole)
    said = f"{seen:,} of {len(whole):,}"
    what = "a whole copy of before, seen with a proof line"
    yield Measured(promises.OLD, what, said, seen == len(whole), count >= CHANGED)


def damages(count: int, seed: int) -> Iterator[Measured]:
    """Every file of a case file damaged."""
    with room(f"{count} times damaged, seed {seed}") as folder:
        found = list(damage.outcomes(folder, count, seed))
        print(damage.table(found))
        for one in found:
            if one.end == "wrong":
                print(one)
    right = sum(one.end != "wrong" for one in found)
    yield Measured(
        promises.DAMAGE,
        "damaged files, seen or harmless, with the right words",
        f"{right:,} of {len(found):,}",
        right == len(found),
        count >= DAMAGED,
    )
    old = [one for one in found if any(word in one.how for word in _OF_BEFORE)]
    right = sum(one.end != "wrong" for one in old)
    yield Measured(
        promises.OLD,
        "a page, record or header of before, seen by the file alone",
        f"{right:,} of {len(old):,}",
        bool(old) and right == len(old),
        count >= DAMAGED,
    )


def cut_power(count: int, seed: int) -> Iterator[Measured]:
    """Power cuts, replayed."""
    if not can_cut():
        print("power cuts, replayed: needs Linux with strace, left out here\n")
        return
    with room(f"{count} power cuts, seed {seed}") as folder:
        found = list(power_cuts.cut(power_cuts.films(folder), folder, count, seed))
        print(power_cuts.table(found))
        wrong = [one for one in found if one.wrong]
        for one in wrong:
            print(one)
    yield Measured(
        promises.CUT,
        "states of the disk after a power cut: lost, half done, not to be opened",
        f"{len(wrong)} of {len(found):,}",
        not wrong,
        count >= CUTS,
    )


def kills(count: int, seed: int) -> Iterator[Measured]:
    """Real kills at random moments."""
    if not hasattr(os, "fork"):
        print("kills at random moments: needs fork, left out here\n")
        return
    with room(f"{count} kills, seed {seed}") as folder:
        found = list(random_kills.outcomes(folder, count, seed))
        print(random_kills.table(found))
        wrong = [one for one in found if one.wrong]
        for one in wrong:
            print(one)
    what = "killed at a random moment: lost, half done, not to be opened"
    yield Measured(promises.CUT, what, f"{len(wrong)} of {len(found):,}", not wrong, count >= KILLS)


def lists(count: int, seed: int) -> Iterator[Measured]:
    """Files from outside."""
    with room(f"{count} broken files and the known bombs, seed {seed}") as folder:
        found = list(hostile_lists.outcomes(folder, count, seed, os.cpu_count() or 1))
        print(hostile_lists.table(found))
        for one in found:
            if one.wrong:
                print(one)
    enough, lived, number = count >= FILES, sum(one.end != "bug" for one in found), len(found)
    slow = [one for one in found if one.late]
    largest = max(one.child_bytes for one in found)
    looked = sum(one.unlooked for one in found)
    all_lived = "files that were read or refused while the program lived"
    asked = (
        (all_lived, f"{lived:,} of {number:,}", lived == number),
        ("slowest answer", f"{max(one.seconds for one in found):.1f} s", not slow),
        ("most memory of a child", f"{largest / 1e6:.0f} MB", largest <= hostile_lists.MOST_BYTES),
        ("rows that stood there before anybody looked", str(looked), not looked),
    )
    for what, said, held in asked:
        yield Measured(promises.LIST, what, said, held, enough)


def reports(count: int, seed: int) -> Iterator[Measured]:
    """Reports of random case files."""
    with room(f"reports of {count} random case files, seed {seed}") as folder:
        found = list(report_leaks.outcomes(folder, count, seed, workers=os.cpu_count() or 1))
        print(report_leaks.table(found))
        wrong = Counter(f"{one.kind}: {one.wrong}" for one in found if one.end == "wrong")
        print(f"not as promised: {dict(wrong) or 'none'}")
    files = sum(one.files for one in found)
    yield Measured(
        promises.REPORT,
        "random case files, every kind and format: texts nobody allowed",
        f"{wrong.total()} of {count:,} ({files:,} files)",
        not wrong,
        count >= CASES,
    )


def random_ledgers(count: int, seed: int) -> Iterator[Measured]:
    """Every rule of consent over random ledgers."""
    broken = ledgers.main(count, seed)
    print(flush=True)
    what = "random ledgers that break a rule of consent"
    said = f"{'some' if broken else 0} of {count:,}"
    yield Measured(promises.REPORT, what, said, not broken, count >= LEDGERS)


def sheets(_count: int, _seed: int) -> Iterator[Measured]:
    """Sets of sheets of a recovery kit."""
    with room("sets of sheets") as folder:
        ground = recovery_words.make_ground(folder / "sets", an_office(folder / "office"))
        found = list(recovery_words.tries(ground, folder / "set"))
        print(recovery_words.table(found))
    right = [one for one in found if one.kind == recovery_words.TRIPLES]
    wrong = [one for one in found if one.kind != recovery_words.TRIPLES]
    opened, untold = sum(one.held for one in right), sum(not one.held for one in wrong)
    what = "threes of five sheets that open a real record"
    yield Measured(promises.LOST, what, f"{opened} of {len(right)}", opened == len(right) == 10)
    what = "wrong sets of sheets that open anything"
    yield Measured(promises.LOST, what, f"{untold} of {len(wrong)}", not untold)


def log_changes(folder: Path, count: int, seed: int) -> list[Outcome]:
    """So many changes, the kinds in turn; a change that found nothing to change is tried again elsewhere."""
    ground = log_mutations.make_ground(folder)
    work = folder / "work"
    work.mkdir()
    found: list[Outcome] = []
    number = 0
    while len(found) < count:
        outcome = log_mutations.tried(ground, KINDS[number % len(KINDS)], seed * 1_000_000 + number, work)
        number += 1
        if outcome is not None:
            found.append(outcome)
    return found


def log_table(outcomes: Sequence[Outcome]) -> str:
    """How many of each kind were seen by the file alone, and with a proof line."""
    lines = [
        "| change | tried | seen in the file | seen with a proof line | unseen |",
        "|---|---|---|---|---|",
    ]
    for kind in KINDS:
        mine = [one for one in outcomes if one.kind == kind]
        if mine:
            alone = sum(one.seen for one in mine)
            both = sum(one.seen or one.against_proof for one in mine)
            lines.append(f"| {kind} | {len(mine)} | {alone} | {both} | {len(mine) - both} |")
    return "\n".join(lines)
