"""Checking a file made or changed elsewhere before it leaves the house: what it carries, whom it names.

The file is read in the limited child; what it says comes back as text and is searched here: by everybody for
ways to reach somebody and for prisoners who may not be named to these readers, by whoever holds every desk's
key for the names of relatives. Nothing of the file is kept but its fingerprint and what came of it.

Source: reports.md, *Check a file* and *The verifier*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.changes import Changes
from app.domain.file_check import FileCheck, of_these_bytes
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, full_names
from app.domain.progress import Progress, no_progress, part_of
from app.domain.roles import Action
from app.i18n import _
from app.reports.elsewhere.reading import FileTold, read_elsewhere
from app.reports.elsewhere.told import TO_LOOK_AT, Place, Said, Spot, Trace
from app.reports.kind_file import shipped_kind
from app.reports.verify.contacts import ways_in
from app.reports.verify.name_places import BORDER, Text, side_by_side
from app.reports.verify.names import NameHit, NameSearch, ProtectedName, search_texts
from app.services.composing import Wanted, candidates_today, compose_decided
from app.services.context import Context, Saved
from app.services.protected_names import relatives, searches_all

_TO_THE_PUBLIC: Final = "public_list"
_TO_AN_INSTITUTION: Final = "parliament_briefing"
_TABLES: Final = frozenset({Spot.CELL, Spot.TABLE})
_ROWS: Final = _TABLES | {Spot.PARAGRAPH}  # given and family name on two lines, too
_STEPS: Final = 100


@attrs.frozen
class CheckFile:
    """Look through a file.

    Attributes:
        path: of the file.
        institution: who will read it; empty for everybody.
    """

    path: Path = attrs.field(repr=False)
    institution: str = attrs.field(default="", repr=False)


@attrs.frozen
class FoundInFile:
    """One thing a file carries or says.

    Attributes:
        what: a word of `Trace`, a way to reach somebody (`app.reports.verify.contacts.ways_in`), `name`, or
            `may_be_name`.
        places: where, in order.
        said: the words of the file, for a name.
        must_go: it has to come out; otherwise somebody has to look at it.
    """

    what: str
    places: tuple[Place, ...]
    said: str = attrs.field(default="", repr=False)
    must_go: bool = True


@attrs.frozen
class CheckedFile:
    """What came of it.

    Attributes:
        saved: the entry.
        found: what must go first.
        texts: how many texts were looked through.
        searched: whether the names of relatives were searched for.
        before: earlier checks of the same bytes, newest first.
    """

    saved: Saved
    told: FileTold
    found: tuple[FoundInFile, ...]
    texts: int
    searched: bool
    before: tuple[FileCheck, ...]

    @property
    def changes(self) -> Changes:
        """For screens."""
        return self.saved.changes

    @property
    def must_go(self) -> tuple[FoundInFile, ...]:
        """What has to come out of the file."""
        return tuple(one for one in self.found if one.must_go)

    @property
    def to_look(self) -> tuple[FoundInFile, ...]:
        """What somebody has to look at."""
        return tuple(one for one in self.found if not one.must_go)


class FileChecks:
    """Use cases of files made elsewhere.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    @property
    def searches_names(self) -> bool:
        """Whether I hold what it takes to search for the names of relatives."""
        with self._context.reading() as reader:
            return searches_all(self._context, reader)

    def check(self, command: CheckFile, progress: Progress = no_progress) -> CheckedFile:
        """Look a file through and write down that it was.

        Raises:
            KnownError: NOT_ALLOWED; FILE_MISSING, FILE_EMPTY, FILE_TOO_LARGE, FILE_UNREADABLE,
                FILE_ENCRYPTED, FILE_NO_REPORT; LOG_DOUBTED, NO_SPACE, CANNOT_WRITE; CANCELLED, in which
                case nothing was written.
        """
        ctx = self._context
        ctx.require(Action.CHECK_FILE)
        told = read_elsewhere(command.path, part_of(progress, 0, 30, _STEPS))
        searched = self.searches_names
        progress(30, _STEPS, _("Deciding whom these readers may know"))
        with ctx.reading() as reader:
            ctx.refuse_doubted(reader)
            cleared, names = self._people(reader, command.institution, part_of(progress, 30, 50, _STEPS))
            if searched:
                names += relatives(reader)
            head = reader.head()[0]
        progress(50, _STEPS, _("Searching for names"))
        hits = search_texts(_texts(told.said), names, cleared, progress=part_of(progress, 50, 95, _STEPS))
        down = search_texts(_down(told.said), names, cleared)  # a family name alone was told of with its row
        hits = attrs.evolve(hits, hits=(*hits.hits, *down.hits))
        found = (*_names(told, hits), *_traces(told), *_contacts(told))
        found = tuple(sorted(found, key=lambda one: not one.must_go))
        progress(95, _STEPS, _("Writing down that it was checked"))
        saved, before = self._record(command, told, found, head, searched=searched)
        progress(_STEPS, _STEPS, _("Done"))
        return CheckedFile(saved, told, found, len(told.said), searched, before)

    # parts

    def _people(
        self, reader: Reader, institution: str, progress: Progress
    ) -> tuple[list[str], list[ProtectedName]]:
        """The names these readers may know today, and those they may not."""
        kind = shipped_kind(_TO_AN_INSTITUTION if institution else _TO_THE_PUBLIC)
        to = (institution,) if institution else ()
        wanted = Wanted(kind, kind.languages[0], "", self._context.today(), (), (), to)
        candidates = candidates_today(self._context, reader, wanted, progress)
        named = frozenset(compose_decided(wanted, candidates).named)
        cleared: list[str] = []
        closed: list[ProtectedName] = []
        for prisoner in reader.find(Prisoner):
            if prisoner.anonymous:
                continue
            if prisoner.id in named:
                cleared += full_names(prisoner)
            else:
                closed += [ProtectedName(prisoner.id, name) for name in full_names(prisoner)]
        return cleared, closed

    def _record(
        self, command: CheckFile, told: FileTold, found: Sequence[FoundInFile], head: int, *, searched: bool
    ) -> tuple[Saved, tuple[FileCheck, ...]]:
        ctx = self._context
        with ctx.writing() as work:
            before = of_these_bytes(work.find(FileCheck), told.sha256)
            row = FileCheck(
                RecordId(new_id()),
                by=ctx.me,
                at=ctx.moment(work),
                file_format=told.file_format,
                sha256=told.sha256,
                size=told.size,
                public=not command.institution,
                must_go=sum(one.must_go for one in found),
                to_look=sum(not one.must_go for one in found),
                searched=searched,
                names=sum(len(one.places) for one in found if one.what in ("name", "may_be_name")),
                head=head,
            )
            work.add(row)
            committed = work.commit(Act.FILE_CHECKED)
        return ctx.finish(committed, row.id, Act.FILE_CHECKED, prisoners=()), before


def _texts(said: Sequence[Said]) -> list[Text]:
    """Texts for the search for names; the cells of a row are one text, as a name can stand in two columns."""
    found: list[Text] = []
    for (spot, _numbers), group in groupby(enumerate(said), lambda one: _row(one[1].place)):
        cells = [(f"{number}", one.text.split()) for number, one in group]
        if spot in _ROWS:
            found.append(_as_row(cells))
        else:
            found += [Text(words, [number] * len(words)) for number, words in cells]
    return found


def _down(said: Sequence[Said]) -> list[Text]:
    """The columns of tables as far as their cells hold one word: a name can stand over two rows."""
    columns: dict[tuple[Spot, tuple[int, ...]], tuple[list[str], list[str]]] = {}
    for number, one in enumerate(said):
        if one.place.spot in _TABLES and one.place.numbers:
            key = (one.place.spot, (*one.place.numbers[:-2], one.place.numbers[-1]))
            words, places = columns.setdefault(key, ([], []))
            cell = one.text.split()
            words.append(cell[0] if len(cell) == 1 else BORDER)
            places.append(f"{number}")
    return [Text(words, places) for words, places in columns.values() if len(words) > 1]


def _as_row(cells: Sequence[tuple[str, list[str]]]) -> Text:
    """Cells side by side, each word with the number of its own."""
    words = side_by_side([words for _number, words in cells])
    numbers = iter([number for number, words in cells for _word in words])
    places: list[str] = []
    for word in words:
        border = word == BORDER and bool(places)
        places.append(places[-1] if border else next(numbers))
    return Text(words, places)


def _row(place: Place) -> tuple[Spot, tuple[int, ...]]:
    return place.spot, place.numbers[:-1]


def _traces(told: FileTold) -> Iterator[FoundInFile]:
    places: dict[Trace, list[Place]] = {}
    for one in told.found:
        places.setdefault(one.trace, []).append(one.place)
    for trace, where in places.items():
        yield FoundInFile(trace.value, tuple(where), must_go=trace not in TO_LOOK_AT)


def _contacts(told: FileTold) -> Iterator[FoundInFile]:
    """Ways to reach somebody; whether they are our own a person has to say."""
    places: dict[str, dict[Place, None]] = {}
    for one in told.said:
        technical = one.place.spot in (Spot.PART, Spot.PROPERTIES)
        for way in ways_in(one.text):
            if not (technical and way in ("link", "handle", "phone", "map")):
                places.setdefault(way, {})[one.place] = None
    for way, where in places.items():
        yield FoundInFile(way, tuple(where), must_go=False)


def _names(told: FileTold, searched: NameSearch) -> Iterator[FoundInFile]:
    sure = _by_words(searched.hits)
    for words, numbers in sure.items():
        yield FoundInFile("name", _places(told, numbers), _as_written(told, numbers, words))
    for words, numbers in _by_words(searched.namesakes).items():
        if words not in sure:
            said = _as_written(told, numbers, words)
            yield FoundInFile("may_be_name", _places(told, numbers), said, must_go=False)


def _by_words(hits: Sequence[NameHit]) -> dict[str, list[int]]:
    """Hits of the same words are one thing to look at, whoever bears the name."""
    found: dict[str, list[int]] = {}
    for hit in hits:
        found.setdefault(hit.text.casefold(), []).append(int(hit.where))
    return found


def _as_written(told: FileTold, numbers: Sequence[int], words: str) -> str:
    """The words with the capitals they have in the file, where they stand in it letter by letter."""
    for number in numbers:
        text = told.said[number].text
        folded = text.casefold()
        at = folded.find(words)
        if at >= 0 and len(folded) == len(text):
            return text[at : at + len(words)]
    return words


def _places(told: FileTold, numbers: Sequence[int]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(told.said[number].place for number in sorted(numbers)))
