"""Composing a report from today's decisions: the one way both the maker and the approver take.

The approver takes it again inside the transaction that lets a report go, so that what leaves is decided by
the ledger of that moment and never by what a screen once showed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import attrs

from app import vocabulary
from app.domain.consent_audit import Period
from app.domain.errors import Code, KnownError
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.progress import Progress, no_progress, part_of
from app.domain.recipient import Addressed
from app.domain.report import Report, TextBlock, TextStamp
from app.domain.signposts import is_signpost
from app.domain.source import Facility
from app.reports.audit import AuditRequest, compose_audit
from app.reports.compose import Composition, Request, compose
from app.reports.cover import with_covers
from app.reports.elsewhere.kinds import ELSEWHERE
from app.reports.growth import compose_growth
from app.reports.kind_file import shipped_kind
from app.reports.kinds import Audience, ReportKind
from app.reports.message import check_message, compose_message
from app.reports.occasions import MESSAGE
from app.reports.public import compose_public
from app.reports.standing import Candidate
from app.services.addressing import check_as_made, meant, names_said
from app.services.context import Context
from app.services.counted_before import counted_before
from app.services.deciding import decide_kind
from app.services.public_texts import checked_texts
from app.services.report_pictures import with_portraits
from app.services.report_recipients import addressee, check_godparent, key_for, mail_address, prisoners_of
from app.services.same_person import rooted
from app.services.stamps import without_unstamped

_YEAR: Final = timedelta(days=366)


@attrs.frozen
class Wanted:
    """What somebody asked a report to be.

    Attributes:
        prisoners: ids; empty means everyone.
        recipients: whom it is for, as a report keeps them (`addressing.letter_for`).
        addressed: those of them that are records.
        period: for a kind that counts, or is about birthdays in it.
        at_entry: the newest entry of the log a kind that counts looks at.
        coarser: tables of public figures that are merged further than planned, `charges:1`.
        cover: a page before it with rules for handling, in the languages of its recipients.
        counts: its maker knows who refused to be counted, so that figures can stand in it.
        counted_before: how many were in the figures only of earlier reports that left.
    """

    kind: ReportKind
    language: str
    number: str
    day: date
    prisoners: tuple[str, ...]
    texts: tuple[TextBlock, ...]
    recipients: tuple[str, ...]
    title: str = ""
    period: Period | None = None
    at_entry: int = 0
    counts: bool = True
    addressed: tuple[Addressed, ...] = ()
    coarser: tuple[str, ...] = ()
    cover: bool = False
    counted_before: tuple[int, ...] = ()

    @classmethod
    def again(cls, report: Report, kind: ReportKind) -> Wanted:
        """What an existing report asked for.

        Raises:
            KnownError: REPORT_CHANGED when the kind is another version now.
        """
        if report.kind_version != kind.version or report.day is None:
            raise KnownError(Code.REPORT_CHANGED)
        return cls(
            kind.made_of(chosen=not report.everyone),
            report.language,
            report.number,
            report.day,
            () if report.everyone else report.prisoners,
            report.texts,
            report.recipients,
            report.title,
            period_of(report),
            report.decided_at_entry or 0,
            counts=not report.without_figures,
            addressed=report.addressed,
            coarser=report.coarser,
            cover=report.cover,
        )


def period_of(report: Report) -> Period | None:
    """What a report of figures is about."""
    if report.period_from is None or report.period_to is None:
        return None
    return Period(report.period_from, report.period_to)


def composed_again(ctx: Context, reader: Reader, report: Report) -> Composition:
    """What a report would be today.

    Raises:
        KnownError: ROW_NOT_IN_LOG; REPORT_KIND_UNKNOWN; RECIPIENT_CHANGED; REPORT_CHANGED where that is
            anything else than what was made, of a file made elsewhere where it names somebody who may not
            be named.
    """
    reader.check_rows(Report, [report.id])  # before anything it says of itself is believed
    kind = shipped_kind(report.report_kind)
    check_as_made(reader, kind, report)
    composition = compose_today(ctx, reader, Wanted.again(report, kind))
    if kind.layout == ELSEWHERE:
        if set(rooted(reader, report.carried)) - set(composition.named):
            raise KnownError(Code.REPORT_CHANGED)
        return composition
    if composition.report.fingerprint() != report.composed_sha256:
        raise KnownError(Code.REPORT_CHANGED)
    return composition


def check_wanted(wanted: Wanted, formats: Sequence[str]) -> None:
    """Refuse what the kind does not offer.

    Raises:
        KnownError: REPORT_FORMAT_UNKNOWN, REPORT_TOO_MANY, INVALID_FIELD (what a message or kind lacks).
    """
    if wanted.kind.layout == MESSAGE:
        check_message(wanted.kind, wanted.prisoners, wanted.recipients, wanted.texts)
    if not formats or not set(formats) <= set(wanted.kind.formats):
        raise KnownError(Code.REPORT_FORMAT_UNKNOWN)
    if wanted.language not in wanted.kind.languages:
        raise KnownError(Code.INVALID_FIELD, "language", field="language")
    if wanted.kind.names_recipient and not wanted.recipients:
        raise KnownError(Code.INVALID_FIELD, "recipients", field="recipients")
    if wanted.kind.most and not 1 <= len(wanted.prisoners) <= wanted.kind.most:
        raise KnownError(Code.REPORT_TOO_MANY, most=wanted.kind.most)
    if wanted.kind.takes_period != (wanted.period is not None):
        raise KnownError(Code.INVALID_FIELD, "period", field="period")
    if wanted.period is not None and wanted.kind.counts_only:
        wanted.period.check(wanted.day)
    elif wanted.period is not None and not timedelta(0) <= wanted.period.last - wanted.period.first < _YEAR:
        raise KnownError(Code.INVALID_FIELD, "period", field="period")


def compose_today(
    context: Context, reader: Reader, wanted: Wanted, progress: Progress = no_progress
) -> Composition:
    """Decide every field of every person today and compose.

    Raises:
        KnownError: NOT_FOUND, ROW_NOT_IN_LOG, CANCELLED.
    """
    composed = _composed(context, reader, wanted, progress)
    if not wanted.cover:
        return composed
    return with_covers(composed, wanted, [one.language for one in wanted.addressed])


def _composed(context: Context, reader: Reader, wanted: Wanted, progress: Progress) -> Composition:
    if wanted.kind.counts_only and wanted.period is not None:
        return _compose_counts(context, reader, wanted, wanted.period, progress)
    if wanted.kind.layout == MESSAGE:
        candidates = candidates_today(context, reader, wanted, progress)
        request = _request(wanted, candidates, names_said(reader, wanted.recipients, wanted.addressed))
        return compose_message(request, mail_address(reader, wanted.recipients))
    called = addressee(reader, wanted.kind, wanted.recipients, wanted.addressed)
    candidates = candidates_today(context, reader, wanted, part_of(progress, 0, 3, 4))
    shown = with_portraits(context, reader, wanted.kind, candidates, part_of(progress, 3, 4, 4))
    wanted = attrs.evolve(wanted, counted_before=counted_before(reader, wanted.kind, wanted.number))
    return compose_decided(wanted, shown, called)


def _compose_counts(
    context: Context, reader: Reader, wanted: Wanted, period: Period, progress: Progress
) -> Composition:
    if wanted.kind.sized:
        from app.services.public_figures import public_wanted

        return compose_public(public_wanted(context, reader, wanted, period, progress))
    if not wanted.kind.audits:
        from app.services.growth import growth_wanted

        return compose_growth(growth_wanted(reader, wanted, period))
    from app.services.consent_audit import Scope, count_audit

    counts = count_audit(context, reader, Scope(period, wanted.day, wanted.at_entry), progress)
    return compose_audit(
        AuditRequest(
            wanted.kind,
            wanted.language,
            wanted.number,
            wanted.day,
            period,
            wanted.at_entry,
            counts,
            wanted.title,
            wanted.texts,
        )
    )


def candidates_today(
    context: Context, reader: Reader, wanted: Wanted, progress: Progress = no_progress
) -> tuple[Candidate, ...]:
    """Everybody a report could carry with what was decided for each of their fields today.

    Raises:
        KnownError: NOT_FOUND, ROW_NOT_IN_LOG, CANCELLED; GODPARENT_NOT_BRIEFED.
    """
    check_godparent(reader, wanted.kind, wanted.recipients)
    prisoners = _people(reader, wanted)
    reader.check_rows(Prisoner, [prisoner.id for prisoner in prisoners])
    texts = checked_texts(reader)
    reader.check_rows(TextStamp, [stamp.id for stamp in reader.find(TextStamp)])
    facilities = _facilities(reader, prisoners)
    whom = meant(reader, wanted.kind, wanted.recipients, wanted.addressed)
    decisions = decide_kind(context, reader, prisoners, wanted.kind, whom, progress)
    return tuple(
        Candidate(
            prisoner,
            facilities.get(prisoner.facility or ""),
            without_unstamped(reader, texts.get(prisoner.id), decisions.fields[prisoner.id]),
            prisoner.id not in decisions.not_counted,
            texts.get(prisoner.id),
        )
        for prisoner in prisoners
    )


def compose_decided(wanted: Wanted, candidates: tuple[Candidate, ...], called: str = "") -> Composition:
    """Compose from decisions that were made; `called` is how the pages name the recipient."""
    return compose(_request(wanted, candidates, called))


def _request(wanted: Wanted, candidates: tuple[Candidate, ...], called: str) -> Request:
    return Request(
        kind=wanted.kind,
        counts=wanted.counts,
        language=wanted.language,
        number=wanted.number,
        day=wanted.day,
        candidates=candidates,
        title=wanted.title,
        addressee=called,
        blocks=wanted.texts,
        term=vocabulary.word,
        period=wanted.period,
        pseudonym_key=key_for(wanted.recipients),
        counted_before=wanted.counted_before,
    )


def _people(reader: Reader, wanted: Wanted) -> list[Prisoner]:
    if wanted.kind.audience is Audience.GODPARENT:
        return _people_of(reader, wanted)
    if not wanted.prisoners:
        return [one for one in reader.find(Prisoner) if not is_signpost(one)]
    people = rooted(reader, wanted.prisoners)
    found = reader.get_many(Prisoner, people)
    missing = [key for key in people if key not in found]
    if missing:
        raise KnownError(Code.NOT_FOUND, *missing)
    return [found[key] for key in people]


def _people_of(reader: Reader, wanted: Wanted) -> list[Prisoner]:
    """Only whom this godparent stands up for, whoever was asked for."""
    theirs = prisoners_of(reader, wanted.recipients[0])
    chosen = set(rooted(reader, wanted.prisoners)) if wanted.prisoners else set(theirs)
    found = reader.get_many(Prisoner, [one for one in theirs if one in chosen])
    return [found[one] for one in theirs if one in found]


def _facilities(reader: Reader, prisoners: Sequence[Prisoner]) -> Mapping[str, Facility]:
    facilities = reader.get_many(Facility, {one.facility for one in prisoners if one.facility})
    reader.check_rows(Facility, list(facilities))
    return facilities
