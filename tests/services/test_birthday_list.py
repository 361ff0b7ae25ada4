"""Protects: a birthday list carries who agreed to letters and to be named, decided again when it leaves."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from app.cli.run import Exit
from app.domain.consent_audit import Period
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.reports.kinds import FORMATS
from app.reports.standing import Why
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.facilities import SaveFacility
from app.services.reports import MakeReport
from app.services.session import Session
from tests.services.command_line import Run
from tests.services.office import (
    COORDINATOR,
    OFFICER,
    REPORTS,
    Office,
    add_mother,
    add_prisoner,
)

DECEMBER: Final = Period(date(2026, 12, 1), date(2026, 12, 31))
LIST: Final = MakeReport("birthday_list", "en", ("pdf", "csv"), period=DECEMBER)
_PLACE: Final = {
    "name": "Penal colony",
    "number": "4",
    "address_cyrillic": "ПК-4, 246035, г. Гомель, вул. Прыкладная, 3",
    "address_latin": "PK-4, 246035, Homiel, vul. Prykladnaja, 3",
    "checked_on": date(2026, 3, 2),
}
_YES: Final = tuple(
    AnswerDraft(purpose, "given", audience)
    for purpose, audience in (("contact", "internal"), ("letters", "all_godparents"), ("name", "public"))
)
_TALK: Final = {"channel": "signal", "verified_by": "call_back", "whereabouts": "outside"}


def _say(session: Session, mother: str, *answers: AnswerDraft) -> None:
    session.consent.record(RecordConversation(mother, {**_TALK, "direction": "they_came"}, answers))


@pytest.fixture
def agreed(office: Office) -> tuple[Office, str]:
    """One may be written to; one has a mother who agreed to nothing; one accepts no letters."""
    with office.as_person(COORDINATOR) as session:
        place = session.facilities.save(SaveFacility(dict(_PLACE))).id
        more = {"facility": place, "accepts_letters": "yes", "owner": session.person.id}
        first = add_prisoner(session, envelope_name="Жаўняровіч Сяргей Іванавіч", **more)
        add_mother(session, add_prisoner(session, family_name="Harbuzava", given_name="Palina", **more))
        add_prisoner(session, family_name="Vuhaluk", **{**more, "accepts_letters": "no"})
        add_prisoner(session, family_name="Krapiuuk", **{**more, "born": PartialDate(1979, 11, 12)})
        mother = add_mother(session, first)
        _say(session, mother, *_YES)
    with office.as_person(OFFICER) as session:
        for waits in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
    return office, mother


@pytest.mark.parametrize("passphrase", [COORDINATOR, REPORTS])
def test_it_leaves_with_who_agreed_and_says_who_did_not(
    agreed: tuple[Office, str], tmp_path: Path, passphrase: str
) -> None:
    office, _mother = agreed
    with office.as_person(passphrase) as session:
        report = session.reports.make(LIST).id
        view = session.reports.get(report)
        why = {row.name: row.because for row in view.left_out}
        assert {name: one.why for name, one in why.items() if one} == {
            "Harbuzava, Palina": Why.NOT_CLEARED,
            "Vuhaluk, Siarhei": Why.SAYS_NO,
        }
        reason = why["Harbuzava, Palina"]
        assert reason is not None
        assert bool(reason.reason) is (passphrase == COORDINATOR), "only with the key"
        assert [(row.column, row.old, row.ask) for row in view.missing] == [("checked", True, "Hanna K.")]
    with office.as_person(OFFICER) as session:
        paths = session.approval.approve(ApproveReport(report, tmp_path / "out")).paths
    (path,) = (path for path in paths if path.suffix == ".csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        _head, *rows = csv.reader(stream)
    assert rows == [
        [
            "Siarhei Zhawnyarovich",
            "12 December",
            "Жаўняровіч Сяргей Іванавіч",
            _PLACE["address_cyrillic"],
            _PLACE["address_latin"],
            "2 March 2026",
        ]
    ]


@pytest.mark.parametrize("purpose", ["letters", "name", "contact"])
def test_a_no_said_after_it_was_made_keeps_it_in(
    agreed: tuple[Office, str], tmp_path: Path, purpose: str
) -> None:
    office, mother = agreed
    with office.as_person(REPORTS) as session:
        report = session.reports.make(LIST).id
    with office.as_person(COORDINATOR) as session:
        _say(session, mother, AnswerDraft(purpose, "refused", "internal"))
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as refused:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
    assert refused.value.code is Code.REPORT_CHANGED
    assert not (tmp_path / "out").exists()


def test_a_yes_for_one_godparent_is_none_for_all(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        first = add_prisoner(session, accepts_letters="yes")
        _say(session, add_mother(session, first), AnswerDraft("letters", "given", "internal"))
        with pytest.raises(KnownError) as refused:
            session.reports.make(LIST)
        assert refused.value.code is Code.REPORT_CARRIES_NOBODY


@pytest.mark.parametrize(
    "period",
    [None, Period(date(2026, 12, 2), date(2026, 12, 1)), Period(date(2026, 12, 1), date(2027, 12, 2))],
)
def test_a_period_turned_round_or_of_more_than_a_year_is_refused(
    agreed: tuple[Office, str], period: Period | None
) -> None:
    office, _mother = agreed
    with office.as_person(REPORTS) as session, pytest.raises(KnownError) as refused:
        session.reports.preview(MakeReport("birthday_list", "en", ("pdf",), period=period))
    assert (refused.value.code, refused.value.details["field"]) == (Code.INVALID_FIELD, "period")


def test_only_who_has_a_birthday_then_is_offered(agreed: tuple[Office, str]) -> None:
    office, _mother = agreed
    with office.as_person(COORDINATOR) as session:
        offered = {row.name: row.named for row in session.reports.people("birthday_list", period=DECEMBER)}
    assert offered == {"Zhawnyarovich, Siarhei": True, "Harbuzava, Palina": False, "Vuhaluk, Siarhei": False}


def test_the_command_line_makes_it(agreed: tuple[Office, str], poruch: Run, tmp_path: Path) -> None:
    office, _mother = agreed
    asked = ("--kind", "birthday_list", "--formats", ",".join(FORMATS), "--out", str(tmp_path / "out"))
    days = ("--from", "2026-12-01", "--to", "2026-12-31")
    code, said, _wrong = poruch(COORDINATOR, "report", office.folder, *asked, *days)
    assert "1 person named, 2 left out" in said
    assert code == Exit.SECOND_PERSON
