"""Two halves of one decision, whatever it was: answers, stops, trust, changes, reviews, reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.conversation import Conversation, Countersign
from app.domain.finding_facts import Pair
from app.domain.ports import Reader
from app.domain.proposal import Proposal, ProposalStep
from app.domain.report import Report
from app.domain.review import Review, ReviewConfirmation
from app.domain.source import Trust, TrustStep
from app.domain.two_people import CONFIRMED, AnyStep
from app.services.context import Context
from app.services.folding import relative_stops_in, stops_in

_Half = tuple[str, str | None, datetime | None]
"""Record, by whom, when."""
Halves = tuple[_Half, _Half, str, str]
"""The first, the second, and noun and id of what they are about."""
_ON: Final = {"prisoner": "prisoner", "relative": "relative", "godparent": "godparent"}


def pairs_in(ctx: Context, reader: Reader) -> list[Pair]:
    """Every decision two people took, in the time zone of the case file."""
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
        for first, second, noun, about in _all(reader)
        if first[2] is not None and second[2] is not None
    ]


def _all(reader: Reader) -> Iterator[Halves]:
    yield from of_answers(reader, (one for one in reader.find(Countersign) if one.granted))
    yield from of_changes(reader, (one for one in reader.find(ProposalStep) if one.granted))
    yield from of_reviews(reader, (one for one in reader.find(ReviewConfirmation) if one.granted))
    yield from _trusts(reader)
    for stop in stops_in(reader):
        if stop.asked is not None and stop.granted is not None:
            halves = _halves(stop.asked, stop.granted)
            yield *halves, _ON.get(stop.hold.on_noun, ""), stop.hold.on_id
    for closed in relative_stops_in(reader):
        if closed.asked is not None and closed.granted is not None:
            halves = _halves(closed.asked, closed.granted)
            yield *halves, "relative", closed.hold.relative or ""
    for report in reader.find(Report):
        if report.approved_by:
            made = (report.id, report.made_by, report.made_at)
            yield made, (report.id, report.approved_by, report.approved_at), "report", report.id


def of_answers(reader: Reader, seconds: Iterable[Countersign]) -> Iterator[Halves]:
    """Second halves of answers with the talk each belongs to."""
    signs = list(seconds)
    talks = reader.get_many(Conversation, _ids(sign.conversation for sign in signs)) if signs else {}
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


def _trusts(reader: Reader) -> Iterator[Halves]:
    steps = [step for step in reader.find(TrustStep) if step.step == CONFIRMED]
    known = reader.get_many(Trust, _ids(step.trust for step in steps)) if steps else {}
    for step in steps:
        one = known.get(step.trust or "")
        if one is not None:
            first = (one.id, one.proposed_by, one.proposed_at)
            yield first, (step.id, step.by, step.at), "source", one.source or ""


def _halves(asked: AnyStep, granted: AnyStep) -> tuple[_Half, _Half]:
    return (asked.id, asked.by, asked.at), (granted.id, granted.by, granted.at)


def _ids(found: Iterable[str | None]) -> set[str]:
    return {one for one in found if one}
