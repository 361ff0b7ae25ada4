"""Protects: after an incident an officer learns who could open a relative and who did, from signatures alone;
what cannot be proved counts as could."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

import pytest

from app.domain.errors import Code, KnownError
from app.domain.exposure import Access, Did, FirstStep, Reach
from app.domain.exposure_asked import ExposureAsked
from app.domain.exposure_rows import DeedRow, HolderRow, PersonExposure
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, RecordConversation
from app.services.exposure import AskPerson, AskRelative
from app.services.people import AddPerson
from app.services.relatives import AddRelative, CopyNumber, EditRelative, PlaceRelativeHold, ShowIdentity
from app.services.reports import MakeReport
from app.services.session import Session
from tests.canaries import RELATIVE_NAME, RELATIVE_PHONE
from tests.services.leaving_office import leaves_the_office
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    SECOND_COORDINATOR,
    Office,
    add_mother,
    add_prisoner,
)
from tests.services.slipping import answer, bring_in, make, said_yes
from tests.services.test_withdrawing import Case, case

__all__ = ["case"]

T = TypeVar("T")
DAY = date(2026, 11, 22)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def ended(slices: Generator[None, None, T]) -> T:
    """What work in slices comes to."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return cast("T", end.value)


def asked_about(session: Session, name: str, days: tuple[date, date] = YEAR) -> PersonExposure:
    person = next(row.id for row in session.exposure.people() if row.name == name)
    return ended(session.exposure.person(AskPerson(person, *days)))


def slips_in(session: Session, relative: str) -> list[DeedRow]:
    found = session.exposure.relative(AskRelative(relative, *YEAR))
    return [row for row in found.deeds if row.deed.did is Did.SLIP]


def line(rows: tuple[HolderRow, ...], name: str) -> HolderRow:
    return next(row for row in rows if row.name == name)


@pytest.fixture
def mother(office: Office) -> str:
    """Recorded, talked to, shown and copied by the coordinator."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        found = add_mother(session, prisoner, full_name=RELATIVE_NAME, phones=(RELATIVE_PHONE,))
        answers = (AnswerDraft("stay_in_touch", "given"),)
        talk = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
        session.consent.record(RecordConversation(found, talk, answers))
        session.relatives.get(found)
        session.relatives.show(ShowIdentity(found))
        session.relatives.copy_number(CopyNumber(found, "phones", 0))
    return found


def test_who_could_and_who_did(office: Office, mother: str) -> None:
    with office.as_person(OFFICER) as session:
        found = session.exposure.relative(AskRelative(mother, *YEAR))
    assert found.about == "Mother of Zhawnyarovich, Siarhei"
    assert [(row.name, row.holder.access, row.reach) for row in found.holders] == [
        ("Hanna K.", Access.HELD, Reach.SEEN),
        ("Vera O.", Access.HELD, Reach.COULD),
    ]
    assert line(found.holders, "Hanna K.").counts == {
        Did.COPIED: 1,
        Did.SHOWN: 1,
        Did.OPENED: 1,
        Did.TALKED: 1,
        Did.CHANGED: 1,
    }
    assert found.desks == ("Vilnius",)
    assert found.without_key == 2
    done = [(row.deed.did, row.person_name) for row in found.deeds]
    assert done == [
        (Did.ASKED, "Vera O."),
        (Did.COPIED, "Hanna K."),
        (Did.SHOWN, "Hanna K."),
        (Did.OPENED, "Hanna K."),
        (Did.TALKED, "Hanna K."),
        (Did.CHANGED, "Hanna K."),
    ]
    assert len({row.deed.sequence for row in found.deeds}) == 6
    assert all(row.deed.sure and row.deed.certain for row in found.deeds)


def test_a_record_of_it_comes_first_and_once_a_session(office: Office, mother: str) -> None:
    with office.as_person(OFFICER) as session:
        for _again in range(2):
            session.exposure.relative(AskRelative(mother, *YEAR))
        with session.context.reading() as reader:
            (asked,) = reader.find(ExposureAsked)
        (entry,) = [row for row in session.log.rows() if asked.id in row.records]
        assert (asked.relative, asked.first_on, asked.last_on) == (mother, YEAR[0], session.today())
        assert (entry.about, entry.noun, entry.opens) == (
            "Mother of Zhawnyarovich, Siarhei",
            "exposure_asked",
            ("relative", mother),
        )
        asked_about(session, "Hanna K.")
        (entry, _before) = [row for row in session.log.rows() if row.noun == "exposure_asked"]
        assert entry.about == "Hanna K."
    with office.as_person(AUDITOR) as session:
        assert {row.about for row in session.log.rows() if row.act == "sealed.changed"} == {""}


@pytest.mark.parametrize("role", [COORDINATOR, REPORTS, AUDITOR])
def test_everybody_but_an_officer_is_refused_before_anything_is_looked_up(
    office: Office, mother: str, role: str
) -> None:
    with office.as_person(role) as session:
        before = session.log.state().entries
        exposure = session.exposure
        for refused in (
            lambda: exposure.relative(AskRelative("0" * 32, *YEAR)),
            lambda: exposure.relative(AskRelative(mother, *YEAR)),
            lambda: ended(exposure.person(AskPerson("0" * 32, *YEAR))),
            exposure.people,
            lambda: exposure.find("Zhawny"),
            lambda: exposure.about(mother),
        ):
            with pytest.raises(KnownError) as error:
                refused()
            assert error.value.code is Code.NOT_ALLOWED
        assert session.log.state().entries == before


def test_days_have_to_be_in_order_and_not_to_come(office: Office, mother: str) -> None:
    with office.as_person(OFFICER) as session:
        for days in ((date(2026, 11, 23), DAY), (date(2027, 1, 1), date(2027, 2, 1))):
            with pytest.raises(KnownError) as error:
                session.exposure.relative(AskRelative(mother, *days))
            assert error.value.code is Code.INVALID_FIELD
        with pytest.raises(KnownError) as error:
            session.exposure.relative(AskRelative("0" * 32, *YEAR))
        assert error.value.code is Code.NOT_FOUND
        with session.context.reading() as reader:
            assert reader.find(ExposureAsked) == []


def test_nobody_could_open_who_was_not_recorded_yet(office: Office, mother: str) -> None:
    with office.as_person(OFFICER) as session:
        found = session.exposure.relative(AskRelative(mother, date(2026, 1, 1), date(2026, 11, 21)))
    assert not found.known
    assert (found.holders, found.deeds) == ((), ())


def test_who_left_before_counts_as_could_and_it_is_said(office: Office, mother: str) -> None:
    office.clock.turn(days=2)
    with office.as_person(OFFICER) as session:
        leaves_the_office(session, "Hanna K.")
    office.clock.turn(days=2)
    with office.as_person(OFFICER) as session:
        later = session.exposure.relative(AskRelative(mother, date(2026, 11, 26), date(2026, 11, 26)))
        hanna = line(later.holders, "Hanna K.")
        assert (hanna.holder.access, hanna.roles) == (Access.KEPT, ())
        assert hanna.holder.until is not None
        assert hanna.holder.until.date() == date(2026, 11, 24)
        assert hanna.holder.ended > hanna.holder.granted > 0
        before = session.exposure.relative(AskRelative(mother, DAY, DAY))
        assert line(before.holders, "Hanna K.").holder.access is Access.HELD
        one = asked_about(session, "Hanna K.", (date(2026, 11, 26), date(2026, 11, 26)))
        assert {row.access for row in one.rows} == {Access.KEPT}
        assert one.until == hanna.holder.until


def test_a_relative_recorded_after_somebody_left_lies_under_the_key_they_kept(
    office: Office, mother: str
) -> None:
    with office.as_person(OFFICER) as session:
        leaves_the_office(session, "Hanna K.")
    with office.as_person(OFFICER) as session:
        sister = session.relatives.add(
            AddRelative(add_prisoner(session, family_name="Zorka"), {"relation": "sister"}, {})
        ).id
        found = session.exposure.relative(AskRelative(sister, DAY, DAY))
        assert line(found.holders, "Hanna K.").holder.access is Access.KEPT
        rows = {row.relative: row.access for row in asked_about(session, "Hanna K.").rows}
        assert rows == {sister: Access.KEPT, mother: Access.HELD}


def test_a_key_given_later_is_told_apart(office: Office, mother: str) -> None:
    office.clock.turn(days=3)
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as error:
        session.people.add(AddPerson("Maria S.", ("coordinator",), SECOND_COORDINATOR))
    office.clock.turn(days=3)
    with office.as_person(COORDINATOR) as session:
        session.people.confirm(error.value.ids[0], granted=True)
    with office.as_person(OFFICER) as session:
        found = session.exposure.relative(AskRelative(mother, DAY, DAY))
        assert [row.name for row in found.could] == ["Hanna K.", "Vera O."]
        assert line(found.holders, "Maria S.").holder.access is Access.LATER
        assert not asked_about(session, "Maria S.", (DAY, DAY)).held
        whole = session.exposure.relative(AskRelative(mother, *YEAR))
        assert line(whole.holders, "Maria S.").holder.access is Access.HELD


def test_a_person_those_seen_first_then_who_may_live_in_the_country(office: Office, mother: str) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session, family_name="Zorka", given_name="Iryna")
        ids = {
            where: session.relatives.add(
                AddRelative(prisoner, {"relation": who, "whereabouts": where}, {})
            ).id
            for who, where in (("father", "outside"), ("sister", "inside"), ("brother", "unknown"))
        }
    with office.as_person(OFFICER) as session:
        session.relatives.get(mother)
        found = asked_about(session, "Hanna K.")
        assert found.rows[0].relative == mother
        assert found.rows[0].counts[Did.SHOWN] == 1
        assert [row.maybe_inside for row in found.rows[1:]] == [True, True, False]
        assert found.rows[-1].relative == ids["outside"]
        assert (found.reached(Reach.SEEN), found.reached(Reach.OPENED)) == (1, 3)
        vera = asked_about(session, "Vera O.")
        assert (vera.rows[0].relative, vera.rows[0].reach) == (mother, Reach.OPENED)
        assert {row.reach for row in vera.rows[1:]} == {Reach.COULD}
        assert vera.rows[0].entry
        reports = asked_about(session, "Ida S.")
        assert (reports.held, reports.rows, reports.steps) == (False, (), (FirstStep.CHECK_LOG,))


def test_what_left_in_a_report_and_slips_that_may_have_carried_them(case: Case) -> None:
    with case.office.as_person(OFFICER) as session:
        found = session.exposure.relative(AskRelative(case.mother, *YEAR))
        reports = [row.deed for row in found.deeds if row.deed.did is Did.REPORT]
        assert len(reports) == 1
        assert reports[0].about
        assert FirstStep.CALL_BACK in found.steps
        beside = asked_about(session, "Vera O.").beside
        assert [row.deed.sequence for row in beside] == [reports[0].sequence]


def test_a_slip_may_have_carried_anybody_until_its_answer_says_whom(office: Office, tmp_path: Path) -> None:
    prisoner = said_yes(office)
    path = make(office, tmp_path / "slip")
    with office.as_person(OFFICER) as session:
        session.relatives.add(
            AddRelative(add_prisoner(session, family_name="Zorka"), {"relation": "sister"}, {})
        )
        (one,), (other,) = (session.exposure.find(name) for name in ("zhawnyarovich", "zorka"))
        for each in (one, other):
            slips = slips_in(session, each.id)
            assert [(row.deed.about, row.deed.certain) for row in slips] == [("Vera O.", False)]
    bring_in(office, answer(office, path, tmp_path / "answer"))
    with office.as_person(OFFICER) as session:
        assert [row.deed.certain for row in slips_in(session, one.id)] == [True]
        assert slips_in(session, other.id) == []
        assert [row.deed.did for row in asked_about(session, "Hanna K.").beside] == [Did.SLIP]
    assert prisoner


def test_what_to_do_first_fits_what_is_so(office: Office, mother: str) -> None:
    with office.as_person(OFFICER) as session:
        first = session.exposure.relative(AskRelative(mother, *YEAR))
        assert first.steps == (FirstStep.CHECK_LOG, FirstStep.STOP, FirstStep.ATTENTION, FirstStep.TALK)
        assert first.trust.checked is None
        assert session.log.verify().ok
        session.relatives.place_hold(PlaceRelativeHold(mother, "danger"))
        then = session.exposure.relative(AskRelative(mother, *YEAR))
        assert then.steps == (FirstStep.ATTENTION, FirstStep.NOT_SAFE)
        assert (then.trust.checked, then.trust.breaks_at) == (True, 0)
        assert asked_about(session, "Hanna K.").steps[0] is FirstStep.DESK_STOP


def test_relatives_are_found_by_the_prisoner_or_by_a_pasted_number(office: Office, mother: str) -> None:
    with office.as_person(OFFICER) as session:
        sister = session.relatives.add(
            AddRelative(add_prisoner(session, given_name="Anton"), {"relation": "sister"}, {})
        ).id
        assert {one.id for one in session.exposure.find("zhawnyarovich")} == {mother, sister}
        (found,) = session.exposure.find(RELATIVE_PHONE.replace("-", " "))
        assert (found.id, found.about) == (mother, "Mother of Zhawnyarovich, Siarhei")
        assert session.exposure.find("  ") == ()
        assert session.exposure.about(sister).about == "Sister of Zhawnyarovich, Anton"


def test_no_name_of_a_relative_is_in_an_answer(office: Office, mother: str) -> None:
    with office.as_person(OFFICER) as session:
        answers = (session.exposure.relative(AskRelative(mother, *YEAR)), asked_about(session, "Hanna K."))
    assert RELATIVE_NAME not in repr(answers)
    assert RELATIVE_PHONE not in repr(answers)


def test_an_entry_of_a_jumped_clock_is_counted_and_called_unsure(office: Office, mother: str) -> None:
    office.clock.turn(days=10)
    with office.as_person(COORDINATOR) as session:
        session.relatives.get(mother)
    office.clock.turn(days=-20)
    with office.as_person(COORDINATOR) as session:
        version = session.relatives.get(mother).relative.version
    office.clock.turn(days=20)
    with office.as_person(COORDINATOR) as session:
        session.relatives.edit(EditRelative(mother, version, {"nickname": "baker"}))
    with office.as_person(OFFICER) as session:
        found = session.exposure.relative(AskRelative(mother, date(2026, 12, 2), date(2026, 12, 2)))
    assert [row.deed.sure for row in found.deeds if row.deed.did is Did.OPENED] == [False, True]


def test_backups_are_copies_that_hold_whom_was_recorded_before_and_open_to_whoever_had_the_key(
    office: Office, mother: str, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    with office.as_person(COORDINATOR) as session:
        session.backups.choose_second(tmp_path / "stick")
        session.backups.make()
        later = add_mother(session, add_prisoner(session, family_name="Barsukova"))
    with office.as_person(OFFICER) as session:
        (copy,) = session.exposure.relative(AskRelative(mother, *YEAR)).copies
        assert (copy.by, copy.elsewhere) == ("Hanna K.", True)
        assert not session.exposure.relative(AskRelative(later, *YEAR)).copies, "recorded after it was made"
        assert asked_about(session, "Hanna K.").copies == (copy,)
        assert not asked_about(session, "Ida S.").copies, "no relative opens to her in any copy"
        before = (date(2026, 1, 1), date(2026, 1, 2))
        assert not session.exposure.relative(AskRelative(mother, *before)).copies


def test_a_report_counts_for_whoever_made_it_and_a_slip_for_whom_it_was_for(
    office: Office, tmp_path: Path
) -> None:
    """On a laptop that was taken lie the files its owner made, whoever approved them."""
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    bring_in(office, answer(office, slip, tmp_path / "yes"))
    with office.as_person(COORDINATOR) as session:
        report = session.reports.make(MakeReport("public_list", "en", ("csv",))).id
    with office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
        for name in ("Hanna K.", "Vera O."):
            found = {row.deed.did for row in asked_about(session, name).beside}
            assert found == {Did.REPORT, Did.SLIP}, name
