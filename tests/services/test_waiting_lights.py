"""Protects: a yes that does not count yet is never shown as never asked, or the family is asked again."""

from __future__ import annotations

from app.domain.rows import Light
from app.services.consent import AnswerDraft, RecordConversation
from tests.services.office import COORDINATOR, Office, add_mother, add_prisoner

_UNCHECKED = {"channel": "signal", "direction": "they_came"}
_CHECKED = {**_UNCHECKED, "verified_by": "voice"}


def test_a_yes_nobody_checked_waits_wherever_the_name_stands(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)

        def name_light() -> Light:
            """The list, the card and the register say the same."""
            row = next(row for row in session.prisoners.rows() if row.id == prisoner)
            card = session.prisoners.get(prisoner).public_lights["name"][0]
            in_public = session.relatives.get(mother).lines[3]
            assert row.name_in_public is card is in_public
            return card

        def says(kind: str, talk: dict[str, str]) -> None:
            said = (AnswerDraft("name", kind, "public" if kind == "given" else ""),)
            session.consent.record(RecordConversation(mother, talk, said))

        assert name_light() is Light.NOT_ASKED
        says("given", _UNCHECKED)
        assert name_light() is Light.WAITS
        says("withdrawn", _CHECKED)
        assert name_light() is Light.NO


def test_a_yes_recorded_under_a_clock_that_is_behind_waits_for_its_day(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        office.clock.turn(days=-3)
        session.consent.record(RecordConversation(mother, _CHECKED, (AnswerDraft("contact", "given"),)))
        (talk,) = session.relatives.get(mother).conversations
        assert talk.recorded_at is not None
        assert talk.recorded_at > session.context.now()
        assert session.relatives.rows()[0].lines[0] is Light.WAITS
        assert session.relatives.get(mother).lines[0] is Light.WAITS
        office.clock.turn(days=3, hours=1)
        assert session.relatives.rows()[0].lines[0] is Light.YES
