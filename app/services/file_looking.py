"""Looking through what a file made elsewhere says, for these readers and with what this person can open.

It decides whom they may know today, searches for everybody else in every spelling, and tells whom of those
who may be named the file names: the ledger keeps them, so that a withdrawal finds the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import attrs

from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, full_names
from app.domain.progress import Progress, no_progress, part_of
from app.domain.recipient import Addressed
from app.i18n import _
from app.reports.compose import Composition
from app.reports.elsewhere.changes import without
from app.reports.elsewhere.kinds import elsewhere_kind_for
from app.reports.elsewhere.reading import FileTold
from app.reports.elsewhere.told import TO_LOOK_AT, Place, Said, Spot, Trace
from app.reports.reaching import ways_in
from app.reports.verify.name_places import BORDER, TAKEN, Text, side_by_side
from app.reports.verify.names import NameHit, NameSearch, ProtectedName, search_texts
from app.services.composing import Wanted, candidates_today, compose_decided
from app.services.context import Context
from app.services.file_ours import Ours
from app.services.protected_names import relatives, searches_all

_TABLES: Final = frozenset({Spot.CELL, Spot.TABLE})
_ROWS: Final = _TABLES | {Spot.PARAGRAPH}  # given and family name on two lines, too
_STEPS: Final = 100


@attrs.frozen
class FoundInFile:
    """One thing a file carries or says.

    Attributes:
        what: a word of `Trace`, a way to reach somebody (`app.reports.reaching.ways_in`), `name`, or
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
class LookedThrough:
    """What came of it.

    Attributes:
        found: what must go first.
        carried: ids of those who may be named and are.
        searched: for the names of every relative, too.
        head: the newest entry of the log then.
    """

    found: tuple[FoundInFile, ...]
    carried: tuple[str, ...]
    searched: bool
    head: int
    composition: Composition = attrs.field(repr=False)


def look_through(
    ctx: Context,
    reader: Reader,
    told: FileTold,
    recipients: tuple[str, ...],
    addressed: tuple[Addressed, ...] = (),
    ours: Ours | None = None,
    progress: Progress = no_progress,
) -> LookedThrough:
    """Look a file through that was read.

    Args:
        recipients: who will read it, as a report keeps them; nobody in particular for everybody.
        addressed: those of them that are records.
        ours: the report of ours it was: names of who may be named today that we had put there are known.

    Raises:
        KnownError: ROW_NOT_IN_LOG, CANCELLED.
    """
    searched = searches_all(ctx, reader)
    progress(0, _STEPS, _("Deciding whom these readers may know"))
    kind = elsewhere_kind_for(*recipients)
    wanted = Wanted(kind, kind.languages[0], "", ctx.today(), (), (), recipients, addressed=addressed)
    step = part_of(progress, 0, 30, _STEPS)
    decided = compose_decided(wanted, candidates_today(ctx, reader, wanted, step))
    named = frozenset(decided.named)
    cleared: list[ProtectedName] = []
    closed: list[ProtectedName] = []
    for one in reader.find(Prisoner):
        if not one.anonymous:
            names = [ProtectedName(one.id, text) for text in full_names(one)]
            (cleared if one.id in named else closed).extend(names)
    if searched:
        closed += relatives(reader)
    head = reader.head()[0]
    may_stand = [one.text for one in cleared]
    progress(30, _STEPS, _("Searching for names"))
    said = without(told.said, ours.names(named), TAKEN) if ours is not None else told.said
    texts = _texts(said)
    hits = search_texts(texts, closed, may_stand, progress=part_of(progress, 30, 80, _STEPS))
    down = search_texts(_down(said), closed, may_stand)  # a family name alone was told of with its row
    hits = attrs.evolve(hits, hits=(*hits.hits, *down.hits))
    found = (*_names(told, hits), *_traces(told), *_contacts(told))
    own = search_texts(_texts(told.said), cleared, (), progress=part_of(progress, 80, 100, _STEPS)).hits
    carried = tuple(dict.fromkeys(hit.person for hit in own))
    return LookedThrough(
        tuple(sorted(found, key=lambda one: not one.must_go)), carried, searched, head, decided
    )


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
