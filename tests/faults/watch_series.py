"""Harnesses that look at the real program from outside, each giving what it measured."""

from __future__ import annotations

from collections.abc import Iterator

from devtools import bundle
from tests.faults import locked_memory, promises, whole_journeys
from tests.faults.promises import Measured
from tests.faults.series import room


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
