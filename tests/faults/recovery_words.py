"""Every set of sheets that should open a case file, and every one that should not, tried for real.

Each try goes the whole way, up to a new passphrase; what is refused may not change a byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

import attrs

from app.crypto.shares import read_share, split, word_list
from app.domain.errors import Code, KnownError
from app.domain.ids import new_id
from app.recovering import recover
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

NEW: Final = "walnut ribbon glacier tulip anchor velvet"
TRIPLES: Final = "every three of five"


@attrs.frozen
class Ground:
    """A case file with two kits, the second handed out, and the words of a third one of another case file."""

    office: Office
    kit: tuple[str, ...]
    older: tuple[str, ...]
    foreign: tuple[str, ...]


@attrs.frozen
class Tried:
    """What one set came to.

    Attributes:
        kind: of set.
        opened: whether it opened a real record and set a passphrase.
        code: why not.
        held: whether that is what should have come of it, with no byte changed where it was refused.
    """

    kind: str
    opened: bool
    code: str
    held: bool


def make_ground(folder: Path, office: Office) -> Ground:
    """Prepare it."""
    case = office.copied(folder)
    with case.as_person(COORDINATOR) as session:
        add_mother(session, add_prisoner(session))
    kits: list[tuple[str, ...]] = []
    with case.as_person(OFFICER) as session:
        for _number in range(2):
            kit = session.recovery.make()
            session.recovery.keep(kit.id)
            kits.append(tuple(" ".join(words) for words in kit.shares))
        while True:
            _secret, words = split(session.case_file_id.__class__(new_id()), 2)
            foreign = tuple(" ".join(each) for each in words)
            if foreign[0].split()[0] != kits[1][0].split()[0]:  # one case file in 256 begins alike
                return Ground(case, kits[1], kits[0], foreign)


def tries(ground: Ground, work: Path) -> Iterator[Tried]:
    """All of them."""
    kit, older, foreign = ground.kit, ground.older, ground.foreign
    for three in combinations(kit, 3):
        yield tried(ground, work, TRIPLES, three, None)
    for two in combinations(kit, 2):
        yield tried(ground, work, "two", two, {Code.RECOVERY_TOO_FEW})
        yield tried(ground, work, "one of them twice", (*two, two[0]), {Code.RECOVERY_TWICE})
        yield tried(ground, work, "two and one of an older kit", (*two, older[0]), {Code.RECOVERY_MIXED_KITS})
        mixed = {Code.RECOVERY_OTHER_CASE}
        yield tried(ground, work, "two and one of another case file", (*two, foreign[0]), mixed)
    for three in combinations(older, 3):
        yield tried(ground, work, "three of an older kit", three, {Code.RECOVERY_KIT_ENDED})
    for three in combinations(foreign, 3):
        yield tried(ground, work, "three of another case file", three, {Code.RECOVERY_OTHER_CASE})
    for wrong in _typos(kit[0]):
        yield tried(ground, work, "a word that is none", (wrong, *kit[1:3]), {Code.RECOVERY_UNKNOWN_WORD})
    seen = {Code.RECOVERY_CHECKSUM}
    for wrong in _other_words(kit[0]):
        yield tried(ground, work, "another word of the list", (wrong, *kit[1:3]), seen)
    for wrong in _swapped(kit[0]):
        yield tried(ground, work, "two neighbours exchanged", (wrong, *kit[1:3]), seen)


def tried(ground: Ground, work: Path, kind: str, texts: Sequence[str], wanted: set[Code] | None) -> Tried:
    """One set, on a copy; `wanted` is why it should be refused, None where it should open."""
    case = ground.office.copied(work)
    try:
        before = _content(work)
        try:
            shares = [read_share(text, place) for place, text in zip("ABC", texts, strict=False)]
            session, opened = recover(case.folder, shares, NEW, case.clock)
        except KnownError as error:
            unchanged = _content(work) == before
            right = wanted is not None and error.code in wanted
            return Tried(kind, opened=False, code=error.code.value, held=right and unchanged)
        whole = session.log.verify().ok and (opened.prisoners, opened.relatives) == (1, 1)
        session.close()
        with case.as_person(NEW):
            return Tried(kind, opened=True, code="", held=wanted is None and whole)
    finally:
        shutil.rmtree(work)


def table(found: Sequence[Tried]) -> str:
    """What came of it, by kind of set."""
    lines = ["| sheets of a recovery kit | sets | opened | refused | with its reason, nothing changed |"]
    lines.append("|---|---|---|---|---|")
    for kind in dict.fromkeys(one.kind for one in found):
        mine = [one for one in found if one.kind == kind]
        opened, held = sum(one.opened for one in mine), sum(one.held for one in mine)
        lines.append(f"| {kind} | {len(mine)} | {opened} | {len(mine) - opened} | {held} |")
    return "\n".join(lines)


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _typos(text: str) -> Iterator[str]:
    words = text.split()
    for place in range(len(words)):
        yield " ".join([*words[:place], words[place][:-1] + "qx", *words[place + 1 :]])


def _other_words(text: str) -> Iterator[str]:
    words, known = text.split(), word_list()
    for place in range(len(words)):
        other = known[(known.index(words[place]) + 1) % len(known)]
        yield " ".join([*words[:place], other, *words[place + 1 :]])


def _swapped(text: str) -> Iterator[str]:
    words = text.split()
    for place in range(len(words) - 1):
        if words[place] != words[place + 1]:
            yield " ".join([*words[:place], words[place + 1], words[place], *words[place + 2 :]])
