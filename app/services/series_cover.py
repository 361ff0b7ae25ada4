"""What a series covers of a report that is to leave, and what it does not: asked anew every time.

The approval stands for people, fields, grounds and words the second person saw. Whoever is new, said no
meanwhile, or is told something nobody had seen then, needs the second person. What is told less is fine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum

import attrs

from app.domain.canonical import Plain, canonical_bytes
from app.domain.clock import local_day
from app.domain.consent_facts import AnswerFact, Says
from app.domain.own_term import EXTENDABLE, OwnTerm
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.report import Report
from app.domain.roles import Action, permission
from app.domain.series import ReportSeries, ReportSeriesEnd, last_day
from app.domain.source import Facility
from app.reports.compose import Composition
from app.reports.covering import of_places, vocabularies
from app.reports.elsewhere.kinds import ELSEWHERE
from app.reports.kinds import ReportKind
from app.services.context import Context
from app.services.facts import read_ledger
from app.services.vouched import maker_of
from app.services.written_once import roles_when_writing, written_once_by


class Gap(StrEnum):
    """Why a series does not cover a report."""

    ENDED = "ended"
    OVER = "over"
    NOT_SIGNED = "not_signed"
    APPROVER_GONE = "approver_gone"
    APPROVER_MADE_IT = "approver_made_it"
    KIND = "kind"
    RECIPIENTS = "recipients"
    WORDS = "words"
    PLACES = "places"
    OWN_WORDS = "own_words"
    NEW_PEOPLE = "new_people"
    SAID_NO = "said_no"
    FIELDS = "fields"
    TYPED = "typed"


@attrs.frozen
class Uncovered:
    """One reason, and the ids of whom it is about."""

    gap: Gap
    people: tuple[str, ...] = ()


def words_of(report: Report) -> str:
    """Fingerprint of everything somebody wrote for a report."""
    texts: list[Plain] = [[block.what, block.text] for block in report.texts]
    return hashlib.sha256(canonical_bytes({"texts": texts, "title": report.title})).hexdigest()


def last_day_of(ctx: Context, reader: Reader, series: ReportSeries) -> date:
    """The last day it stands: what it says itself, and never later than three months after its log entry."""
    entry = reader.entry(reader.written(series.id)[0].sequence)
    latest = last_day(local_day(entry.moment, ctx.time_zone))
    return min(series.until, latest) if series.until is not None else date.min


def why_not_standing(ctx: Context, reader: Reader, series: ReportSeries) -> Gap | None:
    """Why a series stands no more, whatever it would be asked to cover; None while it stands."""
    by = series.approved_by or ""
    if not written_once_by(reader, series.id, by) or by == maker_of(reader, series.report or ""):
        return Gap.NOT_SIGNED
    if not permission(roles_when_writing(reader, series.id, by), Action.APPROVE_REPORT).allowed:
        return Gap.NOT_SIGNED
    if reader.find(ReportSeriesEnd, series=series.id):
        return Gap.ENDED
    if not permission(ctx.roles_of(by), Action.APPROVE_REPORT).allowed or not ctx.knows(by):
        return Gap.APPROVER_GONE
    began = reader.entry(reader.written(series.id)[0].sequence).moment
    if ctx.today() > last_day_of(ctx, reader, series) or ctx.now() < began:
        return Gap.OVER
    return None


def uncovered(
    ctx: Context, reader: Reader, series: ReportSeries, kind: ReportKind, report: Report, now: Composition
) -> tuple[Uncovered, ...]:
    """Everything of a report a series does not cover; nothing where it may leave with it.

    Args:
        report: as it was made.
        now: the same, composed from today's decisions.

    Raises:
        KnownError: ROW_NOT_IN_LOG.
    """
    reader.check_rows(ReportSeries, [series.id])
    gap = why_not_standing(ctx, reader, series)
    if gap is not None:
        return (Uncovered(gap),)
    found = [Uncovered(each) for each in _frame(reader, series, kind, report)]
    found += _places_and_words(reader, series, kind, now)
    return (*found, *_people(ctx, reader, series, now))


def best_for(
    ctx: Context, reader: Reader, kind: ReportKind, report: Report, now: Composition
) -> tuple[ReportSeries | None, tuple[Uncovered, ...]]:
    """The series that covers a report, else the one that lacks least of it, with what is lacking."""
    if kind.layout == ELSEWHERE:
        return None, ()  # nobody knows what the next one says
    known = reader.find(ReportSeries, report_kind=kind.name, language=report.language)
    looked = [(one, uncovered(ctx, reader, one, kind, report, now)) for one in known]
    if not looked:
        return None, ()
    looked.sort(key=lambda pair: str(pair[0].approved_at or ""), reverse=True)
    return min(looked, key=lambda pair: (len(pair[1]), any(not one.people for one in pair[1])))


def _frame(reader: Reader, series: ReportSeries, kind: ReportKind, report: Report) -> Iterator[Gap]:
    if series.approved_by in (report.made_by, maker_of(reader, report.id)):
        yield Gap.APPROVER_MADE_IT
    same = (series.report_kind, series.kind_version, series.language, series.cover)
    is_now = (report.report_kind, report.kind_version, report.language, report.cover)
    if (
        same != is_now
        or kind.version != series.kind_version
        or not set(report.formats) <= set(series.formats)
    ):
        yield Gap.KIND
    if (series.recipients, series.addressed) != (report.recipients, report.addressed):
        yield Gap.RECIPIENTS
    if series.words_sha256 != words_of(report):
        yield Gap.WORDS


def _places_and_words(
    reader: Reader, series: ReportSeries, kind: ReportKind, now: Composition
) -> Iterator[Uncovered]:
    """Words of places and of this case file are somebody's words too: they have to be those of then."""
    began = reader.written(series.id)[0].sequence

    def is_new(records: Iterable[Facility | OwnTerm]) -> set[str]:
        return {str(one.id) for one in records if reader.version_at(one.id, began) != one.version}

    if of_places(kind.columns):
        people = reader.get_many(Prisoner, now.named)
        held = reader.get_many(Facility, {one.facility for one in people.values() if one.facility})
        places = is_new(held.values())
        there = tuple(key for key, one in people.items() if one.facility in places)
        if there:
            yield Uncovered(Gap.PLACES, there)
    if vocabularies(kind.columns) & set(EXTENDABLE) and is_new(reader.find(OwnTerm)):
        yield Uncovered(Gap.OWN_WORDS)


def _people(ctx: Context, reader: Reader, series: ReportSeries, now: Composition) -> Iterator[Uncovered]:
    then = {
        person: (dict(_column(one) for one in told.split(",") if one), typed)
        for person, told, typed in zip(series.people, series.told, series.typed, strict=False)
    }
    new = [person for person in now.named if person not in then]
    fields: list[str] = []
    typed: list[str] = []
    for person, told in zip(now.named, now.covered, strict=True):
        if person not in then:
            continue
        seen, words = then[person]
        if any(seen.get(column) != grounds for column, grounds in map(_column, told.fields)):
            fields.append(person)
        if words != told.typed:
            typed.append(person)
    said_no = _said_no_since(ctx, reader, series, [one for one in now.named if one in then])
    for gap, people in (
        (Gap.NEW_PEOPLE, new),
        (Gap.SAID_NO, said_no),
        (Gap.FIELDS, fields),
        (Gap.TYPED, typed),
    ):
        if people:
            yield Uncovered(gap, tuple(people))


def _said_no_since(ctx: Context, reader: Reader, series: ReportSeries, people: list[str]) -> list[str]:
    """Who said no to something, or took something back, since: even if they have agreed again."""
    if not reader.has_desk_key or not people:
        return []
    ledger = read_ledger(ctx, reader, set(people))
    began = reader.entry(reader.written(series.id)[0].sequence).moment
    return [one for one in people if one in ledger.prisoners and _no_after(ledger.facts(one).answers, began)]


def _no_after(answers: Iterable[AnswerFact], began: datetime) -> bool:
    noes = (one for one in answers if one.says in (Says.NO, Says.TAKES_BACK))
    return any(one.recorded_at is None or one.recorded_at > began for one in noes)


def _column(told: str) -> tuple[str, str]:
    column, _equals, grounds = told.partition("=")
    return column, grounds


def told_words(now: Composition) -> tuple[str, ...]:
    """What a series keeps of the columns of everybody a report names, in their order."""
    return tuple(",".join(one.fields) for one in now.covered)
