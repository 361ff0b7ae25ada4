"""Protects: the consent audit counts what the file holds, names nobody, and is made by officers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.domain.clock import local_day
from app.domain.consent_audit import Counts, Period
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.quarter import Outcome
from app.domain.report import Report, TextBlock
from app.i18n import translator
from app.reports.audit_tables import TABLES
from app.services.approval import ApproveReport
from app.services.composing import Wanted, compose_today
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.consent_audit import Scope, count_audit
from app.services.findings import ReviewFindings
from app.services.identities import CopyNumber, ShowIdentity
from app.services.people import AddPerson
from app.services.prisoners import CreatePrisoner, PlaceHold
from app.services.quarters import BeginQuarter
from app.services.relatives import PlaceRelativeHold
from app.services.reports import MakeReport
from app.services.session import Session
from tests.canaries import NOTE, RELATIVE_NAME, RELATIVE_NAME_BE, RELATIVE_PHONE, leaks_in, leaks_in_folder
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
from tests.services.test_quarters import sign_all

_TALK = {"channel": "signal", "verified_by": "call_back", "whereabouts": "outside", "note": NOTE}
_FIRST = date(2026, 11, 1)
_LAST = date(2026, 11, 22)


def _audit(first: date = _FIRST, last: date = _LAST, language: str = "en", **more: object) -> MakeReport:
    values: dict[str, object] = {"period": Period(first, last), **more}
    return MakeReport("consent_audit", language, ("pdf",), **values)  # type: ignore[arg-type]


def _family(session: Session) -> str:
    prisoner = session.prisoners.create(
        CreatePrisoner(
            {
                "family_name": "Kvitkavets",
                "given_name": "Siarhei",
                "born": PartialDate(1979, 12, 12),
                "status": "penal_colony",
                "country": "BY",
            }
        )
    ).id
    return add_mother(session, prisoner, full_name=RELATIVE_NAME, phones=(RELATIVE_PHONE,))


def _say(session: Session, relative: str, *answers: AnswerDraft, **values: object) -> str:
    return session.consent.record(RecordConversation(relative, {**_TALK, **values}, answers)).id


@pytest.fixture
def worked(office: Office) -> Office:
    """A month of work about one family whose every name is a canary."""
    with office.as_person(COORDINATOR) as session:
        mother = _family(session)
        _say(session, mother, AnswerDraft("contact", "given"), AnswerDraft("name", "refused", "public"))
        session.relatives.show(ShowIdentity(mother))
        _say(session, mother, AnswerDraft("photo", "withdrawn", "public"), direction="they_came")
        session.relatives.place_hold(PlaceRelativeHold(mother, "danger"))
    return office


def _counts(session: Session, period: Period, at_entry: int | None = None) -> Counts:
    with session.context.reading() as reader:
        scope = Scope(period, session.context.today(), at_entry or reader.head()[0])
        return count_audit(session.context, reader, scope)


def _values(counts: Counts, table: str) -> dict[str, tuple[int | str, ...]]:
    return {row.key: row.values for row in counts[table]}


def test_it_counts_what_was_done(worked: Office) -> None:
    with worked.as_person(OFFICER) as session:
        counts = _counts(session, Period(_FIRST, _LAST))
    answers = _values(counts, "answers")
    assert answers["contact"] == (1, 0, 0, 0, 0)
    assert answers["name"] == (0, 1, 0, 0, 0)
    assert answers["photo"] == (0, 0, 1, 0, 0)
    assert _values(counts, "showing")["with_a_yes"] == (1, 0, 0)
    assert _values(counts, "stops")["relative"] == (1, 0, 1)
    assert _values(counts, "reviewed")["talks"] == (2,)
    denied = _values(counts, "denied")
    assert {sum(int(row[n]) for row in denied.values()) for n in range(3)} == {1}


def test_what_came_in_after_the_entry_or_outside_the_period_does_not_count(worked: Office) -> None:
    with worked.as_person(OFFICER) as session:
        head = session.log.state().entries
        before = _counts(session, Period(_FIRST, _LAST), head)
    with worked.as_person(COORDINATOR) as session:
        mother = session.relatives.rows()[0].id
        _say(session, mother, AnswerDraft("letters", "refused"), direction="they_came")
        session.relatives.show(ShowIdentity(mother, "danger", "They search his flat"))
    with worked.as_person(OFFICER) as session:
        after = _counts(session, Period(_FIRST, _LAST), head)
        assert {key: after[key] for key in after if key != "findings"} == {
            key: before[key] for key in before if key != "findings"
        }
        assert _counts(session, Period(_FIRST, _LAST)) != before
        empty = _counts(session, Period(_FIRST, _FIRST))
        assert not any(any(row.values) for row in empty["answers"])
        assert _values(empty, "log")["entries"] == (0,)


def test_random_files_count_as_a_slow_recount_does(office: Office) -> None:
    chance = random.Random(11)
    with office.as_person(COORDINATOR) as session:
        families = [_family(session) for _ in range(3)]
        given: list[str] = []
        for _ in range(14):
            office.clock.turn(days=chance.randrange(4))
            kind = chance.choice(("given", "refused", "withdrawn", "entered_in_error", "deferred"))
            purpose = chance.choice(("contact", "letters", "name", "photo"))
            answer = AnswerDraft(purpose, kind, "internal" if kind == "given" else "public")
            if kind == "entered_in_error":
                if not given:
                    continue
                relative, taken, purpose = given.pop().split()
                answer = AnswerDraft(purpose, kind, cancels=taken, reason="typed twice")
            else:
                relative = chance.choice(families)
            talk = _say(session, relative, answer, direction="they_came")
            if kind == "given":
                with session.context.reading() as reader:
                    (facts,) = reader.relative_facts(ids=[relative])
                made = next(one for one in facts.conversations if one.id == talk)
                given.append(f"{relative} {made.answers[0].answer} {purpose}")
    with office.as_person(OFFICER) as session:
        today = session.context.today()
        period = Period(today - timedelta(days=12), today - timedelta(days=3))
        counts = _counts(session, period)
        with session.context.reading() as reader:
            talks = [talk for one in reader.relative_facts() for talk in one.conversations]
    by_id = {answer.answer: answer for talk in talks for answer in talk.answers}
    slow: Counter[tuple[str, str, int]] = Counter()
    columns = {"given": 0, "refused": 1, "withdrawn": 2, "entered_in_error": 3}
    for held in talks:
        assert held.recorded_at is not None
        if not period.first <= local_day(held.recorded_at, "Europe/Vilnius") <= period.last:
            continue
        for said in held.answers:
            about = by_id.get(said.cancels, said)
            if said.kind in columns:
                slow[("answers", about.purpose, columns[said.kind])] += 1
                slow[("audiences", about.audience, columns[said.kind])] += 1
    assert slow
    for table in ("answers", "audiences"):
        for row in counts[table]:
            assert row.values[:4] == tuple(slow[(table, row.key, n)] for n in range(4)), (table, row.key)


def test_reports_findings_and_the_log_are_counted(worked: Office, tmp_path: Path) -> None:
    with worked.as_person(OFFICER) as session:
        groups = session.findings.groups()
        for group in groups:
            digests = tuple(item.digest for item in group.items)
            session.findings.review(ReviewFindings(group.rule, digests, "looked at"))
        dropped = session.reports.make(_audit()).id
        session.reports.drop(dropped)
        counts = _counts(session, Period(_FIRST, _LAST))
        entries = session.log.state().entries
    assert _values(counts, "reports") == {
        "made": (1,),
        "left": (0,),
        "refused": (0,),
        "came_back": (0,),
        "dropped": (1,),
    }
    assert _values(counts, "log")["entries"] == (entries,)
    assert _values(counts, "log_state")["checked"] == (entries,)
    assert sum(int(row[1]) for row in _values(counts, "findings").values()) == sum(
        len(group.items) for group in groups
    )
    assert not any(int(row[0]) for row in _values(counts, "findings").values())


@pytest.mark.parametrize("language", ["en", "de", "be"])
def test_it_leaves_checked_without_a_planted_name(worked: Office, tmp_path: Path, language: str) -> None:
    out = tmp_path / "out"
    with worked.as_person(OFFICER) as session:
        report = session.reports.make(_audit(language=language)).id
        assert session.approval.pending() == (report,)  # there is no other officer
        searched = session.approval.search_names(report)
        assert (searched.found, searched.to_judge) == ((), ())
        (path,) = session.approval.approve(ApproveReport(report, out)).paths
        with session.context.reading() as reader:
            kept = reader.get(Report, report)
        assert kept.state == "done"
        assert (kept.named, kept.figures_only, kept.left_out, kept.carried) == (0, 0, 0, ())
        assert (kept.period_from, kept.period_to) == (_FIRST, _LAST)
        assert len(kept.files[0].sha256) == 64
        assert session.log.verify().ok
    assert path.name == f"2026-001-consent-audit-{language}.pdf"
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert "2026-001" in text
    assert leaks_in(text) == []
    assert leaks_in_folder(out) == {}


def test_the_same_audit_twice_has_the_same_bytes_and_figures(worked: Office) -> None:
    with worked.as_person(OFFICER) as session:
        command = _audit()
        with session.context.reading() as reader:
            from app.reports.draft import write_one
            from app.reports.kind_file import shipped_kind

            kind, day = shipped_kind("consent_audit"), session.context.today()
            wanted = Wanted(kind, "en", "2026-009", day, (), (), (), "", command.period, reader.head()[0])
            first, second = (
                write_one(compose_today(session.context, reader, wanted).report, "pdf") for _ in range(2)
            )
        assert first == second


def test_only_officers_make_it_or_look_at_it(worked: Office) -> None:
    with worked.as_person(OFFICER) as session:
        report = session.reports.make(_audit()).id
        assert "consent_audit" in {kind.name for kind in session.reports.offered()}
    for passphrase in (COORDINATOR, REPORTS, AUDITOR):
        with worked.as_person(passphrase) as session:
            assert "consent_audit" not in {kind.name for kind in session.reports.offered()}
            attempts: tuple[Callable[[Session], object], ...] = (
                lambda s: s.reports.make(_audit()),
                lambda s: s.reports.preview(_audit()),
                lambda s: s.reports.content(report, "pdf"),
                lambda s: s.reports.get(report),
                lambda s: s.approval.approve(ApproveReport(report, Path("nowhere"))),
            )
            for attempt in attempts:
                with pytest.raises(KnownError) as refused:
                    attempt(session)
                assert refused.value.code in (Code.NOT_ALLOWED, Code.NEEDS_DESK_KEY)


def test_another_officer_has_to_approve_where_there_is_one(worked: Office, tmp_path: Path) -> None:
    with worked.as_person(OFFICER) as session, pytest.raises(KnownError) as waits:
        session.people.add(AddPerson("Nina P.", ("officer",), SECOND_COORDINATOR))
    with worked.as_person(COORDINATOR) as session:
        session.people.confirm(waits.value.ids[0], granted=True)
    with worked.as_person(OFFICER) as session:
        report = session.reports.make(_audit()).id
        assert session.approval.pending() == ()
        with pytest.raises(KnownError) as refused:
            session.approval.approve(ApproveReport(report, tmp_path / "out"))
        assert refused.value.code is Code.SAME_PERSON_TWICE
    worked.clock.turn(days=1)  # figures are those of the day of the report, whoever approves it when
    with worked.as_person(SECOND_COORDINATOR) as session:
        assert session.approval.pending() == (report,)
        assert len(session.approval.approve(ApproveReport(report, tmp_path / "out")).paths) == 1


def test_what_changes_the_figures_keeps_it_here(worked: Office, tmp_path: Path) -> None:
    with worked.as_person(OFFICER) as session:
        report = session.reports.make(_audit()).id
        for number in range(6):
            add_prisoner(session, given_name=f"Ales{number}")
        with pytest.raises(KnownError) as refused:
            session.approval.approve(ApproveReport(report, tmp_path / "out"))
        assert refused.value.code is Code.REPORT_CHANGED
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", [RELATIVE_NAME, RELATIVE_NAME_BE, "Hanna K.", "Siarhei Kvitkavets"])
def test_a_name_typed_into_it_is_found(worked: Office, tmp_path: Path, name: str) -> None:
    words = TextBlock("paragraph", f"{name} was asked twice.")
    with worked.as_person(OFFICER) as session:
        report = session.reports.make(_audit(texts=(words,))).id
        with pytest.raises(KnownError) as refused:
            session.approval.approve(ApproveReport(report, tmp_path / "out"))
        assert refused.value.code is Code.REPORT_NAME_FOUND


def test_bad_periods_and_people_are_refused(worked: Office) -> None:
    with worked.as_person(OFFICER) as session:
        for command in (
            MakeReport("consent_audit", "en", ("pdf",)),
            _audit(_LAST, _FIRST),
            _audit(_FIRST, _LAST + timedelta(days=1)),
            MakeReport("public_list", "en", ("pdf",), period=Period(_FIRST, _LAST)),
        ):
            with pytest.raises(KnownError) as refused:
                session.reports.make(command)
            assert refused.value.code is Code.INVALID_FIELD
        with pytest.raises(KnownError) as format_refused:
            session.reports.make(MakeReport("consent_audit", "en", ("xlsx",), period=Period(_FIRST, _LAST)))
        assert format_refused.value.code is Code.REPORT_FORMAT_UNKNOWN
        assert session.reports.rows() == ()


def test_stops_lifted_and_names_copied_are_counted(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = _family(session)
        _say(session, mother, AnswerDraft("contact", "given"))
        session.relatives.show(ShowIdentity(mother))
        session.relatives.copy_number(CopyNumber(mother, "phones", 0))
        prisoner = add_prisoner(session)
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger")).id
    office.clock.turn(days=2)
    with office.as_person(COORDINATOR) as session:
        session.prisoners.lift_hold(hold)
    with office.as_person(OFFICER) as session:
        session.consent.confirm_lift(hold, granted=True)
        stops = _values(_counts(session, Period(_FIRST, _LAST + timedelta(days=2))), "stops")
        assert stops["prisoner"] == (1, 1, 0)
        assert _values(_counts(session, Period(_FIRST, _LAST)), "stops")["prisoner"] == (1, 0, 1)
        assert _values(_counts(session, Period(_FIRST, _LAST)), "showing")["with_a_yes"] == (1, 1, 0)
        later = _counts(session, Period(_FIRST, _LAST + timedelta(days=2)))
        assert _values(later, "decided")["two"] == (1,)


def test_a_signed_quarter_review_is_counted_and_one_under_way_is_not(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        _say(session, _family(session), AnswerDraft("contact", "given"), direction="they_came")
    with office.as_person(OFFICER) as session:
        today = session.context.today()
        period = Period(today - timedelta(days=30), today)
        session.quarters.begin(BeginQuarter(today - timedelta(days=30)))
        before = _counts(session, period)
        assert _values(before, "log")["quarters"] == (0,)
        assert not any(row.values[0] for row in before["quarters"])
        sign_all(session)
        after = _counts(session, period)
        assert _values(after, "log")["quarters"] == (1,)
        (past,) = session.quarters.past()
        assert _values(after, "quarters")["in_order"] == (past.outcomes[Outcome.IN_ORDER],)
        assert past.outcomes[Outcome.IN_ORDER] > 0


def test_what_one_person_only_asked_for_was_not_used_without_a_yes(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        draft = AnswerDraft("health", "bypassed", "named_institution", ("Clinic",), reason="insulin")
        _say(session, _family(session), draft)
    period = Period(_FIRST, _LAST)
    with office.as_person(OFFICER) as session:
        assert _values(_counts(session, period), "decided")["bypass"] == (0,)
        (waits,) = session.consent.waiting()
        session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
        assert _values(_counts(session, period), "decided")["bypass"] == (1,)


def test_no_word_of_the_german_heads_is_a_family_name() -> None:
    """*Kraft* is one; heads break, and it stood alone on a line of a page that names nobody."""
    heads = {head for table in TABLES.values() for head in table.columns}
    words = {word for head in heads for word in translator("de")(head).split()}
    assert words.isdisjoint({"Kraft", "Lang", "Stark", "Klein", "Gross", "Kurz"})
