"""Protects: an edit counts as one that touches no fact only when the facts are the same before and after."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from app.domain.consent_build import facts_from
from app.domain.consent_facts import Facts
from app.domain.consent_touched import Touched, person_touched, touched_by
from app.domain.dates import PartialDate
from app.domain.fields import Field, Kind, fields_of
from app.domain.hold import Hold
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.two_people import Stop
from app.vocabulary import vocabulary

WHO = Prisoner(RecordId(new_id()), version=1, status="penal_colony", born=PartialDate(1979))
OWN = Relative(RecordId(new_id()), version=1, prisoner=WHO.id, relation="self")
SISTER = Relative(RecordId(new_id()), version=1, prisoner=WHO.id, relation="sister", born=PartialDate(1980))
STOP = Hold(RecordId(new_id()), on_noun="file", placed_at=datetime(2026, 1, 1, tzinfo=UTC))


def _facts(prisoner: Prisoner, sister: Relative = SISTER) -> Facts:
    return facts_from(prisoner, time_zone="Europe/Vilnius", relatives=[OWN, sister], holds=[Stop(STOP)])


def _others(field: Field, value: object) -> list[object]:
    """Values this field may change to."""
    if field.vocabulary is not None:
        codes = [term.code for term in vocabulary(field.vocabulary).terms if term.code != value]
        return [(code,) for code in codes] if field.kind is Kind.TERMS else [*codes, ""]
    if field.kind is Kind.PARTS and field.parts is not None:
        return [(field.parts(),)]
    match field.kind:
        case Kind.FLAG:
            return [True]
        case Kind.NUMBER:
            return [7]
        case Kind.PARTIAL_DATE:
            return [PartialDate(2011, 3), PartialDate(1960), None]
        case Kind.MOMENT:
            return [datetime(2026, 3, 4, tzinfo=UTC)]
        case Kind.DAY:
            return [date(2020, 1, 2)]
        case Kind.REFERENCE | Kind.PICTURE:
            return [new_id()]
        case Kind.WORDS | Kind.COUNTRIES:
            return [("PL",)]
    return ["PL"]


JOINING = ("merged_into", "merged_at", "merged_claims", "one_person_with")
"""What they mean, facts are told by whoever knows all records of a person (`consent_sides`)."""


@pytest.mark.parametrize("name", JOINING)
def test_merging_records_touches_facts(name: str) -> None:
    for value in _others(fields_of(Prisoner)[name], getattr(WHO, name)):
        changed: dict[str, Any] = {name: value}
        assert touched_by(WHO, attrs.evolve(WHO, **changed)) is Touched.MORE


@pytest.mark.parametrize("name", [name for name in fields_of(Prisoner) if name not in JOINING])
def test_every_field_of_a_prisoner(name: str) -> None:
    for value in _others(fields_of(Prisoner)[name], getattr(WHO, name)):
        changed: dict[str, Any] = {name: value}
        after = attrs.evolve(WHO, **changed)
        touched, was, now = touched_by(WHO, after), _facts(WHO), _facts(after)
        assert (touched is Touched.NOTHING) == (was == now)
        apart = attrs.evolve(was, stored={}) == attrs.evolve(now, stored={})
        assert (touched is Touched.MORE) == (not apart)


@pytest.mark.parametrize("name", [name for name in fields_of(Relative) if name != "prisoner"])
@pytest.mark.parametrize("one", [SISTER, OWN], ids=["sister", "self"])
def test_every_field_of_a_relative(one: Relative, name: str) -> None:
    for value in _others(fields_of(Relative)[name], getattr(one, name)):
        changed: dict[str, Any] = {name: value}
        after = attrs.evolve(one, **changed)
        was, now = (facts_from(WHO, time_zone="UTC", relatives=[each]) for each in (one, after))
        assert person_touched(one, after) == (was != now)


def test_somebody_elses_relative_is_touched() -> None:
    assert person_touched(SISTER, attrs.evolve(SISTER, prisoner=new_id()))
