"""Protects: a no said of somebody by name holds under every name; a report goes to whom it was made for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs
import pytest
from pypdf import PdfReader
from pyrage import x25519

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.report import Report
from app.reports.kind_file import shipped
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.recipient_names import may_mean
from app.services.recipients import SaveList, SaveRecipient
from app.services.reports import MakeReport
from app.services.session import Session
from app.vocabulary import vocabulary
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    Office,
    add_mother,
    add_prisoner,
    an_office,
)

COMMITTEE: Final = "Committee on Human Rights"
_TALK: Final = {"channel": "signal", "verified_by": "call_back", "whereabouts": "outside"}
_PURPOSES: Final = ("name", "case_detail")


@attrs.frozen
class Asked:
    """One family agreed to everybody; of the other the mother said: not to the committee."""

    office: Office
    open: str
    withheld: str


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Made once."""
    office = an_office(tmp_path_factory.mktemp("asked") / "case file")
    with office.as_person(COORDINATOR) as session:
        one = add_prisoner(session)
        two = add_prisoner(session, family_name="Harbuzava", given_name="Palina")
        for prisoner in (one, two):
            mother = add_mother(session, prisoner)
            _say(session, mother, ("contact", "given", "internal", ()))
            _say(session, mother, *((purpose, "given", "public", ()) for purpose in _PURPOSES))
            if prisoner == two:
                noes = ((purpose, "refused", "named_institution", (COMMITTEE,)) for purpose in _PURPOSES)
                _say(session, mother, *noes)
    with office.as_person(OFFICER) as session:
        for waits in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
    return Asked(office, one, two)


@pytest.fixture
def asked(prepared: Asked, tmp_path: Path) -> Asked:
    """A copy."""
    return attrs.evolve(prepared, office=prepared.office.copied(tmp_path / "case file"))


def _say(session: Session, mother: str, *answers: tuple[str, str, str, tuple[str, ...]]) -> None:
    drafts = tuple(AnswerDraft(what, kind, whom, recipients) for what, kind, whom, recipients in answers)
    session.consent.record(RecordConversation(mother, {**_TALK, "direction": "they_came"}, drafts))


def _add(session: Session, name: str, **more: object) -> str:
    values = {"name": name, "audience": "named_institution", **more}
    return session.recipients.save(SaveRecipient(values)).id


def _change(session: Session, recipient: str, **values: object) -> None:
    row = next(row for row in session.recipients.rows() if row.id == recipient)
    session.recipients.save(SaveRecipient(values, recipient, row.recipient.version))


def _briefing(*recipients: str) -> MakeReport:
    return MakeReport("parliament_briefing", "en", ("pdf",), recipients=recipients)


def _named(session: Session, *recipients: str) -> set[str]:
    return {one.prisoner for one in session.reports.people("parliament_briefing", recipients) if one.named}


def _refused(session: Session, command: MakeReport) -> KnownError:
    with pytest.raises(KnownError) as refused:
        session.reports.make(command)
    return refused.value


# what was said by name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (COMMITTEE, "committee on human rights "),
        ("the Human Rights Committee", COMMITTEE),
        ("Bundestag", "Deutscher Bundestag"),
        ("Бундэстаг", "Deutscher Bundestag"),
        ("Comittee on Human Rights", COMMITTEE),
        ("OSCE", "Organization for Security and Co-operation in Europe"),
        ("Committee on HumanRights", COMMITTEE),
        ("?", COMMITTEE),
    ],
)
def test_words_that_may_mean_a_recipient_do(said: str, name: str) -> None:
    assert may_mean(said, name)


@pytest.mark.parametrize(
    "said", ["Committee on Foreign Affairs", "Ministry of Health", "Нарвежскі парламент"]
)
def test_other_institutions_are_others(said: str) -> None:
    assert not may_mean(said, COMMITTEE)


@pytest.mark.parametrize("passphrase", [OFFICER, COORDINATOR])
@pytest.mark.parametrize(
    "typed", [COMMITTEE, "committee on  HUMAN rights", "Human Rights Committee", "Comittee on Human Rights"]
)
def test_a_no_meets_what_is_typed_a_little_differently(asked: Asked, typed: str, passphrase: str) -> None:
    with asked.office.as_person(passphrase) as session:
        assert _named(session, typed) == {asked.open}
        assert _named(session, "Committee on Foreign Affairs") == {asked.open, asked.withheld}


def test_a_new_name_does_not_escape_a_no(asked: Asked) -> None:
    with asked.office.as_person(REPORTS) as session:
        recipient = _add(session, COMMITTEE)
        _change(session, recipient, name="Friends of Belarus")
        _change(session, recipient, name="Friends of the East", organisation="Norwegian parliament")
    with asked.office.as_person(OFFICER) as session:
        assert _named(session, recipient) == {asked.open}
        assert _named(session, "Friends of the East") == {asked.open}  # typed, it is the record
        session.reports.make(_briefing(recipient))
        assert session.reports.rows()[0].named == 1


def test_a_no_to_a_godparent_meets_the_recipient_they_are(asked: Asked) -> None:
    from app.services.godparents import CreateGodparent

    with asked.office.as_person(OFFICER) as session:
        godparent = session.godparents.create(CreateGodparent({"family_name": "Musterfrau"})).id
        mother = add_mother(session, asked.open)
        _say(session, mother, ("name", "refused", "named_godparent", (godparent,)))
        recipient = _add(session, "Office of a member", godparent=godparent)
        assert _named(session, recipient) == {asked.withheld}  # of whom nobody said no to this one
        assert _named(session, "Another office") == {asked.open, asked.withheld}


def test_a_yes_counts_for_the_very_name_only(asked: Asked) -> None:
    with asked.office.as_person(OFFICER) as session:
        third = add_prisoner(session, family_name="Lazar", given_name="Iryna")
        mother = add_mother(session, third)
        _say(session, mother, ("contact", "given", "internal", ()))
        yeses = ((purpose, "given", "named_institution", ("Lantern Society",)) for purpose in _PURPOSES)
        _say(session, mother, *yeses)
        recipient = _add(session, "Lantern Society")
        assert third in _named(session, recipient)
        _change(session, recipient, name="Lantern")  # it may be another society now: nobody was asked
        assert third not in _named(session, recipient)


def test_a_report_is_decided_for_the_audience_of_its_recipient(asked: Asked) -> None:
    with asked.office.as_person(OFFICER) as session:
        third = add_prisoner(session, family_name="Lazar", given_name="Iryna")
        mother = add_mother(session, third)
        _say(session, mother, ("contact", "given", "internal", ()))
        _say(session, mother, *((one, "given", "named_institution", ("Evening Post",)) for one in _PURPOSES))
        paper = _add(session, "Evening Post")
        assert third in _named(session, paper)
        _change(session, paper, audience="public")
        assert third not in _named(session, paper)
        kept = session.reports.get(session.reports.make(_briefing(paper)).id).report
        assert [one.decided_for for one in kept.addressed] == ["public"]


# who may not get it


def test_what_is_for_everybody_may_go_to_a_committee_but_for_what_is_withheld_from_it(asked: Asked) -> None:
    with asked.office.as_person(OFFICER) as session:
        committee, paper = _add(session, COMMITTEE), _add(session, "Evening Post", audience="public")

        def named(recipient: str) -> set[str]:
            people = session.reports.people("public_list", (recipient,))
            return {one.prisoner for one in people if one.named}

        assert named(committee) == {asked.open}
        assert named(paper) >= {asked.open}
        public = MakeReport("public_list", "en", ("csv",), recipients=(committee,))
        kept = session.reports.get(session.reports.make(public).id).report
        assert [one.decided_for for one in kept.addressed] == ["public"]


def test_a_narrower_recipient_is_refused_with_the_line_alone_and_on_a_list(asked: Asked) -> None:
    with asked.office.as_person(REPORTS) as session:
        wide = _add(session, "A committee", audience="all_godparents")
        narrow = _add(session, "B committee")
        refused = _refused(session, MakeReport("newsletter", "en", ("pdf",), recipients=(narrow,)))
        assert (refused.code, refused.details["place"]) == (Code.RECIPIENT_NARROWER, 1)
        values = {"name": "Papers", "report_kind": "newsletter", "members": (narrow, wide)}
        papers = session.recipients.save_list(SaveList(values)).id
        refused = _refused(session, MakeReport("newsletter", "en", ("pdf",), recipients=(papers,)))
        assert (refused.code, refused.details["place"]) == (Code.RECIPIENT_NARROWER, 2)
        refused = _refused(session, _briefing(papers))
        assert refused.code is Code.MAILING_LIST_KIND


def test_who_does_not_want_a_kind_or_left_gets_nothing(asked: Asked) -> None:
    with asked.office.as_person(REPORTS) as session:
        one = _add(session, "A committee", wants=("newsletter",))
        two = _add(session, "B committee", never=("parliament_briefing",))
        three = _add(session, "C committee", left=True)
        four = _add(session, "D committee", wants=("parliament_briefing",))
        codes = [_refused(session, _briefing(each)).code for each in (one, two, three)]
        assert codes == [Code.RECIPIENT_DECLINED, Code.RECIPIENT_DECLINED, Code.RECIPIENT_LEFT]
        values = {"name": "All", "report_kind": "parliament_briefing", "members": (one, two, three, four)}
        everybody = session.recipients.save_list(SaveList(values)).id
        kept = session.reports.get(session.reports.make(_briefing(everybody)).id)
        assert [each.recipient for each in kept.report.addressed] == [four]
        assert kept.report.recipients == (four,)


def test_on_a_list_the_strictest_answer_counts_for_all(asked: Asked) -> None:
    with asked.office.as_person(OFFICER) as session:
        one, two = _add(session, COMMITTEE), _add(session, "Norwegian parliament")
        assert _named(session, two) == {asked.open, asked.withheld}
        values = {"name": "Both", "report_kind": "parliament_briefing", "members": (one, two)}
        both = session.recipients.save_list(SaveList(values)).id
        assert _named(session, both) == {asked.open}
        kept = session.reports.get(session.reports.make(_briefing(both)).id)
        assert {each.name for each in kept.report.addressed} == {COMMITTEE, "Norwegian parliament"}
        assert {each.through for each in kept.report.addressed} == {"Both"}
        assert kept.recipient == f"{COMMITTEE}, Norwegian parliament"


# between making and leaving


@pytest.mark.parametrize(
    "change",
    [{"name": "Springtime Press"}, {"lock": str(x25519.Identity.generate().to_public())}, {"left": True}],
)
def test_a_recipient_changed_after_making_stops_the_report(
    asked: Asked, tmp_path: Path, change: Mapping[str, object]
) -> None:
    with asked.office.as_person(REPORTS) as session:
        recipient = _add(session, "Norwegian parliament", lock=str(x25519.Identity.generate().to_public()))
        report = session.reports.make(_briefing(recipient)).id
        _change(session, recipient, **change)
    with asked.office.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as refused:
            session.approval.approve(ApproveReport(report, tmp_path / "out"))
        assert refused.value.code in (Code.RECIPIENT_CHANGED, Code.RECIPIENT_LEFT)
        assert not (tmp_path / "out").exists()
        assert session.reports.get(report).report.state == "checked"


def test_a_cover_speaks_the_languages_of_the_recipients_and_leaves(asked: Asked, tmp_path: Path) -> None:
    with asked.office.as_person(COORDINATOR) as session:
        one = _add(session, "Lantern Society", language="ru")
        two = _add(session, "Norwegian parliament", language="de-CH")
        made = attrs.evolve(_briefing(one, two), formats=("pdf", "docx"), cover=True)
        report = session.reports.make(made).id
    with asked.office.as_person(OFFICER) as session:
        paths = session.approval.approve(ApproveReport(report, tmp_path / "out")).paths
        assert session.reports.kept(report).report.cover
    said = "".join(page.extract_text() for page in PdfReader(paths[0]).pages)
    assert "Правила обращения" in said
    assert "Regeln für den Umgang" in said
    assert "Lantern Society" not in said  # nor anybody else: nobody reads there who else got it


def test_a_report_written_by_hand_to_hide_its_recipient_does_not_leave(asked: Asked, tmp_path: Path) -> None:
    with asked.office.as_person(COORDINATOR) as session:
        recipient = _add(session, COMMITTEE)
        report = session.reports.make(_briefing(recipient)).id
        with session.context.writing() as work:
            found = work.get(Report, report)
            work.save(attrs.evolve(found, addressed=()), found.version)  # so that no name is asked about
            work.commit(Act.REPORT_MADE)
    with asked.office.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as refused:
            session.approval.approve(ApproveReport(report, tmp_path / "out"))
        assert refused.value.code is Code.RECIPIENT_CHANGED


def test_a_ledger_with_words_for_a_recipient_stays_readable(asked: Asked) -> None:
    with asked.office.as_person(OFFICER) as session:
        report = session.reports.make(_briefing("Somebody typed once")).id
        assert session.reports.kept(report).recipient == "Somebody typed once"
        _add(session, "Somebody typed once")
        kept = session.reports.kept(report)
        assert (kept.recipient, kept.report.addressed) == ("Somebody typed once", ())


# the records


def test_a_recipient_is_changed_remembered_undone_and_found(asked: Asked) -> None:
    with asked.office.as_person(REPORTS) as session:
        recipient = _add(session, "Zlata Invented", organisation="Lantern Society")
        _change(session, recipient, language="de")
        assert [row.field for row in session.recipients.history(recipient)] == ["language"]
        assert [hit.id for hit in session.search.everywhere("Lantern")] == [recipient]
        session.undo.undo()
        assert session.recipients.rows()[0].recipient.language == ""
        with pytest.raises(KnownError) as refused:  # its names stay, and what was said under them
            session.undo.undo()
        assert refused.value.code is Code.CHANGED_SINCE
        assert [row.id for row in session.recipients.rows()] == [recipient]


_KEY: Final = str(x25519.Identity.generate().to_public())


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"lock": _KEY[:-1] + ("q" if _KEY[-1] != "q" else "p")}, Code.RECIPIENT_KEY_WRONG, "lock"),
        ({"lock": _KEY[:-3]}, Code.RECIPIENT_KEY_WRONG, "lock"),
        ({"lock": "a word"}, Code.RECIPIENT_KEY_WRONG, "lock"),
        ({"lock": "ssh-ed25519 AAAA"}, Code.RECIPIENT_KEY_WRONG, "lock"),
        ({"lock": str(x25519.Identity.generate())}, Code.RECIPIENT_KEY_SECRET, "lock"),
        ({"audience": "named_godparent"}, Code.INVALID_FIELD, "godparent"),
        ({"name": "the press"}, Code.INVALID_FIELD, "name"),
        ({"wants": ("growth",), "never": ("growth",)}, Code.INVALID_FIELD, "never"),
        ({"name": "COMMITTEE on human rights"}, Code.RECIPIENT_KNOWN, "name"),
        ({"audience": "nobody"}, Code.UNKNOWN_TERM, "audience"),
    ],
)
def test_what_no_recipient_can_be_is_refused_when_typed(
    asked: Asked, values: Mapping[str, object], code: Code, field: str
) -> None:
    with asked.office.as_person(REPORTS) as session:
        _add(session, COMMITTEE)
        with pytest.raises(KnownError) as refused:
            session.recipients.save(
                SaveRecipient({"name": "Another", "audience": "named_institution", **values})
            )
        assert (refused.value.code, refused.value.details["field"]) == (code, field)
        assert len(session.recipients.rows()) == 1


def test_a_key_says_who_put_it_there(asked: Asked) -> None:
    with asked.office.as_person(COORDINATOR) as session:
        recipient = _add(session, COMMITTEE)
    with asked.office.as_person(REPORTS) as session:
        _change(session, recipient, lock=f" {_KEY} ")
        row = session.recipients.rows()[0]
        assert (row.recipient.lock, row.key_since) == (_KEY, "Ida S.")
    with asked.office.as_person(AUDITOR) as session:
        with pytest.raises(KnownError) as refused:
            session.recipients.rows()
        assert refused.value.code is Code.NOT_ALLOWED


def test_every_kind_has_words_for_what_a_recipient_wants() -> None:
    known = {term.code for term in vocabulary("report_kind").terms}
    assert {kind.name for kind in shipped()} <= known
