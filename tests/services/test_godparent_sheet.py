"""Protects: a sheet goes to one godparent under the newest protocol, with whom they stand up for."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from pypdf import PdfReader

from app.cli.run import Exit
from app.domain.errors import Code, KnownError
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.facilities import SaveFacility
from app.services.godparents import ChangeGodparenthood, CreateGodparent, EditGodparent, StartGodparenthood
from app.services.reports import MakeReport
from app.services.session import Session
from tests.services.command_line import Run
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

_TALK: Final = {"channel": "signal", "verified_by": "call_back", "whereabouts": "outside"}
_ADDRESS: Final = "ПК-4, 246035, г. Гомель, вул. Прыкладная, 3"


@attrs.frozen
class Sponsored:
    """Two prisoners, one of whom has a godparent who was told about them."""

    office: Office
    prisoner: str
    other: str
    mother: str
    godparent: str
    bond: str

    @property
    def command(self) -> MakeReport:
        """Their sheet."""
        return MakeReport("godparent_sheet", "en", ("pdf", "docx", "html"), recipients=(self.godparent,))


def _say(session: Session, mother: str, *answers: tuple[str, str, str, tuple[str, ...]]) -> None:
    drafts = tuple(AnswerDraft(what, kind, whom, recipients) for what, kind, whom, recipients in answers)
    session.consent.record(RecordConversation(mother, {**_TALK, "direction": "they_came"}, drafts))


@pytest.fixture
def sponsored(office: Office) -> Sponsored:
    """The mother agreed to letters, name and case for this godparent only."""
    with office.as_person(COORDINATOR) as session:
        facility = session.facilities.save(
            SaveFacility({"name": "Colony", "number": "4", "address_cyrillic": _ADDRESS})
        ).id
        more: dict[str, Any] = {"facility": facility, "accepts_letters": "yes"}
        prisoner = add_prisoner(session, envelope_name="Жаўняровіч Сяргей Іванавіч", **more)
        other = add_prisoner(session, family_name="Harbuzava", given_name="Palina", **more)
        values = {"family_name": "Musterfrau", "given_name": "Anna", "protocol_version": "2"}
        godparent = session.godparents.create(CreateGodparent(values)).id
        bond = session.godparents.propose(StartGodparenthood(prisoner, godparent, "accepted")).id
        mother = add_mother(session, prisoner)
        _say(session, mother, ("contact", "given", "internal", ()))
        purposes = ("letters", "name", "case_detail")
        _say(session, mother, *((one, "given", "named_godparent", (godparent,)) for one in purposes))
        _say(session, add_mother(session, other), *((one, "given", "public", ()) for one in purposes))
    with office.as_person(OFFICER) as session:
        for waits in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
    return Sponsored(office, prisoner, other, mother, godparent, bond)


def _code(session: Session, command: MakeReport) -> Code:
    with pytest.raises(KnownError) as refused:
        session.reports.make(command)
    return refused.value.code


@pytest.mark.parametrize("passphrase", [COORDINATOR, REPORTS])
def test_it_leaves_with_the_one_they_stand_up_for(
    sponsored: Sponsored, tmp_path: Path, passphrase: str
) -> None:
    with sponsored.office.as_person(passphrase) as session:
        report = session.reports.make(sponsored.command).id
        view = session.reports.get(report)
        assert view.report.carried == (sponsored.prisoner,)
        assert (view.recipient, view.left_out) == ("Anna Musterfrau", ())
    with sponsored.office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
        assert not [row for group in session.findings.groups() for row in group.items if row.about == report]
    pages = PdfReader(next((tmp_path / "out").glob("*.pdf"))).pages
    text = " ".join("".join(page.extract_text() for page in pages).split())
    assert "Anna Musterfrau" in text
    assert "Siarhei Zhawnyarovich · birthday on 12 December" in text
    assert f"On the envelope: Жаўняровіч Сяргей Іванавіч Address: {_ADDRESS}" in text
    assert "Harbuzava" not in text
    assert "1979" not in text


@pytest.mark.parametrize("version", ["", "1"])
def test_who_has_not_accepted_the_newest_protocol_gets_none(sponsored: Sponsored, version: str) -> None:
    with sponsored.office.as_person(COORDINATOR) as session:
        values = {"family_name": "Beispiel", "protocol_version": "2"}
        session.godparents.create(CreateGodparent(values))
        seen = session.godparents.get(sponsored.godparent).godparent
        session.godparents.edit(EditGodparent(seen.id, seen.version, {"protocol_version": version}))
        assert _code(session, sponsored.command) is Code.GODPARENT_NOT_BRIEFED


def test_a_draft_for_who_is_behind_with_the_protocol_is_seen_and_dropped(
    sponsored: Sponsored, tmp_path: Path
) -> None:
    with sponsored.office.as_person(COORDINATOR) as session:
        report = session.reports.make(sponsored.command).id
        session.godparents.create(CreateGodparent({"family_name": "Beispiel", "protocol_version": "3"}))
        assert session.reports.get(report).gone == 1
    with sponsored.office.as_person(OFFICER) as session, pytest.raises(KnownError) as refused:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
    assert refused.value.code is Code.GODPARENT_NOT_BRIEFED
    with sponsored.office.as_person(COORDINATOR) as session:
        session.reports.drop(report)


@pytest.mark.parametrize("state", ["paused", "ended"])
def test_who_does_not_stand_up_for_them_now_gets_nobody(sponsored: Sponsored, state: str) -> None:
    with sponsored.office.as_person(COORDINATOR) as session:
        version = session.godparents.get(sponsored.godparent).godparenthoods[0].version
        values = {"state": state, "reason": "moved_on"} if state == "ended" else {"state": state}
        session.godparents.change(ChangeGodparenthood(sponsored.bond, version, values))
        assert _code(session, sponsored.command) is Code.REPORT_CARRIES_NOBODY


def test_somebody_elses_prisoner_is_not_in_it_whoever_asks(sponsored: Sponsored) -> None:
    with sponsored.office.as_person(COORDINATOR) as session:
        chosen = attrs.evolve(sponsored.command, prisoners=(sponsored.other,))
        assert _code(session, chosen) is Code.REPORT_CARRIES_NOBODY
        both = attrs.evolve(sponsored.command, prisoners=(sponsored.other, sponsored.prisoner))
        made = session.reports.get(session.reports.make(both).id)
        assert made.report.carried == (sponsored.prisoner,)


def test_a_yes_for_one_godparent_is_none_for_another(sponsored: Sponsored) -> None:
    with sponsored.office.as_person(COORDINATOR) as session:
        values = {"family_name": "Beispiel", "given_name": "Bert", "protocol_version": "2"}
        another = session.godparents.create(CreateGodparent(values)).id
        session.godparents.propose(StartGodparenthood(sponsored.prisoner, another, "accepted"))
        assert _code(session, attrs.evolve(sponsored.command, recipients=(another,))) is (
            Code.REPORT_CARRIES_NOBODY
        )


def test_it_is_for_one_godparent_who_is_known(sponsored: Sponsored) -> None:
    twice: tuple[str, ...] = (sponsored.godparent, "0" * 32)
    with sponsored.office.as_person(COORDINATOR) as session:
        for recipients in (twice, (), ("0" * 32,)):
            command = attrs.evolve(sponsored.command, recipients=recipients)
            assert _code(session, command) in (Code.INVALID_FIELD, Code.NOT_FOUND)


def test_a_no_to_letters_takes_the_address_out_too(sponsored: Sponsored) -> None:
    with sponsored.office.as_person(COORDINATOR) as session:
        _say(session, sponsored.mother, ("letters", "refused", "internal", ()))
        report = session.reports.make(sponsored.command).id
        page = session.reports.content(report, "html").decode("utf-8")
    assert "Zhawnyarovich" in page
    assert "Гомель" not in page
    assert "Жаўняровіч" not in page


def test_it_stays_in_when_they_stop_standing_up_after_it_was_made(
    sponsored: Sponsored, tmp_path: Path
) -> None:
    with sponsored.office.as_person(COORDINATOR) as session:
        report = session.reports.make(sponsored.command).id
        version = session.godparents.get(sponsored.godparent).godparenthoods[0].version
        values = {"state": "ended", "reason": "moved_on"}
        session.godparents.change(ChangeGodparenthood(sponsored.bond, version, values))
    with sponsored.office.as_person(OFFICER) as session, pytest.raises(KnownError) as refused:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
    assert refused.value.code is Code.REPORT_CHANGED


def test_the_command_line_finds_the_godparent_by_name(
    sponsored: Sponsored, poruch: Run, tmp_path: Path
) -> None:
    asked = ("report", sponsored.office.folder, "--kind", "godparent_sheet", "--out", tmp_path / "out")
    code, said, _wrong = poruch(COORDINATOR, *asked, "--recipient", "anna musterfrau")
    assert (code, "1 person named" in said) == (Exit.SECOND_PERSON, True)
    code, _said, wrong = poruch(COORDINATOR, *asked, "--recipient", "Nobody")
    assert (code, "--recipient" in wrong) == (Exit.USAGE, True)
