"""Filters typed as words, beside names: `status:held no:godparent since:2024 place:"No. 4"`.

Words of the window's language and English ones count alike; a beginning is enough, so that a list narrows
while one types. A word that is none is searched for like a name; a value that means nothing finds nobody and
is said, never left out: whoever believes in a filter that does not act counts wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.domain.rows import PrisonerRow
from app.i18n import current_language
from app.vocabulary import Term, vocabulary

KEYS: Final = "filter_word"
THINGS: Final = "filter_thing"
STATES: Final = "filter_state"
_WITH_VALUE: Final = r'(?P<key>[^\s:"]+):(?:"(?P<quoted>[^"]*)"?|(?P<value>\S*))'
_TOKEN: Final = re.compile(rf'{_WITH_VALUE}|(?P<text>"[^"]*"?|\S+)')
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")

Test = Callable[[PrisonerRow], bool]


@attrs.frozen
class FilterWords:
    """What a filter line says.

    Attributes:
        tests: what a row has to pass, every one.
        text: the rest, for the search by name.
        wrong: words whose value means nothing, as typed.
    """

    tests: tuple[Test, ...] = ()
    text: str = ""
    wrong: tuple[str, ...] = ()

    def keeps(self, row: PrisonerRow) -> bool:
        """Whether a row passes; nobody does where a value means nothing."""
        return not self.wrong and all(test(row) for test in self.tests)


def read_filter(line: str, owners: Mapping[str, str], today: date) -> FilterWords:
    """Read a filter line.

    Args:
        line: as typed.
        owners: names by id, of everybody a prisoner can belong to.
        today: for what is overdue.
    """
    tests: list[Test] = []
    rest: list[str] = []
    wrong: list[str] = []
    for found in _TOKEN.finditer(line):
        key = _key(found["key"] or "")
        if not key:
            rest.append(found[0])
            continue
        value = (found["quoted"] if found["quoted"] is not None else found["value"] or "").strip()
        if not value:
            continue  # still being typed
        test = _test(key, value, owners, today)
        if test is None:
            wrong.append(found[0])
        else:
            tests.append(test)
    return FilterWords(tuple(tests), " ".join(rest), tuple(wrong))


def suggestions(line: str, owners: Iterable[str], labels: Iterable[str]) -> tuple[str, ...]:
    """The line with its last word completed, every way there is; nothing after a space."""
    last = next((found for found in reversed(list(_TOKEN.finditer(line))) if found.end() == len(line)), None)
    if last is None:
        return ()
    before = line[: last.start()]
    if last["key"] is None:
        typed = last["text"].casefold()
        words = (_said(term) for term in vocabulary(KEYS).terms)
        return tuple(f"{before}{word}:" for word in words if word.startswith(typed))
    typed = (last["quoted"] if last["quoted"] is not None else last["value"]).casefold()
    values = _values(_key(last["key"]), owners, labels)
    fitting = (value for value in values if value.casefold().startswith(typed) and value.casefold() != typed)
    return tuple(f"{before}{last['key']}:{_quoted(value)}" for value in fitting)


def _values(key: str, owners: Iterable[str], labels: Iterable[str]) -> list[str]:
    match key:
        case "status":
            return [_said(term) for name in (STATES, "status") for term in vocabulary(name).terms]
        case "with" | "no":
            return [_said(term) for term in vocabulary(THINGS).terms]
        case "owner":
            return sorted(owners, key=str.casefold)
        case "label":
            return sorted(labels, key=str.casefold)
    return []


def _test(key: str, value: str, owners: Mapping[str, str], today: date) -> Test | None:
    """The test of one word; None where its value means nothing."""
    wanted = value.casefold()
    match key:
        case "status":
            return _among(_statuses(wanted), lambda row: row.status)
        case "owner":
            known = {one for one, name in owners.items() if _begins(name, wanted)}
            return _among(known, lambda row: row.owner or "")
        case "with" | "no":
            thing = _code(THINGS, wanted)
            has = _having(thing, today)
            if has is None:
                return None
            return has if key == "with" else lambda row: not has(row)
        case "place":
            return lambda row: wanted in row.facility.casefold()
        case "label":
            return lambda row: any(wanted in label.casefold() for label in row.labels or ())
    limit = _first_day(value)
    if limit is None:
        return None
    if key == "since":
        return lambda row: row.detained_on is not None and row.detained_on.first >= limit
    return lambda row: row.detained_on is not None and row.detained_on.first < limit


def _among(codes: Collection[str], of: Callable[[PrisonerRow], str]) -> Test | None:
    return (lambda row: of(row) in codes) if codes else None


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
    terms = vocabulary("status").terms
    states = {
        one.code for one in vocabulary(STATES).terms if any(_begins(it, wanted) for it in _sayings(one))
    }
    found = {term.code for term in terms if any(_begins(said, wanted) for said in _sayings(term))}
    return frozenset(found | {term.code for term in terms if (term.text("state") or "free") in states})


def _key(typed: str) -> str:
    wanted = typed.casefold()
    terms = vocabulary(KEYS).terms
    return next((one.code for one in terms if wanted in (said.casefold() for said in _sayings(one))), "")


def _code(name: str, wanted: str) -> str:
    found = (term for term in vocabulary(name).terms if any(_begins(said, wanted) for said in _sayings(term)))
    return next((term.code for term in found), "")


def _sayings(term: Term) -> tuple[str, ...]:
    return tuple(term.words[language] for language in ("en", current_language()) if language in term.words)


def _said(term: Term) -> str:
    return term.words.get(current_language()) or term.words.get("en") or term.code


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


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
