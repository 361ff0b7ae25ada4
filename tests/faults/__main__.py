"""`python3 dev.py faults [--seed N] [--changes N] [--damages N] ...`: every harness in full, as a table."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tests import unwiped
from tests.faults import (
    backup_faults,
    copy_faults,
    damage,
    passphrase_faults,
    power_cuts,
    recovery_faults,
    recovery_words,
    removal_faults,
    report_leaks,
    restore_faults,
    role_faults,
)
from tests.faults.cuts import Tried, can_cut
from tests.faults.log_mutations import KINDS, Outcome, make_ground, tried
from tests.faults.operation import Operation
from tests.services.office import Office, an_office
from tests.unit.domain.consent import ledgers

_CHANGES: Final = 10_000
_DAMAGES: Final = 10_000
_POWER_CUTS: Final = 10_000
_LEDGERS: Final = 200_000
_REPORTS: Final = 1_000


def main(arguments: list[str]) -> int:
    """Run; the exit code says whether any change passed unseen or any ledger broke a property."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--changes", type=int, default=_CHANGES, help="to the log, in all")
    parser.add_argument("--damages", type=int, default=_DAMAGES, help="to the files, in all")
    parser.add_argument("--power-cuts", type=int, default=_POWER_CUTS, help="replayed, in all")
    parser.add_argument("--reports", type=int, default=_REPORTS, help="random case files, every kind of each")
    parser.add_argument("--ledgers", type=int, default=_LEDGERS, help="of random answers, in all")
    parser.add_argument("--backups", type=int, default=1, help="every how many steps of a backup; 0: none")
    parser.add_argument("--passphrases", type=int, default=1, help="every how many calls; 0: none")
    parser.add_argument("--removals", type=int, default=1, help="every how many calls; 0: none")
    parser.add_argument("--copies", type=int, default=1, help="every how many calls; 0: none")
    parser.add_argument("--roles", type=int, default=1, help="every how many calls; 0: none")
    parser.add_argument("--restores", type=int, default=1, help="every how many calls of a restore; 0: none")
    parser.add_argument("--kits", type=int, default=1, help="every how many calls of a recovery kit; 0: none")
    options = parser.parse_args(arguments)
    unwiped.install()  # what is cut runs in processes of its own, as the product does
    unseen = _changes(options.changes, options.seed) if options.changes else 0
    spoiled = _damages(options.damages, options.seed) if options.damages else 0
    spoiled += _power_cuts(options.power_cuts, options.seed) if options.power_cuts else 0
    spoiled += _reports(options.reports, options.seed) if options.reports else 0
    spoiled += _backups(options.backups) if options.backups else 0
    spoiled += _restores(options.restores) if options.restores else 0
    spoiled += _kits(options.kits) if options.kits else 0
    for operations, what, every in (
        (_passphrases, "a passphrase changed", options.passphrases),
        (_removals, "somebody taken out", options.removals),
        (_copies, "a copy made to be carried", options.copies),
        (_roles, "a role taken away", options.roles),
    ):
        spoiled += _cut(operations, what, every) if every else 0
    broken = ledgers.main(options.ledgers, options.seed) if options.ledgers else 0
    return 1 if unseen or broken or spoiled else 0


def _changes(count: int, seed: int) -> int:
    """Print the table; gives how many changes nobody would have seen."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        outcomes = log_changes(Path(folder), count, seed)
    print(table(outcomes))
    print(f"{len(outcomes)} changes to the log, seed {seed}, {time.monotonic() - started:.0f} s")
    beside = [kind for kind in KINDS if any(one.kind == kind and not one.seen for one in outcomes)]
    print(f"seen beside a proof line only: {'; '.join(beside) or 'none'}\n")
    return sum(not (one.seen or one.against_proof) for one in outcomes)


def _reports(count: int, seed: int) -> int:
    """Print what stood in reports of random case files; gives how many were not as promised."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        found = list(report_leaks.outcomes(Path(folder), count, seed, workers=os.cpu_count() or 1))
    print(report_leaks.table(found))
    wrong = Counter(f"{one.kind}: {one.wrong}" for one in found if one.end == "wrong")
    print(f"reports of {count} random case files, seed {seed}, {time.monotonic() - started:.0f} s")
    print(f"not as promised: {dict(wrong) or 'none'}\n")
    return wrong.total()


def _damages(count: int, seed: int) -> int:
    """Print what damaged files came to; gives how many were told wrongly or read as something else."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        found = list(damage.outcomes(Path(folder), count, seed))
    print(damage.table(found))
    wrong = [one for one in found if one.end == "wrong"]
    for one in wrong:
        print(one)
    print(f"{count} times damaged, seed {seed}, {time.monotonic() - started:.0f} s\n", flush=True)
    return len(wrong)


def _power_cuts(count: int, seed: int) -> int:
    """Print what the states a disk may hold came to; gives how many are not as promised."""
    if not can_cut():
        print("power cuts, replayed: needs Linux with strace, left out here\n")
        return 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        found = list(power_cuts.cut(power_cuts.films(folder), folder, count, seed))
    print(power_cuts.table(found))
    wrong = [one for one in found if one.wrong]
    for one in wrong:
        print(one)
    print(f"{count} power cuts, seed {seed}, {time.monotonic() - started:.0f} s\n", flush=True)
    return len(wrong)


def _backups(every: int) -> int:
    """Print what came of backups disturbed at every step; gives how many tries did not hold."""
    print("| backup disturbed at every step | tries | half ones that count | good ones lost | held |")
    print("|---|---|---|---|---|")
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        ground = backup_faults.make_ground(folder / "ground", an_office(folder / "office"))
        steps = backup_faults.steps_of(ground, folder / "work")
        for way in backup_faults.WAYS:
            places = range(1, len(steps) + 1, every)
            found = list(backup_faults.tries(ground, folder / "work", way, places))
            held = sum(one.holds for one in found)
            wrong += len(found) - held
            half, lost = sum(one.half for one in found), sum(one.lost for one in found)
            print(f"| {way} | {len(found)} | {half} | {lost} | {held} |", flush=True)
    print(f"{len(steps)} steps: {', '.join(sorted(set(steps)))}\n")
    return wrong


def _restores(every: int) -> int:
    """Print what came of restores, their signing and drills cut at every system call; gives what failed."""
    if not can_cut():
        print("restoring, cut at every system call: needs Linux with strace, left out here\n")
        return 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        ground = restore_faults.make_ground(folder / "ground", an_office(folder / "office"))
        found = list(restore_faults.all_tries(ground, folder / "work", every))
    return _told(restore_faults.table(found), found, started)


def _kits(every: int) -> int:
    """Print which sets of sheets opened and what came of a kit cut at every call; gives what failed."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        office = an_office(folder / "office")
        sets = list(recovery_words.tries(recovery_words.make_ground(folder / "sets", office), folder / "set"))
        print(recovery_words.table(sets))
        print(f"{len(sets)} sets, {time.monotonic() - started:.0f} s\n", flush=True)
        wrong = sum(not one.held for one in sets)
        if not can_cut():
            print("recovery kit, cut at every system call: needs Linux with strace, left out here\n")
            return wrong
        ground = recovery_faults.make_ground(folder / "ground", office)
        found = list(recovery_faults.all_tries(ground, folder / "work", every))
    return wrong + _told(recovery_faults.table(found), found, started)


def _passphrases(office: Office) -> Iterator[Operation]:
    for key_file in (False, True):
        yield passphrase_faults.operation(office, key_file=key_file)


def _removals(office: Office) -> Iterator[Operation]:
    yield removal_faults.operation(removal_faults.make_ground(office))


def _copies(office: Office) -> Iterator[Operation]:
    yield copy_faults.operation(copy_faults.make_ground(office.folder.with_name("ground"), office))


def _roles(office: Office) -> Iterator[Operation]:
    yield role_faults.operation(role_faults.make_ground(office))


def _cut(operations: Callable[[Office], Iterator[Operation]], what: str, every: int) -> int:
    """Print what came of operations cut at every so many system calls; gives how many tries failed."""
    if not can_cut():
        print(f"{what}, cut at every system call: needs Linux with strace, left out here\n")
        return 0
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        work = Path(name) / "work"
        for one in operations(an_office(Path(name) / "office")):
            started = time.monotonic()
            places = list(one.cuts(work))[::every]
            found = [one.tried(work, cut) for cut in places]
            wrong += _told(one.table(found), found, started)
    return wrong


def _told(table_of_them: str, found: Sequence[Tried], started: float) -> int:
    """Print the table, every try that did not hold, and how long it took; gives how many did not."""
    print(table_of_them)
    wrong = [one for one in found if not one.holds]
    for one in wrong:
        print(one)
    print(f"{len(found)} tries, {time.monotonic() - started:.0f} s\n", flush=True)
    return len(wrong)


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
