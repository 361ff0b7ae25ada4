"""Every operation that must survive a cut, at each of its system calls: a row for kills, one for refusals."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from tests.faults import (
    backup_faults,
    copy_faults,
    daily_faults,
    journey_faults,
    passphrase_faults,
    promises,
    recovery_faults,
    removal_faults,
    restore_faults,
    role_faults,
)
from tests.faults.cuts import KILLED, TORN, Tried, can_cut
from tests.faults.operation import Operation
from tests.faults.promises import Measured
from tests.faults.series import room
from tests.services.office import Office, an_office

_KILLS: Final = frozenset({KILLED, TORN})
_RESTORES: Final = {
    restore_faults.RESTORE: "restore",
    restore_faults.SIGN: "signing a restore",
    restore_faults.DRILL: "restore drill",
}


def _passphrases(office: Office) -> Iterator[Operation]:
    for key_file in (False, True):
        yield passphrase_faults.operation(office, key_file=key_file)


def _removals(office: Office) -> Iterator[Operation]:
    yield removal_faults.operation(removal_faults.make_ground(office))


def _copies(office: Office) -> Iterator[Operation]:
    yield copy_faults.operation(copy_faults.make_ground(office.folder.with_name("ground"), office))


def _roles(office: Office) -> Iterator[Operation]:
    yield role_faults.operation(role_faults.make_ground(office))


def _days(office: Office) -> Iterator[Operation]:
    yield from daily_faults.operations(office.folder.with_name("ground"), office)


def _cut(operations: Callable[[Office], Iterator[Operation]], every: int) -> Iterator[Measured]:
    """Operations that work on a copy of a case file, at every so many system calls."""
    with room("cut at system calls") as folder:
        work = folder / "work"
        for one in operations(an_office(folder / "office")):
            started = time.monotonic()
            found = [one.tried(work, cut) for cut in list(one.cuts(work))[::every]]
            yield from _told(one.table(found), {one.name: found}, started, every)


def _backups(every: int) -> Iterator[Measured]:
    """One round of backups in two places, disturbed at each of its own steps."""
    print("| backup disturbed at every step | tries | half ones that count | good ones lost | held |")
    print("|---|---|---|---|---|")
    kills: list[bool] = []
    refusals: list[bool] = []
    with room("backups, disturbed at every step") as folder:
        ground = backup_faults.make_ground(folder / "ground", an_office(folder / "office"))
        steps = backup_faults.steps_of(ground, folder / "work")
        for way in backup_faults.WAYS:
            places = range(1, len(steps) + 1, every)
            found = list(backup_faults.tries(ground, folder / "work", way, places))
            held = [one.holds for one in found]
            (kills if way == backup_faults.KILL else refusals).extend(held)
            half, lost = sum(one.half for one in found), sum(one.lost for one in found)
            print(f"| {way} | {len(found)} | {half} | {lost} | {sum(held)} |", flush=True)
        print(f"{len(steps)} steps: {', '.join(sorted(set(steps)))}")
    yield from _rows("backup", kills, refusals, every)


def _restores(every: int) -> Iterator[Measured]:
    """A restore, its signing and a drill."""
    with room("restores, cut at system calls") as folder:
        started = time.monotonic()
        ground = restore_faults.make_ground(folder / "ground", an_office(folder / "office"))
        found = list(restore_faults.all_tries(ground, folder / "work", every))
        mine = {name: [one for one in found if one.operation == key] for key, name in _RESTORES.items()}
        yield from _told(restore_faults.table(found), mine, started, every)


def _kits(every: int) -> Iterator[Measured]:
    """A recovery kit made, handed out, tried and used."""
    with room("a recovery kit, cut at system calls") as folder:
        started = time.monotonic()
        ground = recovery_faults.make_ground(folder / "ground", an_office(folder / "office"))
        found = list(recovery_faults.all_tries(ground, folder / "work", every))
        yield from _told(recovery_faults.table(found), {"recovery kit": found}, started, every)


HARNESSES: Final[Mapping[str, Callable[[int], Iterator[Measured]]]] = {
    "days": partial(_cut, _days),
    "passphrases": partial(_cut, _passphrases),
    "removals": partial(_cut, _removals),
    "roles": partial(_cut, _roles),
    "backups": _backups,
    "restores": _restores,
    "kits": _kits,
    "copies": partial(_cut, _copies),
    "journeys": partial(_cut, journey_faults.operations),
}
"""By the name of their option: each takes every how many calls it cuts."""
_WITHOUT_STRACE: Final = frozenset({"backups"})


def run(name: str, every: int) -> Iterator[Measured]:
    """One of them, where it can run."""
    if name in _WITHOUT_STRACE or can_cut():
        yield from HARNESSES[name](every)
    else:
        print(f"{name}, cut at every system call: needs Linux with strace, left out here\n", flush=True)


def _told(
    table: str, by_name: Mapping[str, Sequence[Tried]], started: float, every: int
) -> Iterator[Measured]:
    """Print the table and every try that did not hold."""
    print(table)
    found = [one for tries in by_name.values() for one in tries]
    for one in found:
        if not one.holds:
            print(one)
    print(f"{len(found)} tries, {time.monotonic() - started:.0f} s\n", flush=True)
    for name, tries in by_name.items():
        kills = [one.holds for one in tries if one.cut.way in _KILLS]
        yield from _rows(name, kills, [one.holds for one in tries if one.cut.way not in _KILLS], every)


def _rows(name: str, kills: Sequence[bool], refusals: Sequence[bool], every: int) -> Iterator[Measured]:
    whole = every == 1
    for threat, what, held in (
        (promises.CUT, f"killed at every call: {name}", kills),
        (promises.DISK, f"refused at every call: {name}", refusals),
    ):
        if held:
            yield Measured(threat, what, f"{sum(held):,} of {len(held):,}", all(held), whole)
