"""Random damage to every file of a case file: flipped bits, zeroed ranges, cuts, exchanged and older pages.

What a failing disk, a bad stick or somebody with a hex editor does, without any key. For every damage the
file is opened as the officer would, everything in it is read and the log verified. Then it was seen (an error
that says what it is, or a finding), or it was harmless (every value is what it was); anything else is wrong.
Where it does not open, no byte may have been changed by trying. Seeded: the same number, the same damage.

Source: security.md, *Threats*, "damage" and "old copy put back" (page, header).
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.casefile import files
from app.domain.consent_purposes import purposes
from app.domain.errors import Code, KnownError
from app.services.consent import AnswerDraft, RecordConversation
from app.services.prisoners import EditPrisoner
from app.services.session import Session
from tests.services.office import OFFICER, TurnedClock, add_mother, add_prisoner, an_office

_PAGE: Final = 4096
_PEOPLE: Final = 5
_TALK: Final = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}

DATA_CODES: Final = frozenset(
    {
        Code.DATA_DAMAGED,
        Code.EMPTY_FILE,
        Code.NOT_A_CASE_FILE,
        Code.PARTS_DIFFER,
        Code.LOG_BROKEN,
        Code.RECORD_DAMAGED,
        Code.ROW_NOT_IN_LOG,
        Code.ROSTER_REPLACED,
    }
)
"""What may be said of a damaged database; never "wrong passphrase": somebody would fetch the sheets."""
KEY_CODES: Final = frozenset(
    {Code.HEADER_DAMAGED, Code.EMPTY_FILE, Code.NOT_A_CASE_FILE, Code.NEWER_VERSION, Code.PARTS_DIFFER}
)
"""What may be said where both copies of the keys are damaged."""

Harm = Callable[[bytes, "Ground", random.Random], bytes]


@attrs.frozen
class Ground:
    """A case file to damage, and what everything in it says.

    Attributes:
        folder: of the case file, never changed itself.
        earlier: the database and the keys as they were some entries before, and those of somebody else's.
        foreign: those of another case file.
        told: what the officer reads in it.
    """

    folder: Path
    earlier: dict[str, bytes] = attrs.field(repr=False)
    foreign: dict[str, bytes] = attrs.field(repr=False)
    told: str = attrs.field(repr=False)


@attrs.frozen
class Outcome:
    """What came of one damage.

    Attributes:
        how: what was damaged and how.
        end: "refused", "found" by the verification, "harmless" or "wrong".
        said: the code of an error or the codes of findings.
    """

    how: str
    end: str
    said: str


def _bit(data: bytes, _ground: Ground, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def _zeroed(data: bytes, _ground: Ground, chance: random.Random) -> bytes:
    length = min(len(data), chance.choice((16, 512, _PAGE, 3 * _PAGE)))
    place = chance.randrange(len(data) - length + 1)
    return data[:place] + bytes(length) + data[place + length :]


def _noise(data: bytes, _ground: Ground, chance: random.Random) -> bytes:
    length = min(len(data), chance.choice((16, 512, _PAGE)))
    place = chance.randrange(len(data) - length + 1)
    return data[:place] + chance.randbytes(length) + data[place + length :]


def _cut(data: bytes, _ground: Ground, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _cut_at_a_page(data: bytes, _ground: Ground, chance: random.Random) -> bytes:
    return data[: _PAGE * chance.randrange(max(1, len(data) // _PAGE))]


def _longer(data: bytes, _ground: Ground, chance: random.Random) -> bytes:
    return data + chance.randbytes(chance.choice((1, 512, _PAGE)))


def _pages_exchanged(data: bytes, _ground: Ground, chance: random.Random) -> bytes:
    one, other = sorted(chance.sample(range(len(data) // _PAGE), 2))
    pages = [data[place : place + _PAGE] for place in range(0, len(data), _PAGE)]
    pages[one], pages[other] = pages[other], pages[one]
    return b"".join(pages)


def _page_of(copies: str, data: bytes, ground: Ground, chance: random.Random) -> bytes:
    """One page as it was before (true, and of another moment), or as it is in another case file."""
    taken: bytes = getattr(ground, copies)[files.DATABASE]
    differ = [
        place
        for place in range(0, min(len(data), len(taken)), _PAGE)
        if data[place : place + _PAGE] != taken[place : place + _PAGE]
    ]
    place = chance.choice(differ)
    return data[:place] + taken[place : place + _PAGE] + data[place + _PAGE :]


_EVERYWHERE: Final[dict[str, Harm]] = {
    "a bit flipped": _bit,
    "a range zeroed": _zeroed,
    "a range of noise": _noise,
    "cut": _cut,
    "longer": _longer,
}
_PAGES: Final[dict[str, Harm]] = {
    "cut at a page": _cut_at_a_page,
    "two pages exchanged": _pages_exchanged,
    "a page as it was before": partial(_page_of, "earlier"),
    "a page of another case file": partial(_page_of, "foreign"),
}
KINDS: Final[tuple[tuple[str, tuple[str, ...], str, Harm], ...]] = (
    *(("data", (files.DATABASE,), name, harm) for name, harm in (*_EVERYWHERE.items(), *_PAGES.items())),
    *(("one of the keys", (files.HEADER,), name, harm) for name, harm in _EVERYWHERE.items()),
    *(("the other keys", (files.HEADER_COPY,), name, harm) for name, harm in _EVERYWHERE.items()),
    *(("both keys", files.COPIES, name, harm) for name, harm in _EVERYWHERE.items()),
)
"""What is damaged, in which files, how."""


def make_ground(folder: Path) -> Ground:
    """A case file with people, families and answers, and what it was before the last of them."""
    office, other = an_office(folder / "office"), an_office(folder / "foreign", alone=True)
    with office.as_person(OFFICER) as session:
        prisoners = [add_prisoner(session, family_name=f"Example{number}") for number in range(_PEOPLE)]
        for prisoner in prisoners[:2]:
            mother = add_mother(session, prisoner)
            answers = (AnswerDraft("name", "given", "public"), AnswerDraft("photo", "refused"))
            session.consent.record(RecordConversation(mother, _TALK, answers))
    earlier = _contents(office.folder)
    with office.as_person(OFFICER) as session:
        for prisoner in prisoners:
            version = session.prisoners.row(prisoner).version
            session.prisoners.edit(EditPrisoner(prisoner, version, {"status": "pre_trial"}))
        told = _told(session)
    return Ground(office.folder, earlier, _contents(other.folder), told)


def outcomes(folder: Path, count: int, seed: int) -> Iterator[Outcome]:
    """So many damages, the kinds in turn."""
    ground = make_ground(folder)
    for number in range(count):
        yield tried(ground, KINDS[number % len(KINDS)], seed * 1_000_000 + number, folder / "work")


def tried(ground: Ground, kind: tuple[str, tuple[str, ...], str, Harm], seed: int, work: Path) -> Outcome:
    """Damage a copy, open it, read everything, verify."""
    what, names, how, harm = kind
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(ground.folder, work)
    for name in names:
        # the same chance for both copies: the same place of either
        path, chance = work / name, random.Random(seed)
        path.write_bytes(harm(path.read_bytes(), ground, chance))
    end, said = _opened(ground, work, DATA_CODES if what == "data" else KEY_CODES)
    return Outcome(f"{what}: {how}", end, said)


def _opened(ground: Ground, work: Path, may_say: frozenset[Code]) -> tuple[str, str]:
    before = _contents(work)
    try:
        session = bootstrap.open_case_file(work).unlock(OFFICER, TurnedClock())
    except KnownError as error:
        if error.code not in may_say:
            return "wrong", f"said {error.code}"
        after = _contents(work)
        changed = [name for name in before if after.get(name) != before[name]]
        return ("wrong", f"opening changed {changed}") if changed else ("refused", error.code)
    try:
        return _looked(ground, session)
    finally:
        session.close()


def _looked(ground: Ground, session: Session) -> tuple[str, str]:
    try:
        found = session.log.verify().findings
        told = _told(session)
    except KnownError as error:
        return ("found" if error.code in DATA_CODES else "wrong"), error.code
    if found:
        return "found", ", ".join(sorted({one.code for one in found}))
    return ("harmless", "") if told == ground.told else ("wrong", "another value, and nothing found")


def _told(session: Session) -> str:
    """Everything an officer reads: rows, families, decisions, the log."""
    ids = [row.id for row in session.prisoners.rows()]
    asked = [(prisoner, purpose) for prisoner in ids for purpose in purposes()]
    decided = [repr(session.consent.decision(*each, "public")) for each in asked]
    shown = (session.prisoners.rows(), session.relatives.rows(), session.people.rows(), session.log.rows())
    return "\n".join([*map(repr, shown), *decided])


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def table(found: Sequence[Outcome]) -> str:
    """What came of them, by what was damaged and how."""
    lines = ["| damage | tried | refused | found | harmless | wrong |", "|---|---|---|---|---|---|"]
    for what, _names, how, _harm in KINDS:
        mine = Counter(one.end for one in found if one.how == f"{what}: {how}")
        if mine:
            cells = (mine.total(), *(mine[end] for end in ("refused", "found", "harmless", "wrong")))
            lines.append(f"| {what}: {how} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)
