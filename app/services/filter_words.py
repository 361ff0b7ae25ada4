"""Filters typed as words, beside names: `status:held,free no:godparent since:2024 place:"No. 4"`.

One reader for the Prisoners filter, Ctrl+K and saved searches. Words of the window's language and English
ones count alike, those of the other languages where neither means anything; a beginning is enough, so that a
list narrows while one types. A word that is none is searched for like a name; a value that means nothing, or
that nobody can tell without a key, finds nobody and is said, never left out: whoever believes in a filter
that does not act counts wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

import attrs

from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.domain.rows import Light, PrisonerRow
from app.i18n import current_language
from app.vocabulary import Term, vocabulary

KEYS: Final = "filter_word"
THINGS: Final = "filter_thing"
STATES: Final = "filter_state"
LIGHTS: Final = "filter_public"
OWNERS: Final = "filter_owner"
ME: Final = "me"
_WITH_VALUE: Final = r'(?P<key>[^\s:"]+):(?:"(?P<quoted>[^"]*)"?|(?P<value>\S*))'
TOKEN: Final = re.compile(rf'{_WITH_VALUE}|(?P<text>"[^"]*"?|\S+)')
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_CLOSED_THINGS: Final = frozenset({"step", "overdue", "label"})
_SEVERAL: Final = frozenset({"status", "label", "public"})
"""Words that take several values, "status:held,dead": one of them is enough."""

Fits = Callable[[Hashable], bool]


class Facet(StrEnum):
    """What of a row a filter word asks about."""

    STATUS = "status"
    OWNER = "owner"
    GODPARENTS = "godparents"
    HAS_STEP = "has_step"
    STEP_ON = "step_on"
    PLACE = "place"
    LABELS = "labels"
    STOPPED = "stopped"
    DETAINED = "detained"
    PUBLIC = "public"


OF_ROW: Final[Mapping[Facet, Callable[[PrisonerRow], Hashable]]] = {
    Facet.STATUS: lambda row: row.status,
    Facet.OWNER: lambda row: row.owner,
    Facet.GODPARENTS: lambda row: row.godparents,
    Facet.HAS_STEP: lambda row: bool(row.next_step) or row.next_step_on is not None,
    Facet.STEP_ON: lambda row: row.next_step_on,
    Facet.PLACE: lambda row: row.facility,
    Facet.LABELS: lambda row: row.labels or (),
    Facet.STOPPED: lambda row: row.stopped,
    Facet.DETAINED: lambda row: None if row.detained_on is None else row.detained_on.first,
    Facet.PUBLIC: lambda row: row.name_in_public.value,
}
"""What each of them is in a row: one declaration for who looks at rows and who keeps columns."""


@attrs.frozen
class Test:
    """What a row has to pass: what it says of one thing has to fit."""

    facet: Facet
    fits: Fits

    def __call__(self, row: PrisonerRow) -> bool:
        """Whether a row passes."""
        return self.fits(OF_ROW[self.facet](row))


@attrs.frozen
class Asker:
    """Who filters, and whom they can speak of.

    Attributes:
        owners: names by id, of everybody a prisoner can belong to.
        today: for what is overdue.
        me: id of who asks, for `owner:me`.
        has_key: whether the desk's closed fields are theirs to read.
    """

    owners: Mapping[str, str]
    today: date
    me: str = ""
    has_key: bool = True


@attrs.frozen
class FilterWords:
    """What a filter line says.

    Attributes:
        tests: what a row has to pass, every one.
        text: the rest, for the search by name.
        said: the filter words, as typed.
        wrong: words whose value means nothing, as typed.
        closed: words that only the desk's key can answer, for somebody without it.
        reads_closed: whether something of it is closed, so that it takes the open registers to answer.
    """

    tests: tuple[Test, ...] = ()
    text: str = ""
    said: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    reads_closed: bool = False

    def keeps(self, row: PrisonerRow) -> bool:
        """Whether a row passes; nobody does where a word means nothing or cannot be told."""
        return not (self.wrong or self.closed) and all(test(row) for test in self.tests)


def read_filter(line: str, asker: Asker) -> FilterWords:
    """Read a filter line as typed."""
    tests: list[Test] = []
    rest, said, wrong, closed = list[str](), list[str](), list[str](), list[str]()
    reads_closed = False
    for found in TOKEN.finditer(line):
        key = key_of(found["key"] or "")
        if not key:
            rest.append(found[0])
            continue
        values = values_of(key, found["quoted"], found["value"])
        if not values:
            continue  # still being typed
        said.append(found[0])
        each = [_test(key, value, asker) for value in values]
        known = [test for test in each if test is not None]
        is_closed = any(_is_closed(key, value) for value in values)
        if len(known) < len(values):
            wrong.append(found[0])
        elif is_closed and not asker.has_key:
            closed.append(found[0])
        else:
            tests.append(_one_of(known))
            reads_closed |= is_closed or key == "public"
    return FilterWords(tuple(tests), " ".join(rest), tuple(said), tuple(wrong), tuple(closed), reads_closed)


def values_of(key: str, quoted: str | None, plain: str | None) -> list[str]:
    """The values of one word; a comma parts them only where several make sense."""
    whole = quoted if quoted is not None else plain or ""
    parts = whole.split(",") if key in _SEVERAL else [whole]
    return [part.strip() for part in parts if part.strip()]


def key_of(typed: str) -> str:
    """The code of a filter word; empty for anything else."""
    return _code(KEYS, typed, lambda said, wanted: said.casefold() == wanted) if typed else ""


def _one_of(tests: Sequence[Test]) -> Test:
    """Several values of one word ask about one thing."""
    if len(tests) == 1:
        return tests[0]
    return Test(tests[0].facet, lambda value: any(test.fits(value) for test in tests))


def _is_closed(key: str, value: str) -> bool:
    if key in ("with", "no"):
        return _code(THINGS, value) in _CLOSED_THINGS
    if key == "public":
        return _code(LIGHTS, value) not in (Light.YES, Light.NOT_ASKED)
    return key == "label"


def _test(key: str, value: str, asker: Asker) -> Test | None:
    """The test of one value; None where it means nothing."""
    wanted = value.casefold()
    match key:
        case "status":
            return _among(Facet.STATUS, _statuses(wanted))
        case "owner":
            return _among(Facet.OWNER, _owners(wanted, asker))
        case "with" | "no":
            has = _having(_code(THINGS, wanted), asker.today)
            if has is None or key == "with":
                return has
            return Test(has.facet, lambda said: not has.fits(said))
        case "place":
            return Test(Facet.PLACE, lambda said: wanted in str(said).casefold())
        case "label":
            return Test(Facet.LABELS, lambda said: any(wanted in one.casefold() for one in _texts(said)))
        case "public":
            light = _code(LIGHTS, wanted)
            return _among(Facet.PUBLIC, {light}) if light else None
    return _by_day(key, _first_day(value))


def _texts(said: Hashable) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else ()


def _by_day(key: str, limit: date | None) -> Test | None:
    if limit is None:
        return None
    if key == "since":
        return Test(Facet.DETAINED, lambda day: isinstance(day, date) and day >= limit)
    return Test(Facet.DETAINED, lambda day: isinstance(day, date) and day < limit)


def _among(facet: Facet, codes: Collection[str]) -> Test | None:
    return Test(facet, lambda said: said in codes) if codes else None


def _owners(wanted: str, asker: Asker) -> set[str]:
    if asker.me and _code(OWNERS, wanted, lambda said, typed: said.casefold() == typed) == ME:
        return {asker.me}
    return {one for one, name in asker.owners.items() if _begins(name, wanted)}


def _having(thing: str, today: date) -> Test | None:
    match thing:
        case "godparent":
            return Test(Facet.GODPARENTS, bool)
        case "step":
            return Test(Facet.HAS_STEP, bool)
        case "overdue":
            return Test(Facet.STEP_ON, lambda day: isinstance(day, date) and day < today)
        case "place":
            return Test(Facet.PLACE, bool)
        case "label":
            return Test(Facet.LABELS, bool)
        case "owner":
            return Test(Facet.OWNER, lambda owner: owner is not None)
        case "stop":
            return Test(Facet.STOPPED, bool)
    return None


def _statuses(wanted: str) -> frozenset[str]:
    """The statuses whose words begin so; "held" means everybody who is held, however."""
    terms, found = vocabulary("status").terms, frozenset[str]()
    for languages in _languages():
        states = {one.code for one in vocabulary(STATES).terms if _is_said(one, wanted, languages)}
        found = frozenset(
            term.code
            for term in terms
            if (term.text("state") or "free") in states or _is_said(term, wanted, languages)
        )
        if found:
            break
    return found


def _code(name: str, typed: str, fits: Callable[[str, str], bool] | None = None) -> str:
    """The code of the first term that is said so: here or in English, else in any language."""
    wanted = typed.casefold()
    for languages in _languages():
        for term in vocabulary(name).terms:
            if _is_said(term, wanted, languages, fits):
                return term.code
    return ""


def _languages() -> tuple[tuple[str, ...], ...]:
    return ("en", current_language()), ()


def _is_said(
    term: Term, wanted: str, languages: Collection[str], fits: Callable[[str, str], bool] | None = None
) -> bool:
    sayings = [said for language, said in term.words.items() if not languages or language in languages]
    return any((fits or _begins)(said, wanted) for said in (*sayings, *term.items("also")))


def _begins(said: str, wanted: str) -> bool:
    """Whether the wording, or one of its words, begins so."""
    low = said.casefold()
    return low.startswith(wanted) or any(word.startswith(wanted) for word in low.split())


def _first_day(value: str) -> date | None:
    found = _DAY.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return PartialDate(year or 0, month, day).first
    except KnownError:
        return None
