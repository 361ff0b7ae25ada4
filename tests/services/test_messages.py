"""Protects: a message carries what may be told to who gets it, leaves once, and is in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from pyrage import x25519

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.report import Report
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.facilities import SaveFacility
from app.services.godparents import ChangeGodparenthood, CreateGodparent, EditGodparent, StartGodparenthood
from app.services.message_values import WriteMessage
from app.services.prisoners import PlaceHold
from app.services.recipients import SaveRecipient
from app.services.session import Session
from app.services.withdrawing import Withdraw
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner, an_office

_TALK: Final = {"channel": "signal", "verified_by": "call_back", "whereabouts": "outside"}
_ADDRESS: Final = "ПК-4, 246035, г. Гомель, вул. Прыкладная, 3"
_MAIL: Final = "anna.musterfrau@parliament.example"
MOTHER: Final = {"full_name": "Taisija Dubrouskaja", "phones": ("+375 29 000 00 17",)}


@attrs.frozen
class Written:
    """A prisoner with a godparent who was told, one nobody asked about, and a committee."""

    office: Office
    prisoner: str
    other: str
    mother: str
    godparent: str
    bond: str
    stranger: str
    committee: str

    def birthday(self, **values: str) -> WriteMessage:
        """To the godparent."""
        known = {"recipient": self.godparent, "report_kind": "message_birthday", "language": "en"}
        return WriteMessage(self.prisoner, **{**known, **values})

    def to_committee(self, **values: str) -> WriteMessage:
        """To somebody else."""
        more = {"recipient": self.committee, "report_kind": "message_birthday_institution"}
        return self.birthday(**{**more, **values})


def _say(session: Session, mother: str, *answers: tuple[str, str, str, tuple[str, ...]]) -> None:
    drafts = tuple(AnswerDraft(what, kind, whom, recipients) for what, kind, whom, recipients in answers)
    session.consent.record(RecordConversation(mother, {**_TALK, "direction": "they_came"}, drafts))


def withdraw_name(session: Session, written: Written) -> None:
    """The mother says no to the name, for this godparent."""
    _say(session, written.mother, ("name", "withdrawn", "named_godparent", (written.godparent,)))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Made once: name, case and letters agreed to for this godparent and the committee."""
    office = an_office(tmp_path_factory.mktemp("written") / "case file")
    with office.as_person(COORDINATOR) as session:
        facility = session.facilities.save(
            SaveFacility({"name": "Colony", "number": "4", "address_cyrillic": _ADDRESS})
        ).id
        more: dict[str, Any] = {"facility": facility, "accepts_letters": "yes"}
        prisoner = add_prisoner(session, envelope_name="Жаўняровіч Сяргей Іванавіч", **more)
        other = add_prisoner(session, family_name="Harbuzava", given_name="Palina")
        values = {"family_name": "Musterfrau", "given_name": "Anna", "protocol_version": "2", "email": _MAIL}
        godparent = session.godparents.create(CreateGodparent({**values, "language": "de"})).id
        bond = session.godparents.propose(StartGodparenthood(prisoner, godparent, "accepted")).id
        stranger = session.godparents.create(CreateGodparent({"family_name": "Beispiel"})).id
        institution = {"name": "Committee on Human Rights", "audience": "named_institution"}
        committee = session.recipients.save(SaveRecipient(institution)).id
        mother = add_mother(session, prisoner, **MOTHER)
        _say(session, mother, ("contact", "given", "internal", ()))
        for one in ("letters", "name", "case_detail"):
            _say(session, mother, (one, "given", "named_godparent", (godparent,)))
            _say(session, mother, (one, "given", "named_institution", ("Committee on Human Rights",)))
    with office.as_person(OFFICER) as session:
        for waits in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
    return Written(office, prisoner, other, mother, godparent, bond, stranger, committee)


@pytest.fixture
def written(prepared: Written, tmp_path: Path) -> Written:
    """A copy."""
    return attrs.evolve(prepared, office=prepared.office.copied(tmp_path / "case file"))


def _refused(act: Callable[[], object]) -> Code:
    with pytest.raises(KnownError) as refused:
        act()
    return refused.value.code


def _reports(session: Session) -> list[Report]:
    with session.context.reading() as reader:
        return reader.find(Report)


def _left(session: Session) -> list[Report]:
    return [one for one in _reports(session) if one.state in ("leaving", "done")]


@pytest.mark.parametrize("passphrase", [COORDINATOR, REPORTS, OFFICER])
def test_it_is_copied_to_their_own_godparent_without_a_second_person(
    written: Written, passphrase: str
) -> None:
    with written.office.as_person(passphrase) as session:
        seen = session.messages.preview(written.birthday())
        assert (seen.to, seen.needs_second) == ("Anna Musterfrau", False)
        sent = session.messages.copy(written.birthday())
        assert [one.state for one in _left(session)] == ["leaving"]  # may have left, should all end here
        session.messages.copied(sent.saved.id)
        (report,) = _left(session)
        row = next(one for one in session.reports.rows() if one.id == report.id)
        acts = [one.act for one in session.log.rows() if one.act in (Act.REPORT_LEAVING, Act.REPORT_DONE)]
    assert "12 December is the birthday of Siarhei Zhawnyarovich." in sent.text
    assert f"The address: {_ADDRESS}" in sent.text
    assert "1979" not in sent.text
    assert (report.state, report.carried) == ("done", (written.prisoner,))
    assert (report.recipients, report.approved_by) == ((written.godparent,), None)
    assert (row.report_kind, set(acts)) == ("message_birthday", {Act.REPORT_LEAVING, Act.REPORT_DONE})


def test_a_saved_draft_is_a_mail_of_one_text_that_names_nobody_outside_it(
    written: Written, tmp_path: Path
) -> None:
    with written.office.as_person(COORDINATOR) as session:
        sent = session.messages.save(written.birthday(language="de"), tmp_path / "out")
        (report,) = _left(session)
        assert sent.path is not None
        taken = sent.path  # a file stands there
        again = _refused(lambda: session.messages.save(written.birthday(), taken))
    content = sent.path.read_bytes()
    mail = BytesParser(policy=SMTP).parsebytes(content)
    assert again in (Code.CANNOT_WRITE, Code.REPORT_FILE_EXISTS)
    assert sent.path.name == f"{report.number}-message-birthday-de.eml"
    assert [name for name, _value in mail.items()] == [
        *("Subject", "To", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Unsent")
    ]
    assert (mail["To"], mail["Subject"]) == (_MAIL, f"Nachricht {report.number}")
    assert "12. Dezember" in mail.get_content()
    assert not {b"Zhawnyarovich", b"Siarhei"} & set(content.split())


def test_to_anybody_else_it_takes_a_second_person_who_searches_and_lets_it_leave(
    written: Written, tmp_path: Path
) -> None:
    with written.office.as_person(COORDINATOR) as session:
        assert session.messages.preview(written.to_committee()).needs_second
        assert _refused(lambda: session.messages.copy(written.to_committee())) is Code.MESSAGE_NEEDS_SECOND
        assert not _left(session)
        draft = session.messages.hand_in(written.to_committee(words="Please ask about his health.")).id
        approve = ApproveReport(draft, tmp_path / "out")
        assert _refused(lambda: session.approval.approve(approve)) is Code.NOT_ALLOWED
    with written.office.as_person(OFFICER) as session:
        assert draft in session.approval.pending()
        searched = session.approval.search_names(draft)
        assert (searched.found, searched.to_judge) == ((), ())
        (path,) = session.approval.approve(approve).paths
    text = BytesParser(policy=SMTP).parsebytes(path.read_bytes()).get_content()
    assert "Please ask about his health." in text


def test_somebody_elses_godparent_is_decided_for_all_of_them(written: Written) -> None:
    command = written.birthday(recipient=written.stranger)
    with written.office.as_person(COORDINATOR) as session:
        assert _refused(lambda: session.messages.copy(command)) is Code.MESSAGE_NOT_THEIRS
        start = session.messages.start(written.prisoner)
        stranger = next(one for one in start.readers if one.id == written.stranger)
        wide = attrs.evolve(command, report_kind=stranger.kinds["birthday"])
        seen = session.messages.preview(wide)
        assert (stranger.theirs, seen.lines, seen.needs_second) == (False, (), True)
        assert _refused(lambda: session.messages.hand_in(wide)) is Code.MESSAGE_NOT_CLEARED


def test_who_is_no_longer_their_godparent_gets_nothing(written: Written) -> None:
    with written.office.as_person(COORDINATOR) as session:
        assert session.messages.preview(written.birthday()).lines
        version = session.godparents.get(written.godparent).godparenthoods[0].version
        values = {"state": "ended", "reason": "moved_on"}
        session.godparents.change(ChangeGodparenthood(written.bond, version, values))
        assert _refused(lambda: session.messages.copy(written.birthday())) is Code.MESSAGE_NOT_THEIRS
        assert not _left(session)


def test_who_is_behind_with_the_protocol_gets_nothing(written: Written) -> None:
    with written.office.as_person(COORDINATOR) as session:
        seen = session.godparents.get(written.godparent).godparent
        session.godparents.create(CreateGodparent({"family_name": "Neu", "protocol_version": "3"}))
        assert seen.protocol_version == "2"
        assert _refused(lambda: session.messages.copy(written.birthday())) is Code.GODPARENT_NOT_BRIEFED


@pytest.mark.parametrize("passphrase", [COORDINATOR, REPORTS])
def test_what_was_withdrawn_while_it_was_written_does_not_leave(written: Written, passphrase: str) -> None:
    with written.office.as_person(passphrase) as session:
        assert session.messages.preview(written.birthday()).lines
    with written.office.as_person(COORDINATOR) as session:
        withdraw_name(session, written)
    with written.office.as_person(passphrase) as session:
        assert _refused(lambda: session.messages.copy(written.birthday())) is Code.MESSAGE_NOT_CLEARED
        assert not _left(session)


def test_a_stop_placed_meanwhile_holds_it_back(written: Written) -> None:
    with written.office.as_person(REPORTS) as session:
        assert session.messages.preview(written.birthday()).lines
        session.prisoners.place_hold(PlaceHold("prisoner", written.prisoner, "danger"))
        assert _refused(lambda: session.messages.copy(written.birthday())) is Code.MESSAGE_NOT_CLEARED


def test_calling_back_finds_it(written: Written) -> None:
    with written.office.as_person(COORDINATOR) as session:
        sent = session.messages.copy(written.birthday())
        session.messages.copied(sent.saved.id)
        journey = session.withdrawing.look(Withdraw(written.mother, ("name",)))
    assert [one.id for one in journey.reports] == [sent.saved.id]
    assert [note.recipient for note in journey.notes] == [written.godparent]


def test_who_is_not_held_has_no_birthday_message_and_the_sheet_says_which_fit(written: Written) -> None:
    with written.office.as_person(COORDINATOR) as session:
        fits = session.messages.start(written.prisoner).fits
        freed = written.birthday(report_kind="message_freed")
        assert (session.messages.preview(freed).lines, "freed" in fits) == ((), False)
        assert _refused(lambda: session.messages.copy(freed)) is Code.MESSAGE_NOT_CLEARED


def test_what_goes_to_a_locked_recipient_is_saved_and_not_copied(written: Written, tmp_path: Path) -> None:
    key = x25519.Identity.generate()
    values = {"name": "Anna Musterfrau", "audience": "named_godparent", "godparent": written.godparent}
    with written.office.as_person(COORDINATOR) as session:
        session.recipients.save(SaveRecipient({**values, "lock": str(key.to_public())}))
        assert _refused(lambda: session.messages.copy(written.birthday())) is Code.MESSAGE_LEAVES_LOCKED
        sent = session.messages.save(written.birthday(), tmp_path / "out")
    assert sent.path is not None
    assert [one.suffix for one in (tmp_path / "out").iterdir()] == [".age"]
    assert b"Subject" not in sent.path.read_bytes()


def test_a_folder_that_cannot_be_written_leaves_an_entry(written: Written, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with written.office.as_person(COORDINATOR) as session:
        assert _refused(lambda: session.messages.save(written.birthday(), tmp_path / "file" / "x"))
        assert [one.state for one in _reports(session)] == ["failed"]
        assert session.log.rows()[0].act == Act.REPORT_FAILED


def test_an_address_that_is_more_than_one_is_left_out(written: Written, tmp_path: Path) -> None:
    with written.office.as_person(COORDINATOR) as session:
        seen = session.godparents.get(written.godparent).godparent
        edit = EditGodparent(seen.id, seen.version, {"email": "a@b.example\r\nBcc: spy@bad.example"})
        if not _kept(lambda: session.godparents.edit(edit)):
            return  # refused where it is typed
        sent = session.messages.save(written.birthday(), tmp_path / "out")
    assert sent.path is not None
    assert b"Bcc" not in sent.path.read_bytes()


def _kept(act: Callable[[], object]) -> bool:
    try:
        act()
    except KnownError:
        return False
    return True
