"""The search of finished files for protected names, in every part, where the key is.

The names come in as text from the session of a person who holds the keys, are searched for and forgotten;
nothing here keeps or hashes a list. Exact places of cleared names are taken out first; what then still looks
like a protected name but is also a cleared person's is a namesake, for a person to judge.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import ahocorasick
import attrs

from app.names.clean import clean
from app.reports.composed import ComposedReport
from app.reports.verify.name_places import Text, texts
from app.reports.verify.opened import FinishedFile, Opened

Fold = Callable[[str], str]
_SHORTEST: Final = 3


@attrs.frozen
class ProtectedName:
    """One spelling of a name that must not be in the file; `person` is an opaque id."""

    person: str
    text: str = attrs.field(repr=False)


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
) -> NameSearch:
    """Search every text of every file for every protected name, either way round.

    Args:
        fold: brings spellings to one form (`app.names` offers a stronger one).
    """
    wanted = _automaton(protected, fold)
    known = _cleared(report, fold)
    hits: dict[NameHit, None] = {}
    namesakes: dict[NameHit, None] = {}
    examined = 0
    for file in files:
        for text in texts(Opened(file), report, fold):
            examined += 1
            for person, name, where in _found(wanted, text):
                hit = NameHit(person, file.file_format, where, name)
                (namesakes if frozenset(name.split()) in known else hits)[hit] = None
    return NameSearch(tuple(hits), tuple(namesakes), examined)


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
    columns = [index for index, column in enumerate(report.columns) if column.place == "name"]
    names = {fold(str(row[i])) for row in report.rows for i in columns if row[i] is not None}
    return frozenset(frozenset(name.split()) for name in names) | frozenset(
        frozenset({word}) for name in names for word in name.split()
    )
