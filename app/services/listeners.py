"""From what somebody said to what reviews and plans look at. The rules are in `app.domain.review_due`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter

from app.domain.canonical import Plain
from app.domain.clock import local_day
from app.domain.consent_facts import Says
from app.domain.consent_purposes import default_end
from app.domain.dates import PartialDate, eighteenth_birthday
from app.domain.errors import KnownError
from app.domain.port_values import SpokenFacts
from app.domain.review_due import Listener, Said
from app.vocabulary import vocabulary


def listeners_of(found: Iterable[SpokenFacts], time_zone: str) -> list[Listener]:
    """Everybody of the register as reviews and plans see them."""
    return [listener_of(one, said_in(one.talks, time_zone)) for one in found]


def listener_of(one: SpokenFacts, said: Iterable[tuple[int, Said]]) -> Listener:
    """Somebody of the register, with `said_in` what they said."""
    return Listener(
        relative=one.relative,
        prisoner=one.prisoner,
        prisoner_name=one.prisoner_name,
        relation=one.relation,
        owner=one.owner,
        asking=one.asking,
        adult_on=_adult_on(one.born),
        said=tuple([each for _talk, each in said]),
    )


def said_in(talks: Iterable[Mapping[str, Plain]], time_zone: str) -> list[tuple[int, Said]]:
    """Every answer, oldest first, with the place of its talk among the talks."""
    found: list[tuple[date, str, int, Said]] = []
    for place, talk in enumerate(talks):
        answers, recorded_at = talk.get("answers"), str(talk.get("recorded_at") or "")
        if not isinstance(answers, list) or not recorded_at:
            continue
        recorded = day_of(recorded_at, time_zone)
        first, last = span_of(str(talk.get("held_on") or ""), recorded)
        since = min(first, recorded)
        for answer in answers:
            if isinstance(answer, dict):
                found.append((last, recorded_at, place, _one(answer, since, last)))
    found.sort(key=_by_day)
    return [one[2:] for one in found]


_by_day = itemgetter(0, 1)


def _one(answer: Mapping[str, Plain], since: date, last: date) -> Said:
    kind, purpose = str(answer.get("kind") or ""), str(answer.get("purpose") or "")
    end, ends_on = _latest(purpose, since), answer.get("ends_on")
    if isinstance(ends_on, str) and ends_on:
        end = min(date.fromisoformat(ends_on), end)
    # By place: names would cost as much again as everything above.
    return Said(
        str(answer.get("answer") or ""),
        kind,
        says_of(kind),
        purpose,
        str(answer.get("audience") or ""),
        last,
        end,
        str(answer.get("cancels") or ""),
    )


_latest = lru_cache(maxsize=16384)(default_end)


@lru_cache(maxsize=64)
def says_of(kind: str) -> Says:
    """What a kind of answer says; one nobody knows says no."""
    term = vocabulary("answer_kind").by_code.get(kind)
    return Says(term.text("says")) if term is not None else Says.NO


@lru_cache(maxsize=4096)
def span_of(held_on: str, recorded: date) -> tuple[date, date]:
    """The days a talk can have been held: as it says, or the day it was recorded."""
    if not held_on:
        return recorded, recorded
    held = PartialDate.from_stored(held_on)
    return held.first, held.last


@lru_cache(maxsize=4096)
def day_of(moment: str, time_zone: str) -> date:
    """The local day of a stored moment."""
    return local_day(moment_of(moment), time_zone)


moment_of = lru_cache(maxsize=4096)(datetime.fromisoformat)
"""A stored moment; many talks are recorded in one."""


@lru_cache(maxsize=4096)
def _adult_on(born: str) -> date | None:
    try:
        return eighteenth_birthday(PartialDate.from_stored(born)) if born else None
    except KnownError:
        return None
