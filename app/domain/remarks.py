"""What is unlikely in a prisoner's record: shown beside the field, never in the way of saving."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import attrs

from app.domain.dates import PartialDate, years_between
from app.domain.prisoner import HELD, Prisoner
from app.i18n import N_

_OLDEST: Final = 110
_YOUNGEST: Final = 10


@attrs.frozen
class Remark:
    """One thing to look at: the field and an English sentence, translated where it is shown."""

    field: str
    words: str


def remarks_on(prisoner: Prisoner, today: date) -> tuple[Remark, ...]:
    """Everything in this record that does not fit together."""
    return tuple(_remarks(prisoner, today))


def _remarks(prisoner: Prisoner, today: date) -> Iterator[Remark]:
    born, detained = prisoner.born, prisoner.detained_on
    if born is not None:
        yield from _of_birth(born, detained, today)
    yield from _before(prisoner.released_on, detained, "released_on", N_("This is before the detention."))
    yield from _before(prisoner.died_on, born, "died_on", N_("This is before the birth."))
    yield from _before(prisoner.died_on, detained, "died_on", N_("This is before the detention."))
    for name, value in (("detained_on", detained), ("died_on", prisoner.died_on)):
        if value is not None and value.first > today:
            yield Remark(name, N_("This day has not come yet."))
    if prisoner.status in HELD and prisoner.died_on is not None:
        yield Remark("status", N_("A day of death is recorded, but the status says held."))
    if prisoner.status == "dead" and prisoner.died_on is None:
        yield Remark("died_on", N_("The status says died, but no day is recorded."))
    if not prisoner.anonymous and not (prisoner.family_name or prisoner.given_name):
        yield Remark("family_name", N_("There is no name."))
    for sentence in prisoner.sentences:
        if sentence.ends_on and sentence.starts_on and sentence.ends_on.last < sentence.starts_on.first:
            yield Remark("sentences", N_("A term ends before it starts."))


def _of_birth(born: PartialDate, detained: PartialDate | None, today: date) -> Iterator[Remark]:
    if born.first > today:
        yield Remark("born", N_("This day has not come yet."))
    elif years_between(born.last, today) > _OLDEST:
        yield Remark("born", N_("Nobody is that old."))
    if detained is None:
        return
    if detained.last < born.first:
        yield Remark("detained_on", N_("This is before the birth."))
    elif years_between(born.first, detained.last) < _YOUNGEST:
        yield Remark("detained_on", N_("A child of that age: is the year right?"))


def _before(
    later: PartialDate | None, earlier: PartialDate | None, field: str, words: str
) -> Iterator[Remark]:
    if later is not None and earlier is not None and later.last < earlier.first:
        yield Remark(field, words)
