"""Protects: lights of an older copy that was put back are no greener than what may be done there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.domain.consent import Reason
from app.domain.consent_care import Care
from app.domain.rows import Light
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, Office
from tests.services.restored import Restored

_YESES = {Light.YES, Light.ENDS}


@pytest.fixture
def family(office: Office, tmp_path: Path) -> Restored:
    return Restored(office, tmp_path)


def _lights(session: Session, relative: str) -> tuple[set[Light], tuple[Care, ...]]:
    """Of the list; the card says the same, where it may be opened at all."""
    row = next(row for row in session.relatives.rows() if row.id == relative)
    with session.context.reading() as reader:
        doubted = session.context.righting.doubts(reader)
    if not doubted:
        card = session.relatives.get(relative)
        assert (row.lines, row.care) == (card.lines, card.care)
    return set(row.lines), row.care


def test_no_light_is_green_before_an_officer_signed(family: Restored) -> None:
    with family.office.as_person(COORDINATOR) as session:
        assert _lights(session, family.mother)[0] & _YESES
    family.put_back()
    with family.office.as_person(COORDINATOR) as session:
        assert family.reason(session) is Reason.UNPROVED
        lights, care = _lights(session, family.mother)
        assert not lights & _YESES
        assert Light.WAITS in lights
        assert care[0] is Care.RESTORED


def test_a_green_light_comes_back_once_it_is_signed_and_nothing_was_lost(family: Restored) -> None:
    family.put_back()
    with family.office.as_person(OFFICER) as session:
        assert not _lights(session, family.mother)[0] & _YESES
        session.restoring.sign("the disk broke", family.place)
        assert family.reason(session) is Reason.AGREED
        lights, care = _lights(session, family.mother)
        assert lights & _YESES
        assert Care.RESTORED not in care


def test_without_a_journal_no_light_is_green_until_they_are_asked_again(family: Restored) -> None:
    family.says_no()
    shutil.rmtree(family.place)
    family.place.mkdir()
    family.put_back()
    with family.office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke")
        assert family.reason(session) is Reason.UNSURE
        lights, care = _lights(session, family.mother)
        assert not lights & _YESES
        assert care[0] is Care.RESTORED
    family.office.clock.turn(days=1)
    family.says_yes()
    with family.office.as_person(COORDINATOR) as session:
        assert family.reason(session) is Reason.AGREED
        assert _lights(session, family.mother)[0] & _YESES
