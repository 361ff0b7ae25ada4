"""Filters typed as words, beside names: `status:held,free no:godparent since:2024 place:"No. 4"`.

One reader for the Prisoners filter, Ctrl+K and saved searches. Words of the window's language and English
ones count alike, those of the other languages where neither means anything; a beginning is enough, so that a
list narrows while one types. A word that is none is searched for like a name; a value that means nothing, or
that nobody can tell without a key, finds nobody and is said, never left out: whoever believes in a filter
that does not act counts wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
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

Test = Callable[[PrisonerRow], bool]


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


def _one_of(tests: Collection[Test]) -> Test:
    return lambda row: any(test(row) for test in tests)


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
            return _among(_statuses(wanted), lambda row: row.status)
        case "owner":
            return _among(_owners(wanted, asker), lambda row: row.owner or "")
        case "with" | "no":
            has = _having(_code(THINGS, wanted), asker.today)
            if has is None:
                return None
            return has if key == "with" else lambda row: not has(row)
        case "place":
            return lambda row: wanted in row.facility.casefold()
        case "label":
            return lambda row: any(wanted in label.casefold() for label in row.labels or ())
        case "public":
            light = _code(LIGHTS, wanted)
            return (lambda row: row.name_in_public.value == light) if light else None
    return _by_day(key, _first_day(value))


def _by_day(key: str, limit: date | None) -> Test | None:
    if limit is None:
        return None
    if key == "since":
        return lambda row: row.detained_on is not None and row.detained_on.first >= limit
    return lambda row: row.detained_on is not None and row.detained_on.first < limit


def _among(codes: Collection[str], of: Callable[[PrisonerRow], str]) -> Test | None:
    return (lambda row: of(row) in codes) if codes else None


def _owners(wanted: str, asker: Asker) -> set[str]:
    if asker.me and _code(OWNERS, wanted, lambda said, typed: said.casefold() == typed) == ME:
        return {asker.me}
    return {one for one, name in asker.owners.items() if _begins(name, wanted)}


def _having(thing: str, today: date) -> Test | None:
    match thing:
        case "godparent":
            return lambda row: row.godparents > 0
        case "step":
            return lambda row: bool(row.next_step) or row.next_step_on is not None
        case "overdue":
            return lambda row: row.next_step_on is not None and row.next_step_on < today
        case "place":
            return lambda row: bool(row.facility)
        case "label":
            return lambda row: bool(row.labels)
        case "owner":
            return lambda row: row.owner is not None
        case "stop":
            return lambda row: row.stopped
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
