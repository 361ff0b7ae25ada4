"""Protects: three people in two cities, a month of work, one of them cheating: an officer who trusts nobody
finds out, and can say after a seizure who could have opened what.

Vera (officer) and Hanna (coordinator) share an office in Vilnius; Maria (coordinator) is in Warsaw, has
a copy of the case file and answers by slips. Hanna cheats. Everybody is invented.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import attrs
import pytest
from pypdf import PdfReader

from app.domain.case_findings import Rule
from app.domain.consent_audit import Period
from app.domain.consent_reasons import Reason
from app.domain.conversation import Answer, Conversation, Countersign
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.exposure import Access, Did, FirstStep, Reach
from app.domain.proof_fit import Fit
from app.domain.quarter_changes import Change, of_rule
from app.domain.report import Desk
from app.services.approval import ApproveReport
from app.services.attention import RecordAttention
from app.services.consent import AnswerDraft, RecordConversation
from app.services.exposure import AskPerson, AskRelative
from app.services.findings import ReviewFindings
from app.services.people import AddPerson
from app.services.quarters import BeginQuarter
from app.services.relatives import CopyNumber, PlaceRelativeHold, ShowIdentity
from app.services.reports import MakeReport
from app.services.reviews import DecideReview
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from app.services.withdrawing import Withdraw
from tests.canaries import RELATIVE_NAME, RELATIVE_PHONE, leaks_in, leaks_in_folder
from tests.hostile.insider import PUBLIC, add_by_hand, may_be_told, person_named, raw
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    SECOND_COORDINATOR,
    Office,
    TurnedClock,
    add_mother,
    add_prisoner,
    an_office,
)
from tests.services.slipping import bring_in, make, opened, waits
from tests.services.test_exposure import ended, line
from tests.services.test_quarters import all_rows, decide

VERA: Final = OFFICER
HANNA: Final = COORDINATOR
MARIA: Final = SECOND_COORDINATOR
TALK: Final = {"channel": "signal", "verified_by": "call_back", "whereabouts": "outside"}
FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)


@attrs.define
class Month:
    """The case file in Vilnius, Maria's copy in Warsaw, and the families by what became of them.

    Attributes:
        agreed, refused, bypassed, stopped, watched: prisoner and mother, by their story.
        report: the public list that left on the tenth day.
        line: the proof line Vera keeps on a stick since the twentieth day.
        old: the copy of the sixteenth day that Hanna kept.
    """

    vilnius: Office
    warsaw: Office
    folder: Path
    families: dict[str, tuple[str, str]] = attrs.field(factory=dict)
    report: str = ""
    line: str = ""

    @property
    def old(self) -> Path:
        """The copy Hanna kept."""
        return self.folder / "old"

    def mother(self, story: str) -> str:
        """Id of the mother of one story."""
        return self.families[story][1]

    def prisoner(self, story: str) -> str:
        """Id of the prisoner of one story."""
        return self.families[story][0]


def _staff(office: Office) -> None:
    with office.as_person(VERA) as session:
        session.people.add(AddPerson("Hanna K.", ("coordinator",), HANNA))
        session.people.add(AddPerson("Ales A.", ("auditor",), AUDITOR))
        with pytest.raises(KnownError) as waiting:
            session.people.add(AddPerson("Maria S.", ("coordinator",), MARIA))
    office.clock.turn(hours=3)
    with office.as_person(HANNA) as session:
        session.people.confirm(waiting.value.ids[0], granted=True)


def _elsewhere(office: Office, folder: Path) -> Office:
    """The same case file as it is today, on another computer."""
    shutil.copytree(office.folder, folder)
    return Office(folder, office.clock)


def _says(session: Session, mother: str, *answers: AnswerDraft, **values: object) -> str:
    return session.consent.record(RecordConversation(mother, {**TALK, **values}, answers)).id


def _countersigns(office: Office, passphrase: str) -> None:
    with office.as_person(passphrase) as session:
        for row in session.consent.waiting():
            if row.what == "answer" and row.may_decide:
                session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))


def _by_slip(month: Month, name: str, *, granted: bool = True) -> Path:
    """Hanna asks Maria about the newest answer that waits; Maria answers in Warsaw; not brought in yet."""
    ask = make(month.vilnius, month.folder / f"{name} ask", recipient="Maria")
    path = month.folder / f"{name} answer"
    with month.warsaw.as_person(MARIA) as session:
        session.slips.answer(opened(session, ask), path, granted=granted)
    return path


def _first_week(month: Month) -> None:
    office = month.vilnius
    with office.as_person(HANNA) as session:
        for number, story in enumerate(("agreed", "refused", "bypassed", "stopped", "watched")):
            prisoner = add_prisoner(session, family_name=f"Example{'abcde'[number]}")
            identity = {
                "full_name": RELATIVE_NAME,
                "phones": (RELATIVE_PHONE[:-1] + str(number),),
            }
            month.families[story] = prisoner, add_mother(session, prisoner, **identity)
        for story in ("agreed", "watched"):
            answers = AnswerDraft("contact", "given"), AnswerDraft("name", "given", "public")
            _says(session, month.mother(story), *answers, direction="they_came")
        _says(session, month.mother("refused"), AnswerDraft("contact", "refused"), direction="they_came")
        _says(session, month.mother("bypassed"), AnswerDraft("health", "refused"), direction="they_came")
        for _time in range(2):
            row = waits(session)
            assert not row.may_decide
            with pytest.raises(KnownError) as refused:
                session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
            assert refused.value.code is Code.SAME_PERSON_TWICE
    for name in ("first", "second"):
        said = _by_slip(month, name)
        office.clock.turn(days=1)
        bring_in(office, said)
    with office.as_person(HANNA) as session:
        assert may_be_told(session, month.prisoner("agreed"))


def _second_week(month: Month) -> None:
    office = month.vilnius
    office.clock.turn(days=4)
    with office.as_person(HANNA) as session:
        bypass = AnswerDraft("health", "bypassed", "named_institution", ("Clinic",), reason="insulin today")
        _says(session, month.mother("bypassed"), bypass)
        stop = session.relatives.place_hold(PlaceRelativeHold(month.mother("stopped"), "danger")).id
        session.relatives.show(ShowIdentity(month.mother("agreed")))
        session.relatives.copy_number(CopyNumber(month.mother("agreed"), "phones", 0))
        _says(session, month.mother("agreed"), AnswerDraft("letters", "given"), direction="we_came")
    office.clock.turn(hours=5)
    _countersigns(office, VERA)
    with office.as_person(HANNA) as session:
        session.relatives.lift_hold(stop)
        month.report = session.reports.make(PUBLIC).id
    office.clock.turn(days=1)
    with office.as_person(VERA) as session:
        session.consent.confirm_lift(stop, granted=True)
        session.approval.approve(ApproveReport(month.report, month.folder / "left"))
        session.attention.record(RecordAttention("embassy_contact", prisoners=(month.prisoner("watched"),)))
        due = next(row for row in session.reviews.due() if row.pauses)
        decided = DecideReview(due.cause, due.because, due.prisoner, due.relative, "ask_again", "Asked why")
        session.reviews.decide([decided])
        paused = session.consent.decision(month.prisoner("watched"), "name", "public")
        assert paused.reason is Reason.PAUSED


def _hanna_cheats(month: Month) -> None:
    """What the program lets her do, and records."""
    office = month.vilnius
    office.clock.turn(days=5)
    shutil.copytree(office.folder, month.old)
    with office.as_person(HANNA) as session:
        session.relatives.show(ShowIdentity(month.mother("refused"), "they_came", "He says she called"))
        session.relatives.copy_number(CopyNumber(month.mother("refused"), "phones", 0))
    office.clock.turn(days=1)
    with office.as_person(HANNA) as session:
        _says(session, month.mother("refused"), direction="we_came")
    with office.as_person(VERA) as session:
        session.withdrawing.record(Withdraw(month.mother("agreed")))
    office.clock.turn(days=4)
    with office.as_person(VERA) as session:
        month.line = session.proofs.line()


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """The month, once for all tests of it."""
    folder = tmp_path_factory.mktemp("month")
    office = an_office(folder / "vilnius", alone=True)
    _staff(office)
    month = Month(office, _elsewhere(office, folder / "warsaw"), folder)
    _first_week(month)
    _second_week(month)
    _hanna_cheats(month)
    return month


@pytest.fixture
def month(worked: Month, tmp_path: Path) -> Month:
    """A copy for one test, at the moment the month ended."""
    shutil.copytree(worked.folder, tmp_path / "month")
    vilnius, warsaw = (
        Office(tmp_path / "month" / name, TurnedClock(worked.vilnius.clock.now()))
        for name in ("vilnius", "warsaw")
    )
    return attrs.evolve(worked, vilnius=vilnius, warsaw=warsaw, folder=tmp_path / "month")


def _put_back(office: Office, copy: Path) -> None:
    shutil.rmtree(office.folder)
    shutil.copytree(copy, office.folder)


def _open_rules(session: Session) -> set[Rule]:
    return {group.rule for group in session.findings.groups()}


def _head(office: Office) -> tuple[int, str]:
    with office.as_person(VERA) as session, session.context.reading() as reader:
        return reader.head()


def _refused(office: Office, passphrase: str, attempt: Callable[[Session], object], code: Code) -> None:
    """Refused for this reason, and nothing at all is stored."""
    before = _head(office)
    with office.as_person(passphrase) as session, pytest.raises(KnownError) as error:
        attempt(session)
    assert error.value.code is code
    assert _head(office) == before


def _both_refused(one: Callable[[], object], other: Callable[[], object], code: Code) -> None:
    for attempt in (one, other):
        with pytest.raises(KnownError) as error:
            attempt()
        assert error.value.code is code


# what Hanna tries


def test_what_the_program_let_her_do_is_found_with_its_entries(month: Month) -> None:
    with month.vilnius.as_person(VERA) as session:
        groups = {group.rule: group.items for group in session.findings.groups()}
        assert session.log.verify().ok
        shown, copied, talked = groups[Rule.AFTER_A_NO]
    assert {(one.about, one.by) for one in (shown, copied, talked)} == {
        ("Mother of Exampleb, Siarhei", "Hanna K.")
    }
    assert all(len(one.entries) == 2 for one in (shown, copied, talked))
    assert {one.about for one in groups[Rule.REPORT_DENIED]} == {"2026-001"}, "withdrawn, and paused"
    assert Rule.FORGED not in groups
    with month.vilnius.as_person(HANNA) as session:
        mine = session.findings.groups()
        digests = tuple(one.digest for one in (shown, copied, talked))
        assert {item.mine for group in mine for item in group.items} == {True}
        with pytest.raises(KnownError) as refused:
            session.findings.review(ReviewFindings(Rule.AFTER_A_NO, digests, "it was urgent"))
        assert refused.value.code is Code.NOT_ALLOWED


def test_what_the_program_refuses_stores_nothing(month: Month) -> None:
    office, mother = month.vilnius, month.mother("stopped")

    def says(answer: AnswerDraft, **values: object) -> Callable[[Session], object]:
        return lambda session: _says(session, mother, answer, **values)

    tomorrow = PartialDate.of(office.clock.now().date() + timedelta(days=2))
    bypass = AnswerDraft("name", "bypassed", "public", reason="a threat")
    _refused(office, HANNA, says(AnswerDraft("contact", "given"), held_on=tomorrow), Code.TALK_IN_FUTURE)
    _refused(office, HANNA, says(AnswerDraft("name", "given"), capacity="self"), Code.NO_STANDING)
    _refused(office, HANNA, says(bypass), Code.BYPASS_UNFIT)
    for name in ("first", "second"):
        _refused(office, HANNA, lambda s: s.slips.bring_in(month.folder / f"{name} answer"), Code.SLIP_USED)  # noqa: B023 - called at once


def test_a_slip_late_or_for_somebody_else(month: Month) -> None:
    office = month.vilnius
    with office.as_person(HANNA) as session:
        _says(session, month.mother("stopped"), AnswerDraft("name", "given", "public"))
    said = _by_slip(month, "third")
    _refused(office, VERA, lambda s: s.slips.bring_in(said), Code.SLIP_NOT_FOR_ME)
    _refused(office, HANNA, lambda s: s.slips.look(month.folder / "third ask"), Code.SLIP_NOT_FOR_ME)
    office.clock.turn(days=15)
    _refused(office, HANNA, lambda s: s.slips.bring_in(said), Code.SLIP_LATE)


@pytest.mark.parametrize("named", ["Vera", "Maria"])
def test_a_second_half_written_below_the_program_is_found_by_everything(month: Month, named: str) -> None:
    """Each half is a whole entry with a true signature: only whom it names is a lie."""
    with month.vilnius.as_person(HANNA) as session:
        answers = AnswerDraft("contact", "given"), AnswerDraft("name", "given", "public")
        _says(session, month.mother("stopped"), *answers, direction="they_came")
        row, later = waits(session), session.context.now() + timedelta(hours=2)
        forged = Countersign(session.context.lasting_id(), 0, row.part, row.id, granted=True, at=later)
        add_by_hand(session, attrs.evolve(forged, by=person_named(session, named)))
        assert not may_be_told(session, month.prisoner("stopped")), "no screen says yes for it either"
    with month.vilnius.as_person(VERA) as session:
        assert not may_be_told(session, month.prisoner("stopped"))
        (group,) = [one for one in session.findings.groups() if one.rule is Rule.FORGED]
        assert [(one.about, one.by) for one in group.items] == [("Mother of Exampled, Siarhei", "Hanna K.")]
        entry = session.log.state().entries
        assert [(one.code, one.sequence) for one in session.log.verify().findings] == [("not_by_two", entry)]
        with pytest.raises(KnownError) as refused:
            session.reports.make(PUBLIC)
        assert refused.value.code is Code.ROW_NOT_IN_LOG
        session.quarters.begin(BeginQuarter(FIRST))
        kinds = {row.key: row.kinds for row in all_rows(session)}
        assert kinds[month.mother("stopped")][0] == of_rule(Rule.FORGED)


def test_her_own_second_half_opens_nothing_and_is_found(month: Month) -> None:
    with month.vilnius.as_person(HANNA) as session:
        _says(session, month.mother("stopped"), AnswerDraft("name", "given", "public"))
        row = waits(session)
        me, at = session.context.me, session.context.now()
        by_hand = Countersign(session.context.lasting_id(), 0, row.part, row.id, granted=True, by=me, at=at)
        add_by_hand(session, by_hand)
        assert not may_be_told(session, month.prisoner("stopped"))
    with month.vilnius.as_person(VERA) as session:
        assert Rule.ONE_PERSON in _open_rules(session)


def test_a_yes_of_no_standing_written_below_the_program_bears_nothing(month: Month) -> None:
    with month.vilnius.as_person(HANNA) as session:
        ctx, day = session.context, session.today()
        answer = Answer("a" * 32, "given", "name", "named_institution", ("Clinic",), ends_on=day)
        talk = Conversation(
            ctx.lasting_id(),
            relative=month.mother("stopped"),
            prisoner=month.prisoner("stopped"),
            capacity="self",
            verified_by="call_back",
            held_on=PartialDate.of(day),
            answers=(answer,),
            recorded_by=ctx.me,
            recorded_at=ctx.now(),
        )
        add_by_hand(session, talk)
        decided = session.consent.decision(month.prisoner("stopped"), "name", "named_institution", ["Clinic"])
        assert not decided.allowed
    with month.vilnius.as_person(VERA) as session:
        session.quarters.begin(BeginQuarter(FIRST))
        kinds = {row.key: row.kinds for row in all_rows(session)}
        assert Change.NO_EVIDENCE in kinds[month.mother("stopped")]


def test_a_no_taken_out_of_the_file_is_found_and_stops_review_and_reports(month: Month) -> None:
    with month.vilnius.as_person(HANNA) as session:
        talks = session.relatives.get(month.mother("refused")).conversations
    with raw(month.vilnius, HANNA) as connection:
        for talk in talks:
            connection.execute("DELETE FROM sealed WHERE id = ?", (talk.id,))
    with month.vilnius.as_person(VERA) as session:
        (group,) = [one for one in session.findings.groups() if one.rule is Rule.MISSING]
        assert len(group.items) == len(talks) == 2
        assert {finding.code for finding in session.log.verify().findings} == {"row_missing"}
        _both_refused(
            lambda: session.quarters.begin(BeginQuarter(FIRST)),
            lambda: session.reports.make(PUBLIC),
            Code.RECORD_DAMAGED,
        )


def test_entries_cut_off_are_found_by_their_rows_and_by_the_proof_line(month: Month) -> None:
    with raw(month.vilnius, HANNA) as connection:
        connection.execute("DELETE FROM entry WHERE sequence > (SELECT max(sequence) FROM entry) - 4")
    with month.vilnius.as_person(VERA) as session:
        assert {finding.code for finding in session.log.verify().findings} >= {"row_not_in_log"}
        assert session.findings.groups(), "they are still told"
        assert session.proofs.compare(month.line).fit is Fit.OLDER


def test_an_old_copy_put_back_is_whole_and_the_proof_line_shows_it(month: Month, tmp_path: Path) -> None:
    shutil.copytree(month.vilnius.folder, tmp_path / "backup")
    _put_back(month.vilnius, month.old)
    with month.vilnius.as_person(VERA) as session:
        assert session.log.verify().ok, "nothing inside the file can tell"
        assert Rule.AFTER_A_NO not in _open_rules(session)
        session.quarters.begin(BeginQuarter(FIRST))
        decide(session, "in_order", *[row.key for row in all_rows(session)])
        found = session.proofs.compare(month.line)
        assert (found.fit, found.missing) == (Fit.OLDER, found.sequence - found.head)
        state = session.quarters.state()
        assert state is not None
        exposed = session.exposure.relative(AskRelative(month.mother("refused"), FIRST, LAST))
        assert exposed.trust.doubted
        review = state.past.id
        _both_refused(
            lambda: session.quarters.sign(review), lambda: session.reports.make(PUBLIC), Code.LOG_DOUBTED
        )
    _put_back(month.vilnius, tmp_path / "backup")
    with month.vilnius.as_person(VERA) as session:
        assert session.proofs.compare(month.line).fit is Fit.FITS
        assert session.doubts.standing() == ()
        assert Rule.AFTER_A_NO in _open_rules(session)


# what Vera does at the end


def test_the_quarter_review_has_all_of_it_and_is_not_signed_around_it(month: Month) -> None:
    with month.vilnius.as_person(VERA) as session:
        review = session.quarters.begin(BeginQuarter(FIRST)).id
        kinds = {row.key: row.kinds for row in all_rows(session)}
        first = {story: kinds[mother][0] for story, (_prisoner, mother) in month.families.items()}
        assert first == {
            "refused": of_rule(Rule.AFTER_A_NO),
            "bypassed": Change.BYPASS,
            "agreed": Change.WIDER,
            "watched": Change.WIDER,
            "stopped": Change.STOP,
        }
        decide(session, "in_order", *[key for key in kinds if key != month.mother("refused")])
        with pytest.raises(KnownError) as refused:
            session.quarters.sign(review)
        assert refused.value.code is Code.QUARTER_OPEN
        decide(session, "stopped", month.mother("refused"), reason="danger")
        session.quarters.sign(review)
        assert session.log.verify().ok
    with month.vilnius.as_person(AUDITOR) as session:
        (past,) = session.quarters.past()
        assert (past.signed_by, past.listed) == ("Vera O.", len(kinds))
        assert session.quarters.doubts(past.id) == ()
        figures = {row.rule: (row.waiting, row.reviewed) for row in session.findings.figures()}
        assert session.findings.groups() == ()
        seen = repr((figures, session.log.rows(), past))
        assert not any(word in seen for word in ("Mother", "Siarhei", "Example"))
        assert leaks_in(seen) == []


def test_marias_computer_is_seized(month: Month) -> None:
    """Who could, who did, what was known, what to do first: for her, and for one mother."""
    with month.vilnius.as_person(VERA) as session:
        session.attention.record(RecordAttention("device_seized", desks=_desks(session)))
        maria = person_named(session, "Maria")
        found = ended(session.exposure.person(AskPerson(maria, FIRST, LAST)))
        assert {row.relative for row in found.rows} == {
            mother for _prisoner, mother in month.families.values()
        }
        assert {(row.access, row.reach) for row in found.rows} == {(Access.HELD, Reach.COULD)}
        assert found.steps[0] is FirstStep.CHECK_LOG
        assert session.log.verify().ok
        hers = session.exposure.relative(AskRelative(month.mother("refused"), FIRST, LAST))
        assert {row.name for row in hers.could} == {"Vera O.", "Hanna K.", "Maria S."}
        assert line(hers.holders, "Hanna K.").reach is Reach.SEEN
        assert line(hers.holders, "Maria S.").reach is Reach.COULD
        did = {(row.deed.did, row.person_name) for row in hers.deeds}
        assert {(Did.SHOWN, "Hanna K."), (Did.COPIED, "Hanna K.")} <= did
        assert hers.steps[:2] == (FirstStep.STOP, FirstStep.ATTENTION)
        agreed = session.exposure.relative(AskRelative(month.mother("agreed"), FIRST, LAST))
        assert {Did.REPORT, Did.SLIP} <= {row.deed.did for row in agreed.deeds}
        assert FirstStep.CALL_BACK in agreed.steps
        then = session.as_of.report(month.report)
        told = next(one for one in then.people if one.prisoner == month.prisoner("agreed"))
        decisions = [(one.then.allowed, one.now.allowed) for one in told.purposes if one.then and one.now]
        assert (True, False) in decisions, "it was allowed when it left, and is not now"


def _desks(session: Session) -> tuple[str, ...]:
    with session.context.reading() as reader:
        return tuple(one.id for one in reader.find(Desk))


def test_the_audit_of_the_month_names_nobody(month: Month, tmp_path: Path) -> None:
    with month.vilnius.as_person(VERA) as session:
        period = Period(FIRST, session.today())
        report = session.reports.make(MakeReport("consent_audit", "en", ("pdf",), period=period)).id
        (path,) = session.approval.approve(ApproveReport(report, tmp_path / "out")).paths
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert not any(word in text for word in ("Example", "Siarhei", "Hanna", "Maria", "Vera", "Clinic"))
    assert leaks_in(text) == []
    assert leaks_in_folder(tmp_path / "out") == {}
