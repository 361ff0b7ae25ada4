"""Protects: whatever text somebody pastes, it is kept or refused in words, and the log holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.domain.errors import Code, KnownError
from app.services.people import AddPerson
from app.services.prisoners import CreatePrisoner
from app.services.relatives import AddRelative
from tests.services.office import COORDINATOR, OFFICER, Office, add_prisoner

_ODD = {
    "half a pair": "\ud800",
    "zero": "a\x00b",
    "bell": "a\x07b",
    "huge": "x" * 1_000_000,
    "right to left": "\u202eabc",
    "zero width": "\u200b",
    "blank": " ",
    "quotes": "'\"; DROP TABLE prisoner;--",
    "format": "%s{0}",
}
_WORDS = frozenset({Code.INVALID_FIELD, Code.TOO_LONG, Code.PERSON_NAME_TAKEN, Code.PASSPHRASE_IN_USE})


def _kept_or_refused(attempt: Callable[[], object]) -> None:
    try:
        attempt()
    except KnownError as error:
        if error.code not in _WORDS:
            raise


@pytest.mark.parametrize("odd", _ODD.values(), ids=_ODD)
def test_odd_text_is_kept_or_refused(office: Office, odd: str) -> None:
    with office.as_person(COORDINATOR) as session:
        for field in ("occupation", "family_name", "working_notes"):
            values = {"family_name": "A", "given_name": "B", field: odd}
            _kept_or_refused(lambda values=values: session.prisoners.create(CreatePrisoner(values)))  # type: ignore[misc]
        for row in session.prisoners.rows():
            session.prisoners.get(row.id)
        prisoner = add_prisoner(session)
        who = AddRelative(prisoner, {"relation": "mother", "nickname": odd}, {"full_name": odd})
        _kept_or_refused(lambda: session.relatives.add(who))
        session.search.everywhere(odd[:2000])
        session.relatives.find_exact(odd[:2000])
    with office.as_person(OFFICER) as session:
        person = AddPerson(odd, ("auditor",), "velvet orbit copper stair lemon pigeon")
        _kept_or_refused(lambda: session.people.add(person))
    with office.as_person(OFFICER) as session:
        assert session.log.verify().ok
