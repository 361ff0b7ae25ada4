"""Harnesses that look at the real program from outside, each giving what it measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from devtools import bundle
from tests.faults import erased, locked_memory, promises, small_disk, whole_journeys, without_key
from tests.faults.promises import Measured
from tests.faults.series import room

FEWEST: Final = 300
ERASED: Final = 10_000


def traces(_count: int, _seed: int) -> Iterator[Measured]:
    """Whole journeys under strace."""
    if not whole_journeys.can_watch():
        print("whole journeys, watched: needs Linux with strace, left out here\n")
        return
    with room("whole journeys, watched") as folder:
        seen = whole_journeys.watched(folder)
        print(f"sockets: {seen.families or 'none'}; beside the system's bus: {seen.reached or 'none'}")
        for name in ("unfinished", "outside", "leaks", "left"):
            print(f"{name}: {', '.join(getattr(seen, name)) or 'none'}")
    whole = not seen.unfinished
    looked = f"{seen.buffers:,} buffers, {seen.bytes / 1e6:.0f} MB"
    rows = (
        (promises.OFF, "planted texts in files and buffers written, 12 encodings", len(seen.leaks), looked),
        (promises.OFF, "files written outside the case file and chosen places", len(seen.outside), ""),
        (promises.TRACES, "files left in the home and temporary folders", len(seen.left), ""),
        (promises.NETWORK, "internet sockets in whole journeys", seen.internet + len(seen.reached), ""),
    )
    for threat, what, number, more in rows:
        said = f"{number} ({more})" if more else str(number)
        yield Measured(threat, what, said if whole else "a journey stopped", whole and not number)
    said = "none possible" if not seen.dumping else f"{seen.dumping} processes"
    yield Measured(promises.TRACES, "core dumps", said, whole and not seen.dumping)


def memory(count: int, _seed: int) -> Iterator[Measured]:
    """The memory of the program after a lock."""
    what = "keys, passphrases, names in memory 2 s after a lock"
    if not locked_memory.can_search():
        print("memory after a lock: needs Linux and the rights of root, left out here\n")
        return
    left: set[str] = set()
    fewest = len(locked_memory.SOUGHT)
    for number in range(count):
        with room(f"memory after a lock, {number + 1} of {count}") as folder:
            seen = locked_memory.searched(folder)
            print(f"before: {', '.join(seen.before)}")
            print(f"after: {', '.join(seen.after) or 'nothing'}; locked in {seen.lock_s:.1f} s")
            left.update(seen.after)
            fewest = min(fewest, len({told.split(" in ")[0] for told in seen.before}))
    said = f"{len(left)} (of {fewest} there before)"
    yield Measured(promises.LOCKED, what, said, not left and fewest == len(locked_memory.SOUGHT))


def shipped(_count: int, _seed: int) -> Iterator[Measured]:
    """The finished program, where it was put together (`dev.py package`)."""
    if not bundle.PROGRAM.exists():
        print("parts of the program: run `python3 dev.py package` first, left out here\n")
        return
    wrong = bundle.look_through(bundle.PROGRAM)
    for one in wrong:
        print(one)
    what = "parts of the program that can open one"
    yield Measured(promises.NETWORK, what, str(len(wrong)), not wrong)


def outsiders(every: int, _seed: int) -> Iterator[Measured]:
    """Reports staff and auditors with their real keys."""
    with room("people without the key") as folder:
        found = list(without_key.outcomes(folder, every))
        print(without_key.table(found))
        for one in found:
            if not one.held:
                print(one)
    held, number = sum(one.held for one in found), len(found)
    what = "readings and writings with a real key beside the program, denied or seen"
    yield Measured(promises.NO_KEY, what, f"{held} of {number}", held == number, number >= FEWEST)


def erasures(count: int, _seed: int) -> Iterator[Measured]:
    """People erased, and every page decrypted."""
    with room(f"{count} people erased") as folder:
        seen = erased.looked(folder, count)
        print(seen)
    what = "texts of erased people in any page, with every key"
    said = f"{seen.left + len(seen.beside)} of {count:,} ({seen.pages:,} pages)"
    held = seen.sighted and not seen.left and not seen.beside
    yield Measured(promises.DELETED, what, said, held, count >= ERASED)


def small_disks(every: int, _seed: int) -> Iterator[Measured]:
    """A real disk that gets full."""
    with room("small disks") as folder:
        if not small_disk.can_mount(folder):
            print("small disks: needs the right to mount one, left out here\n")
            return
        found = list(small_disk.outcomes(folder, every))
        print(small_disk.table(found))
        for one in found:
            if one.wrong:
                print(one)
    held = sum(not one.wrong for one in found)
    said = f"{held} of {len(found)}"
    what = "a real small disk, full at every size"
    yield Measured(promises.DISK, what, said, held == len(found), every == 1)
