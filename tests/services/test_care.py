"""Protects: who takes care is in the list for every reason there is, and out of it once the reason ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.consent_care import Care
from app.services import kept_lights
from app.services.attention import RecordAttention
from app.services.consent import AnswerDraft, RecordConversation
from app.services.relatives import AddRelative, EditRelative, PlaceRelativeHold
from app.services.session import Session
from tests import canaries
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

_TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}


@pytest.fixture
def kin(office: Office) -> tuple[Office, str, str]:
    """A closed mother and sister of one prisoner."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner, full_name=canaries.RELATIVE_NAME)
        sister = session.relatives.add(AddRelative(prisoner, {"relation": "sister"})).id
    return office, mother, sister


def _says(session: Session, relative: str, purpose: str, kind: str, audience: str = "", **talk: str) -> str:
    answers = (AnswerDraft(purpose, kind, audience),) if purpose else ()
    return session.consent.record(RecordConversation(relative, {**_TALK, **talk}, answers)).id


def _care(session: Session) -> dict[str, tuple[Care, ...]]:
    """By relative; the list and the card say the same."""
    found = {row.id: row.care for row in session.relatives.rows()}
    assert found == {key: session.relatives.get(key).care for key in found}
    return {key: care for key, care in found.items() if care}


def test_nobody_takes_care_at_first(kin: tuple[Office, str, str]) -> None:
    office, mother, _sister = kin
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "contact", "given")
        assert _care(session) == {}


def test_a_family_that_disagrees_until_the_newer_answer(kin: tuple[Office, str, str]) -> None:
    office, mother, sister = kin
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "name", "given", "public")
        _says(session, sister, "name", "refused")
        assert _care(session) == {mother: (Care.CONFLICTING,), sister: (Care.CONFLICTING,)}
        assert session.relatives.get(mother).disagreed == {"name"}
    office.clock.turn(days=1)
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "name", "withdrawn")
        assert _care(session) == {}


def test_a_yes_nobody_checked_until_it_is_said_again(kin: tuple[Office, str, str]) -> None:
    office, mother, _sister = kin
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "letters", "given", "all_godparents", verified_by="not_verified")
        assert _care(session) == {mother: (Care.UNVERIFIED,)}
    office.clock.turn(days=1)
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "letters", "given", "all_godparents")
        assert _care(session) == {}


def test_pressure_until_a_newer_talk_without(kin: tuple[Office, str, str]) -> None:
    office, mother, _sister = kin
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "", "", pressure="possible")
        assert _care(session) == {mother: (Care.PRESSURE,)}
    office.clock.turn(days=1)
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "", "", pressure="none")
        assert _care(session) == {}


@pytest.mark.parametrize("asking", ["not_safe", "published_only", "pause"])
def test_not_safe_to_ask_until_it_is(kin: tuple[Office, str, str], asking: str) -> None:
    office, mother, _sister = kin
    with office.as_person(COORDINATOR) as session:
        row = session.relatives.row(mother)
        session.relatives.edit(EditRelative(mother, row.version, {"asking": asking}))
        assert _care(session) == {mother: (Care.NOT_SAFE,)}
        session.relatives.edit(EditRelative(mother, row.version + 1, {"asking": "free"}))
        assert _care(session) == {}


def test_a_stop_until_a_second_person_lifts_it(kin: tuple[Office, str, str]) -> None:
    office, mother, _sister = kin
    with office.as_person(COORDINATOR) as session:
        session.relatives.place_hold(PlaceRelativeHold(mother, "danger"))
        (stop,) = session.relatives.get(mother).stopped
        session.relatives.lift_hold(stop.hold.id)
        assert _care(session) == {mother: (Care.STOPPED,)}, "one person lifts nothing"


def test_a_pause_names_the_whole_family(kin: tuple[Office, str, str]) -> None:
    office, mother, sister = kin
    with office.as_person(OFFICER) as session:
        prisoner = session.relatives.row(mother).prisoner
        session.attention.record(RecordAttention("smear", prisoners=(prisoner,)))
        assert _care(session) == {mother: (Care.PAUSED,), sister: (Care.PAUSED,)}


def test_it_is_there_after_unlocking_and_somebody_elses_change_is_seen(
    kin: tuple[Office, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_lights, "FEW", 0)
    office, mother, sister = kin
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "name", "given", "public")
        session.settle()
    with office.as_person(OFFICER) as session:
        _says(session, sister, "name", "refused")
    with office.as_person(COORDINATOR) as session:
        assert {row.care for row in session.relatives.rows(quickly=True)} == {()}, "not counted yet"
        session.settle()
        assert {row.care for row in session.relatives.rows(quickly=True)} == {(Care.CONFLICTING,)}
    with office.as_person(COORDINATOR) as session:
        assert {row.care for row in session.relatives.rows(quickly=True)} == {(Care.CONFLICTING,)}


def test_reading_the_list_opens_nobody_and_shows_no_name(kin: tuple[Office, str, str]) -> None:
    office, mother, sister = kin
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "name", "given", "public", pressure="clear")
        _says(session, sister, "name", "refused")
    with office.as_person(OFFICER) as session:
        before = session.log.state().entries
        rows = session.relatives.rows()
        assert any(row.care for row in rows)
        assert canaries.RELATIVE_NAME not in repr(rows)
        assert session.log.state().entries == before


def _damaged(plain: object, how: Callable[[list[object]], None]) -> object:
    if isinstance(plain, dict):
        for lines in plain["lines"].values():
            how(lines)
    return plain


@pytest.mark.parametrize(
    "how",
    [
        lambda lines: lines.pop(),
        lambda lines: lines.__setitem__(-1, ["nobody knows this"]),
        lambda lines: lines.__setitem__(-1, None),
    ],
)
def test_what_was_kept_and_does_not_read_is_decided_anew(
    kin: tuple[Office, str, str], how: Callable[[list[object]], None], tmp_path: Path
) -> None:
    office, mother, _sister = kin
    with office.as_person(COORDINATOR) as session:
        _says(session, mother, "", "", pressure="clear")
        session.relatives.rows()
        (family,) = session.context.cache.families.values()
        plain = kept_lights._to_plain(family)
        assert kept_lights._from_plain(plain) == family
        assert kept_lights._from_plain(_damaged(plain, how)) is None
