"""From what somebody said to what reviews and plans look at. The rules are in `app.domain.review_due`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

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
    return [
        Listener(
            relative=one.relative,
            prisoner=one.prisoner,
            prisoner_name=one.prisoner_name,
            relation=one.relation,
            owner=one.owner,
            asking=one.asking,
            adult_on=_adult_on(one.born),
            said=_said(one.talks, time_zone),
        )
        for one in found
    ]


def _said(talks: Iterable[Mapping[str, Plain]], time_zone: str) -> tuple[Said, ...]:
    found: list[tuple[date, str, Said]] = []
    for talk in talks:
        answers, recorded_at = talk.get("answers"), str(talk.get("recorded_at") or "")
        if not isinstance(answers, list) or not recorded_at:
            continue
        recorded = _local(recorded_at, time_zone)
        first, last = _span(str(talk.get("held_on") or ""), recorded)
        for answer in answers:
            if isinstance(answer, Mapping):
                found.append((last, recorded_at, _one(answer, first, last, recorded)))
    found.sort(key=lambda one: one[:2])
    return tuple(one for _day, _recorded, one in found)


def _one(answer: Mapping[str, Plain], first: date, last: date, recorded: date) -> Said:
    kind, purpose = str(answer.get("kind") or ""), str(answer.get("purpose") or "")
    latest = _latest(purpose, min(first, recorded))
    ends_on = answer.get("ends_on")
    wanted = date.fromisoformat(ends_on) if isinstance(ends_on, str) and ends_on else latest
    return Said(
        id=str(answer.get("answer") or ""),
        kind=kind,
        says=_says(kind),
        purpose=purpose,
        audience=str(answer.get("audience") or ""),
        day=last,
        end=min(wanted, latest),
        cancels=str(answer.get("cancels") or ""),
    )


_latest = lru_cache(maxsize=16384)(default_end)


@lru_cache(maxsize=64)
def _says(kind: str) -> Says:
    term = vocabulary("answer_kind").by_code.get(kind)
    return Says(term.text("says")) if term is not None else Says.NO


@lru_cache(maxsize=4096)
def _span(held_on: str, recorded: date) -> tuple[date, date]:
    if not held_on:
        return recorded, recorded
    held = PartialDate.from_stored(held_on)
    return held.first, held.last


@lru_cache(maxsize=4096)
def _local(moment: str, time_zone: str) -> date:
    return local_day(datetime.fromisoformat(moment), time_zone)


@lru_cache(maxsize=4096)
def _adult_on(born: str) -> date | None:
    try:
        return eighteenth_birthday(PartialDate.from_stored(born)) if born else None
    except KnownError:
        return None
