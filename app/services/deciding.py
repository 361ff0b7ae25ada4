"""What a kind of report carries, decided for every person: the bridge from a kind's columns to decisions.

The decisions themselves are `decisions`; here columns become questions, and answers get the source they cite.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from app.domain.consent import ConsentRequest, Ground
from app.domain.consent_facts import Facts
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.progress import Progress, no_progress, part_of
from app.domain.report import Report
from app.domain.source import Claim, Source
from app.reports.composed import Citation
from app.reports.elsewhere.kinds import ELSEWHERE
from app.reports.kind_file import kind_of
from app.reports.kinds import Ground as KindGround
from app.reports.kinds import KindColumn, ReportKind
from app.reports.standing import FieldDecision
from app.services.addressing import For, meant
from app.services.context import Context
from app.services.decisions import Answers, Ask, FieldAnswer, FieldAsk, decide_fields, strictest_answer
from app.services.recipient_names import known_as
from app.services.same_person import every_id

STATISTICS: Final = "statistics"
_COUNTED: Final = FieldAsk(STATISTICS, STATISTICS, frozenset({Ground.AGREED}))
_NO: Final = FieldDecision(allowed=False)


@attrs.frozen
class Decisions:
    """What may leave: by prisoner and field; and who refused to be counted."""

    fields: Mapping[str, Mapping[str, FieldDecision]]
    not_counted: frozenset[str]


def decide_kind(
    ctx: Context,
    reader: Reader,
    prisoners: Sequence[Prisoner],
    kind: ReportKind,
    whom: For,
    progress: Progress = no_progress,
) -> Decisions:
    """Decide every field of a kind for these people, today, for everybody it is for; the strictest counts.

    With the key every row a decision stands on is compared with the log first. Without it clearances decide,
    and nobody is left out of the figures: who refused to be counted cannot be known there, so the approver's
    figures count.

    Raises:
        KnownError: ROW_NOT_IN_LOG, RECORD_DAMAGED, CANCELLED.
    """
    asked = tuple(
        FieldAsk(one.field, one.purpose, frozenset(Ground(ground.value) for ground in one.grounds))
        for one in kind.decided()
    )
    answers = _strictest(
        [
            decide_fields(
                ctx,
                reader,
                [prisoner.id for prisoner in prisoners],
                Ask((*asked, _COUNTED), audience, whom.named_for(audience), whom.names, whom.ids),
                leaves_the_house=reader.has_desk_key,
                progress=part_of(progress, place, place + 1, len(whom.audiences)),
            )
            for place, audience in enumerate(whom.audiences)
        ]
    )
    cite = _Sources(reader)
    fields = {
        prisoner: {one.field: _as_decision(prisoner, one, found[one.field], cite) for one in asked}
        for prisoner, found in answers.items()
    }
    refused = (key for key, found in answers.items() if not found[STATISTICS].allowed)
    return Decisions(fields, frozenset(refused) if reader.has_desk_key else frozenset())


def _as_decision(prisoner: str, asked: FieldAsk, answer: FieldAnswer, cite: _Sources) -> FieldDecision:
    if not answer.allowed:
        return FieldDecision(allowed=False, reason=answer.reason or "")
    if answer.ground is not Ground.PUBLISHED:
        return FieldDecision(allowed=True, ground=KindGround.AGREED, until=answer.until)
    citation = cite.of(prisoner, asked.field, answer.source)
    if citation is None:  # published, but nobody can say where: not published
        return _NO
    return FieldDecision(allowed=True, ground=KindGround.PUBLISHED, source=citation, until=answer.until)


def _strictest(every: Sequence[Answers]) -> Answers:
    """For several audiences: what each of them allows, on the weakest ground, until the first end."""
    first, *others = every
    if not others:
        return first
    return {
        prisoner: {field: strictest_answer([one[prisoner][field] for one in every]) for field in fields}
        for prisoner, fields in first.items()
    }


def requests_of(reader: Reader, report: Report, prisoner: str, facts: Facts) -> tuple[ConsentRequest, ...]:
    """What a report that was made asked about one prisoner, a purpose with its grounds at a time."""
    kind = kind_of(report.report_kind, report.kind_version)
    grouped: dict[tuple[str, frozenset[Ground]], set[str]] = {}
    for one in kind.decided():
        if not _was_carried(reader, report, kind, one.purpose, prisoner):
            continue
        grounds = frozenset(Ground(ground.value) for ground in one.grounds)
        grouped.setdefault((one.purpose, grounds), set()).add(one.field)
    whom = meant(reader, kind, report.recipients, report.addressed)
    also = known_as(facts, whom.names, whom.ids)
    return tuple(
        ConsentRequest(
            prisoner, purpose, audience, frozenset(fields), whom.named_for(audience), grounds, known_as=also
        )
        for (purpose, grounds), fields in grouped.items()
        for audience in whom.audiences
    )


def _was_carried(reader: Reader, report: Report, kind: ReportKind, purpose: str, prisoner: str) -> bool:
    """Whether it showed a photo or used a quote of them, for purposes of which the report says so.

    A report that only could have shown one is not called back for it.
    """
    columns = [column for column in kind.columns if column.purpose == purpose]
    pictures, once = (any(is_so(one) for one in columns) for is_so in (_shows, _is_once))
    if kind.layout == ELSEWHERE or not (pictures or once):
        return True  # nobody knows what a file made elsewhere tells
    carried = report.pictured if pictures else report.quoted
    return not every_id(reader, prisoner).isdisjoint(carried)


def _shows(column: KindColumn) -> bool:
    return column.shows_picture


def _is_once(column: KindColumn) -> bool:
    return column.used_once


class _Sources:
    """How a report cites what is published."""

    def __init__(self, reader: Reader) -> None:
        self._sources: dict[str, Source] = {source.id: source for source in reader.find(Source)}
        self._claims: dict[str, list[Claim]] = {}
        for claim in reader.find(Claim):
            if claim.listed and claim.prisoner:
                self._claims.setdefault(claim.prisoner, []).append(claim)

    def of(self, prisoner: str, field: str, source: str | None) -> Citation | None:
        """The citation of the claim that states this field; by clearance any source that states it."""
        for claim in self._claims.get(prisoner, []):
            if source not in (None, claim.source) or claim.source not in self._sources:
                continue
            if any(value.field == field for value in claim.values):
                found = self._sources[claim.source]
                as_of = claim.stated_on.stored() if claim.stated_on else ""
                return Citation(found.name, found.link, as_of)
        return None
