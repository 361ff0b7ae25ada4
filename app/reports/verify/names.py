"""The search of finished files for protected names, in every part, where the key is.

Two searches, one after the other: letter by letter for what is stored, either way round, and then in every
spelling and case (`app.names.mentions`). What is surely a protected name refuses the file; a family name
alone, an initial with it or a word only like it is for the approver to judge.

The names come in as text from the session of a person who holds the keys, are searched for and forgotten;
nothing here keeps or hashes a list. Exact places of cleared names are taken out first; what then still looks
like a protected name but is also a cleared person's is a namesake, for a person to judge.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

import ahocorasick
import attrs

from app.domain.progress import Progress, no_progress
from app.i18n import _
from app.names.clean import clean
from app.reports.composed import ComposedReport
from app.reports.verify.name_places import BORDER, TAKEN, Text, texts
from app.reports.verify.opened import FinishedFile, Opened
from app.reports.verify.other_spellings import OtherSpellings, ProtectedName, as_read

__all__ = ["NameHit", "NameSearch", "ProtectedName", "default_fold", "search_names"]

Fold = Callable[[str], str]
_SHORTEST: Final = 3


@attrs.frozen
class NameHit:
    """A protected name found: whose, in which file, where."""

    person: str
    file_format: str
    where: str
    text: str = attrs.field(repr=False)


@attrs.frozen
class NameSearch:
    """What came of a search; `examined` counts texts. Namesakes are for the approver to judge."""

    hits: tuple[NameHit, ...]
    namesakes: tuple[NameHit, ...]
    examined: int


def default_fold(text: str) -> str:
    """One form for all cases and compatible signs: words of letters and digits, one space between."""
    seen = unicodedata.normalize("NFKC", clean(text).text).casefold()  # look-alikes of another script too
    seen = unicodedata.normalize("NFKD", seen)  # an accent put on a letter hides no name
    return " ".join("".join(_plain(char) for char in seen).split())


def _plain(char: str) -> str:
    if char.isalnum():
        return char
    unseen = unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me", "Mc")
    return "" if unseen else " "


def search_names(
    files: Sequence[FinishedFile],
    report: ComposedReport,
    protected: Iterable[ProtectedName],
    fold: Fold = default_fold,
    progress: Progress = no_progress,
) -> NameSearch:
    """Search every text of every file for every protected name.

    Args:
        fold: brings letters to one form for the search as stored.
        progress: called with every piece that is read and, word by word, while searching; it may cancel.
    """
    names = tuple(protected)
    wanted = _automaton(names, fold)
    known = _cleared(report, fold)
    spelt = OtherSpellings(names, cleared_names(report))
    hits: dict[NameHit, None] = {}
    namesakes: dict[NameHit, None] = {}
    examined = 0
    folded, read = _watched(fold, progress), _watched(as_read, progress)  # forgotten at the end
    spelt_texts: list[tuple[str, Text]] = []
    for file in files:
        opened = Opened(file, page_read=lambda: progress(0, 0, _("Reading every file")))
        for text in texts(opened, report, folded):
            examined += 1
            for person, name, where in _found(wanted, text):
                hit = NameHit(person, file.file_format, where, name)
                (namesakes if frozenset(name.split()) in known else hits)[hit] = None
        spelt_texts += [(file.file_format, text) for text in texts(opened, report, read)]
    words, done = sum(len(text.words) for _format, text in spelt_texts), 0
    for file_format, text in spelt_texts:
        for found in spelt.found(text, lambda n, done=done: progress(done + n, words, _("Words searched"))):  # type: ignore[misc]
            hit = NameHit(found.person, file_format, found.where, found.said)
            (hits if found.sure else namesakes)[hit] = None
        done += len(text.words)
    return NameSearch(*_once(hits, namesakes), examined)


def search_texts(
    texts: Sequence[Text],
    protected: Iterable[ProtectedName],
    cleared: Iterable[str],
    fold: Fold = default_fold,
    progress: Progress = no_progress,
) -> NameSearch:
    """Search texts that are no report of ours: a cleared name has no place in them that would be known.

    So the whole name of somebody cleared is taken out wherever it stands letter by letter, unless somebody
    protected is called the same: then a person judges who is meant.

    Args:
        texts: unfolded words with their places.
        cleared: names that may stand in them.
        progress: called while searching; it may cancel.
    """
    names, may_stand = tuple(protected), tuple(cleared)
    wanted, spelt = _automaton(names, fold), OtherSpellings(names, may_stand)
    known = _known(may_stand, fold)
    hits: dict[NameHit, None] = {}
    namesakes: dict[NameHit, None] = {}
    words, done = sum(len(text.words) for text in texts), 0
    own = _own_names(may_stand, names, fold)
    for whole in texts:
        text = _without(own, whole, fold)
        for person, name, where in _found(wanted, _folded(text, fold)):
            (namesakes if frozenset(name.split()) in known else hits)[NameHit(person, "", where, name)] = None
        for found in spelt.found(_folded(text, as_read)):
            (hits if found.sure else namesakes)[NameHit(found.person, "", found.where, found.said)] = None
        done += len(text.words)
        progress(done, max(words, done), _("Words searched"))
    return NameSearch(*_once(hits, namesakes), len(texts))


def _own_names(
    cleared: Iterable[str], protected: Iterable[ProtectedName], fold: Fold
) -> ahocorasick.Automaton:
    """The whole names of cleared people nobody protected bears, too."""
    theirs = {frozenset(fold(name.text).split()) for name in protected}
    own = ((name, fold(name).split()) for name in cleared)
    whole = [name for name, words in own if len(words) > 1 and frozenset(words) not in theirs]
    return _automaton((ProtectedName("", name) for name in whole), fold)


def _without(own: ahocorasick.Automaton, text: Text, fold: Fold) -> Text:
    """The text with `TAKEN` in the place of these names."""
    if len(own) == 0 or not text.words:
        return text
    pairs = [(word, at) for at, one in enumerate(text.words) for word in fold(one).split()]
    starts = list(accumulate((len(word) + 1 for word, _at in pairs), initial=1))
    taken: set[int] = set()
    for end, (name, _people) in own.iter(f" {' '.join(word for word, _at in pairs)} "):
        first, last = bisect_left(starts, end - len(name)), bisect_left(starts, end)
        taken.update(at for _word, at in pairs[first:last])
    return Text([TAKEN if at in taken else word for at, word in enumerate(text.words)], text.places)


def _folded(text: Text, fold: Fold) -> Text:
    """The words in another form; one that becomes several stays where it was, and a border stays a border."""
    pairs = [
        (word, place)
        for one, place in zip(text.words, text.places, strict=True)
        for word in ([one] if one in (BORDER, TAKEN) else fold(one).split())
    ]
    return Text([word for word, _place in pairs], [place for _word, place in pairs])


def _watched(fold: Fold, progress: Progress) -> Fold:
    """The same, remembering what it was asked before; says that it reads, so that it can be cancelled."""

    def call(text: str) -> str:
        progress(0, 0, _("Reading every file"))
        return fold(text)

    return lru_cache(maxsize=None)(call)


def _once(
    hits: Iterable[NameHit], namesakes: Iterable[NameHit]
) -> tuple[tuple[NameHit, ...], tuple[NameHit, ...]]:
    """One hit for a person at a place, the surest; what is sure is not judged as well."""
    sure: dict[tuple[str, str, str], NameHit] = {}
    for hit in hits:
        sure.setdefault((hit.person, hit.file_format, hit.where), hit)
    left: dict[tuple[str, str, str], NameHit] = {}
    for hit in namesakes:
        if (hit.person, hit.file_format, hit.where) not in sure:
            left.setdefault((hit.person, hit.file_format, hit.where), hit)
    return tuple(sure.values()), tuple(left.values())


def _automaton(protected: Iterable[ProtectedName], fold: Fold) -> ahocorasick.Automaton:
    people: dict[str, set[str]] = {}
    for name in protected:
        words = fold(name.text).split()
        for order in (words, words[::-1], [*words[1:], *words[:1]], [*words[-1:], *words[:-1]]):
            text = " ".join(order)
            if len(text) >= _SHORTEST:
                people.setdefault(text, set()).add(name.person)
    automaton = ahocorasick.Automaton()
    for text, owners in people.items():
        automaton.add_word(f" {text} ", (text, tuple(sorted(owners))))
    if people:
        automaton.make_automaton()
    return automaton


def _found(wanted: ahocorasick.Automaton, text: Text) -> Iterator[tuple[str, str, str]]:
    if len(wanted) == 0 or not text.words:
        return
    for end, (name, people) in wanted.iter(f" {' '.join(text.words)} "):
        for person in people:
            yield person, name, text.where(end)


def _cleared(report: ComposedReport, fold: Fold) -> frozenset[frozenset[str]]:
    """The names the report may carry, whole and each word of them, without order."""
    columns = [index for index, column in enumerate(report.columns) if column.names]
    return _known((str(row[i]) for row in report.rows for i in columns if row[i] is not None), fold)


def _known(cleared: Iterable[str], fold: Fold) -> frozenset[frozenset[str]]:
    names = {fold(name) for name in cleared}
    return frozenset(frozenset(name.split()) for name in names) | frozenset(
        frozenset({word}) for name in names for word in name.split()
    )


def cleared_names(report: ComposedReport) -> Iterator[str]:
    """The names the report may carry, whole."""
    columns = [index for index, column in enumerate(report.columns) if column.place == "name"]
    for row in report.rows:
        name = " ".join(str(row[index]) for index in columns if row[index] is not None)
        if name:
            yield name
        for column, cell in zip(report.columns, row, strict=True):
            if column.names and column.place != "name" and cell is not None:
                yield str(cell)
