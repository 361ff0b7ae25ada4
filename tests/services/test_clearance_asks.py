"""Protects: what a report lacks reaches whoever is in charge as a next step, also where no key is held."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.acts import Act
from app.domain.clearance_ask import ClearanceAsk
from app.domain.errors import Code, KnownError
from app.domain.prisoner import Prisoner
from app.services.clearance_asks import AskForClearance, take_up
from app.services.session import Session
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_prisoner


def _ask(prisoner: str, *what: str, language: str = "en") -> AskForClearance:
    return AskForClearance("birthday_list", language, {prisoner: what})


def _prisoner(session: Session, prisoner: str) -> Prisoner:
    return session.prisoners.get(prisoner).prisoner


def _waiting(session: Session) -> int:
    with session.context.reading() as reader:
        return sum(one.taken_at is None for one in reader.find(ClearanceAsk))


@pytest.fixture
def asked(office: Office) -> tuple[Office, str]:
    """Somebody with a next step of their own."""
    with office.as_person(COORDINATOR) as session:
        own = {"next_step": "Birthday card", "next_step_on": date(2026, 12, 20)}
        return office, add_prisoner(session, owner=session.person.id, **own)


def test_with_the_key_it_is_a_next_step_at_once_and_nothing_is_lost(asked: tuple[Office, str]) -> None:
    office, prisoner = asked
    with office.as_person(COORDINATOR) as session:
        session.clearance_asks.ask(_ask(prisoner, "!checked", "cleared:born"))
        found = _prisoner(session, prisoner)
        assert found.next_step == (
            "Hanna K. asks, for “Birthday list”: Address checked on, too long ago, clearance for Born; "
            "Birthday card"
        )
        assert found.next_step_on == date(2026, 11, 29)
        assert _waiting(session) == 0


def test_without_the_key_it_waits_for_who_holds_it(asked: tuple[Office, str]) -> None:
    office, prisoner = asked
    with office.as_person(REPORTS) as session:
        session.clearance_asks.ask(_ask(prisoner, "envelope"))
        assert session.log.rows()[0].act == Act.CLEARANCE_ASKED.value
        list(take_up(session.context))
        assert _waiting(session) == 1, "nobody without the key writes a next step"
    with office.as_person(COORDINATOR) as session:
        list(take_up(session.context))
        found = _prisoner(session, prisoner)
        assert found.next_step == "Ida S. asks, for “Birthday list”: Name on the envelope; Birthday card"
        assert _waiting(session) == 0
        version = found.version
        list(take_up(session.context))
        assert _prisoner(session, prisoner).version == version, "once"


def test_what_is_asked_already_is_not_asked_twice(asked: tuple[Office, str]) -> None:
    office, prisoner = asked
    with office.as_person(REPORTS) as session:
        session.clearance_asks.ask(_ask(prisoner, "envelope"))
        with pytest.raises(KnownError) as again:
            session.clearance_asks.ask(_ask(prisoner, "envelope"))
        assert again.value.code is Code.ALREADY_DONE
        session.clearance_asks.ask(_ask(prisoner, "envelope", "address"))
        session.clearance_asks.ask(_ask(prisoner, "envelope", language="de"))
        with session.context.reading() as reader:
            assert sorted(one.what for one in reader.find(ClearanceAsk)) == [
                ("address",),
                ("envelope",),
                ("envelope",),
            ]


@pytest.mark.parametrize("what", [(), ("shoe_size",), ("cleared:vulnerability",), ("!born",)])
def test_only_what_the_kind_can_lack_is_asked_for(asked: tuple[Office, str], what: tuple[str, ...]) -> None:
    office, prisoner = asked
    with office.as_person(REPORTS) as session:
        with pytest.raises(KnownError) as refused:
            session.clearance_asks.ask(_ask(prisoner, *what))
        assert refused.value.code is Code.INVALID_FIELD
        assert _waiting(session) == 0


def test_the_auditor_asks_for_nothing(asked: tuple[Office, str]) -> None:
    office, prisoner = asked
    with office.as_person(AUDITOR) as session, pytest.raises(KnownError) as refused:
        session.clearance_asks.ask(_ask(prisoner, "envelope"))
    assert refused.value.code is Code.NOT_ALLOWED


def test_the_log_holds_together_and_says_who_asked(asked: tuple[Office, str]) -> None:
    office, prisoner = asked
    with office.as_person(REPORTS) as session:
        session.clearance_asks.ask(_ask(prisoner, "envelope"))
    with office.as_person(OFFICER) as session:
        list(take_up(session.context))
        assert [row.act for row in session.log.rows()[:2]] == [
            Act.CLEARANCE_ASK_TAKEN.value,
            Act.CLEARANCE_ASKED.value,
        ]
        with session.context.reading() as reader:
            reader.check_rows(Prisoner, [prisoner])
            reader.check_rows(ClearanceAsk, [one.id for one in reader.find(ClearanceAsk)])
