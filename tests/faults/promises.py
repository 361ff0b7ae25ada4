"""What security.md promises, threat by threat in its order, and what was measured beside it: one table.

Every promise has a row, also where its harness did not run; a harness that measures something nobody
promised fails. The table of SECURITY.md is printed by this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

OFF: Final = "seized, off"
LOCKED: Final = "seized, locked"
NO_KEY: Final = "people without the key"
INSIDER: Final = "insider with a key"
OLD: Final = "old copy put back"
DAMAGE: Final = "damage"
CUT: Final = "kill and power cut"
DISK: Final = "disk full, errors of the drive"
LIST: Final = "hostile list or bundle"
REPORT: Final = "careless report"
NETWORK: Final = "network"
TRACES: Final = "traces"
LOST: Final = "lost passphrase"
SHOULDER: Final = "shoulder"
DELETED: Final = "deleted means deleted"
SLOW: Final = "slow device"

OPERATIONS: Final = (
    *("saving", "somebody let in", "a passphrase changed", "a key file taken"),
    *("somebody taken out", "a role taken away", "backup", "restore", "signing a restore", "restore drill"),
    *("a report written", "a list brought in", "recovery kit", "a copy made to be carried"),
    *("before a journey", "home again", "a copy that came home"),
)
"""Every operation that is cut at each system call."""


@attrs.frozen
class Promise:
    """One line of the table.

    Attributes:
        threat: of security.md.
        what: is measured, in words.
        asked: how much it may or must be.
    """

    threat: str
    what: str
    asked: str


@attrs.frozen
class Measured:
    """What a harness found for one promise.

    Attributes:
        threat, what: whose.
        said: in words and figures.
        held: whether the promise is kept.
        enough: whether as many were tried as was asked for.
    """

    threat: str
    what: str
    said: str
    held: bool
    enough: bool = True


PROMISES: Final = (
    Promise(OFF, "planted texts in files and buffers written, 12 encodings", "0"),
    Promise(OFF, "files written outside the case file and chosen places", "0"),
    Promise(LOCKED, "keys, passphrases, names in memory 2 s after a lock", "0"),
    Promise(LOCKED, "occasions that lock", "8 of 8"),
    Promise(LOCKED, "until a new process stands, 20,000 people open", "2 s"),
    Promise(NO_KEY, "readings and writings with a real key beside the program, denied or seen", "all of 300"),
    Promise(INSIDER, "changes to the log and its records, seen", "all of 10,000"),
    Promise(OLD, "a page, record or header of before, seen by the file alone", "all"),
    Promise(OLD, "a whole copy of before, seen with a proof line", "all"),
    Promise(DAMAGE, "damaged files, seen or harmless, with the right words", "all of 10,000"),
    Promise(CUT, "states of the disk after a power cut: lost, half done, not to be opened", "0 of 10,000"),
    Promise(CUT, "killed at a random moment: lost, half done, not to be opened", "0 of 1,000"),
    *(Promise(CUT, f"killed at every call: {name}", "all hold") for name in OPERATIONS),
    *(Promise(DISK, f"refused at every call: {name}", "all hold") for name in OPERATIONS),
    Promise(DISK, "a real small disk, full at every size", "all hold"),
    Promise(LIST, "files that were read or refused while the program lived", "all of 10,000"),
    Promise(LIST, "slowest answer", "10 s and 0.5 s a MB"),
    Promise(LIST, "most memory of a child", "512 MB"),
    Promise(LIST, "rows that stood there before anybody looked", "0"),
    Promise(REPORT, "random case files, every kind and format: texts nobody allowed", "0 of 1,000"),
    Promise(REPORT, "random ledgers that break a rule of consent", "0 of 200,000"),
    Promise(NETWORK, "internet sockets in whole journeys", "0"),
    Promise(NETWORK, "parts of the program that can open one", "0"),
    Promise(TRACES, "files left in the home and temporary folders", "0"),
    Promise(TRACES, "core dumps", "none possible"),
    Promise(TRACES, "clipboard after 15 s", "empty"),
    Promise(LOST, "threes of five sheets that open a real record", "10 of 10"),
    Promise(LOST, "wrong sets of sheets that open anything", "0"),
    Promise(SHOULDER, "planted texts on screen, masked or locked", "0"),
    Promise(SHOULDER, "planted texts in names for screen readers, titles, tool tips", "0"),
    Promise(SHOULDER, "windows kept out of screenshots where the system can", "every one"),
    Promise(DELETED, "texts of erased people in any page, with every key", "0 of 10,000"),
    Promise(SLOW, "unlocking 20,000 relatives, beyond the derivation of the key", "0.6 s"),
    Promise(SLOW, "longest the window stands still meanwhile", "50 ms"),
)
_PLACES: Final = {(one.threat, one.what): number for number, one in enumerate(PROMISES)}


def table(found: Iterable[Measured]) -> str:
    """Every promise, in the order of security.md, with what was measured beside what is asked."""
    by_place = {_PLACES[one.threat, one.what]: one for one in found}
    lines = ["| threat | what | asked | measured here | |", "|---|---|---|---|---|"]
    threat = ""
    for place, promise in enumerate(PROMISES):
        one = by_place.get(place)
        said = one.said if one is not None else ""
        first = promise.threat if promise.threat != threat else ""
        threat = promise.threat
        lines.append(f"| {first} | {promise.what} | {promise.asked} | {said} | {outcome(one)} |")
    return "\n".join(lines)


def outcome(one: Measured | None) -> str:
    """In one word."""
    if one is None:
        return "not run"
    if not one.held:
        return "**missed**"
    return "reached" if one.enough else "fewer tried"


def broken(found: Iterable[Measured]) -> int:
    """How many promises are not kept."""
    return sum(not one.held for one in found)


def kept(path: Path) -> list[Measured]:
    """What earlier runs found, as far as it is still promised."""
    if not path.exists():
        return []
    rows = [Measured(**row) for row in json.loads(path.read_text("utf-8"))]
    return [row for row in rows if (row.threat, row.what) in _PLACES]


def merged(before: Sequence[Measured], now: Sequence[Measured]) -> Iterator[Measured]:
    """What was found now, and what was found before of everything that did not run now."""
    fresh = {(one.threat, one.what) for one in now}
    yield from (one for one in before if (one.threat, one.what) not in fresh)
    yield from now


def keep(path: Path, found: Iterable[Measured]) -> None:
    """For a later run that does the rest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([attrs.asdict(one) for one in found], indent=1), "utf-8")
