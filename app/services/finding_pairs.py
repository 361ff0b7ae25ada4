"""Two halves of one decision, whatever it was: answers, stops, trust, changes, reviews, reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.conversation import Conversation, Countersign
from app.domain.finding_facts import Pair
from app.domain.hold import Hold, RelativeHold
from app.domain.ports import Reader
from app.domain.proposal import Proposal, ProposalStep
from app.domain.report import Report
from app.domain.review import Review, ReviewConfirmation
from app.domain.series import ReportSeries
from app.domain.two_people import CONFIRMED, SourceTrust, Stop
from app.services.context import Context
from app.services.folding import relative_stops_in, stops_in, trusts_in
from app.services.kind_versions import versions_in

_Half = tuple[str, str | None, datetime | None]
"""Record, by whom, when."""
Halves = tuple[_Half, _Half, str, str]
"""The first, the second, and noun and id of what they are about."""
_ON: Final = {"prisoner": "prisoner", "relative": "relative", "godparent": "godparent"}


def pairs_in(ctx: Context, reader: Reader) -> list[Pair]:
    """Every decision two people took, in the time zone of the case file. Raises KnownError NEEDS_DESK_KEY."""
    signs = [one for one in reader.find(Countersign) if one.granted]
    trusts, stops, closed = trusts_in(reader), stops_in(reader), relative_stops_in(reader)
    return [
        *pairs_of(ctx, of_answers(signs, talks_of(reader, signs))),
        *other_pairs(ctx, reader, trusts, stops, closed),
    ]


def other_pairs(
    ctx: Context,
    reader: Reader,
    trusts: Iterable[SourceTrust],
    stops: Iterable[Stop[Hold]],
    closed: Iterable[Stop[RelativeHold]],
) -> list[Pair]:
    """The same of everything but answers. Raises KnownError NEEDS_DESK_KEY."""
    changes = of_changes(reader, (one for one in reader.find(ProposalStep) if one.granted))
    reviews = of_reviews(reader, (one for one in reader.find(ReviewConfirmation) if one.granted))
    every = (*changes, *reviews, *_of_trusts(trusts), *_of_stops((*stops, *closed)), *_of_reports(reader))
    return pairs_of(ctx, every)


def pairs_of(ctx: Context, found: Iterable[Halves]) -> list[Pair]:
    """Those whose two moments are known, in the time zone of the case file."""
    zone = ZoneInfo(ctx.time_zone)
    return [
        Pair(
            first[0],
            second[0],
            first[1] or "",
            second[1] or "",
            first[2].astimezone(zone),
            second[2].astimezone(zone),
            noun,
            about,
        )
        for first, second, noun, about in found
        if first[2] is not None and second[2] is not None
    ]


def talks_of(reader: Reader, signs: Iterable[Countersign]) -> dict[str, Conversation]:
    """The talks in which was said what these say yes or no to."""
    wanted = _ids(sign.conversation for sign in signs)
    return reader.get_many(Conversation, wanted) if wanted else {}


def of_answers(signs: Iterable[Countersign], talks: Mapping[str, Conversation]) -> Iterator[Halves]:
    """Second halves of answers with the talk each belongs to."""
    for sign in signs:
        talk = talks.get(sign.conversation or "")
        if talk is not None:
            first = (talk.id, talk.recorded_by, talk.recorded_at)
            yield first, (sign.id, sign.by, sign.at), "relative", talk.relative or ""


def of_changes(reader: Reader, seconds: Iterable[ProposalStep]) -> Iterator[Halves]:
    """Second halves of changes with the proposal each belongs to."""
    steps = list(seconds)
    known = reader.get_many(Proposal, _ids(step.proposal for step in steps)) if steps else {}
    for step in steps:
        one = known.get(step.proposal or "")
        if one is not None:
            first = (one.id, one.proposed_by, one.proposed_at)
            yield first, (step.id, step.by, step.at), _ON.get(one.on_noun, ""), one.on_id


def of_reviews(reader: Reader, seconds: Iterable[ReviewConfirmation]) -> Iterator[Halves]:
    """Second halves of reviews with what each confirms."""
    signs = list(seconds)
    known = reader.get_many(Review, _ids(sign.review for sign in signs)) if signs else {}
    for sign in signs:
        one = known.get(sign.review or "")
        if one is not None:
            yield (one.id, one.by, one.at), (sign.id, sign.by, sign.at), "prisoner", one.prisoner or ""


def _of_trusts(trusts: Iterable[SourceTrust]) -> Iterator[Halves]:
    for one in trusts:
        trust, about = one.trust, one.trust.source or ""
        for step in one.steps:
            if step.step == CONFIRMED:
                first = (trust.id, trust.proposed_by, trust.proposed_at)
                yield first, (step.id, step.by, step.at), "source", about


def _of_stops(stops: Iterable[Stop[Hold] | Stop[RelativeHold]]) -> Iterator[Halves]:
    for stop in stops:
        if stop.asked is None or stop.granted is None:
            continue
        asked, granted, hold = stop.asked, stop.granted, stop.hold
        about = (
            ("relative", hold.relative or "")
            if isinstance(hold, RelativeHold)
            else (_ON.get(hold.on_noun, ""), hold.on_id)
        )
        yield (asked.id, asked.by, asked.at), (granted.id, granted.by, granted.at), *about


def _of_reports(reader: Reader) -> Iterator[Halves]:
    reports = {str(one.id): one for one in reader.find(Report)}
    for report in reports.values():
        if report.approved_by and not report.series:  # else the series was what somebody approved
            made = (report.id, report.made_by, report.made_at)
            yield made, (report.id, report.approved_by, report.approved_at), "report", report.id
    for one in versions_in(reader):
        if one.confirmed is not None:
            proposed = (one.kind.id, one.kind.proposed_by, one.kind.proposed_at)
            yield proposed, (one.confirmed.id, one.confirmed.by, one.confirmed.at), "own_kind", one.kind.id
    for series in reader.find(ReportSeries):
        first = reports.get(series.report or "")
        if first is not None:
            made = (first.id, first.made_by, first.made_at)
            yield made, (series.id, series.approved_by, series.approved_at), "report", first.id


def _ids(found: Iterable[str | None]) -> set[str]:
    return {one for one in found if one}
