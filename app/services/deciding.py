"""Deciding for a report: every field a kind carries, for every person, by the ledger or by clearances.

With the desk's key the ledger decides. Without it only clearances and what a trusted source still states can
be read, which is enough to compose a draft and never enough to let it leave: the approver decides again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.consent import ConsentRequest, Decision, Ground, decide_in
from app.domain.consent_answers import Ledger
from app.domain.hold import Clearance
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.source import Claim, Source
from app.reports.compose import FieldDecision
from app.reports.composed import Citation
from app.reports.kinds import Audience, ReportKind
from app.reports.kinds import Ground as KindGround
from app.services.context import Context
from app.services.facts import CaseLedger, read_ledger, trusted_sources

STATISTICS: Final = "statistics"
_AUDIENCES: Final[Mapping[Audience, str]] = {
    Audience.PUBLIC: "public",
    Audience.INSTITUTION: "named_institution",
}
_NO: Final = FieldDecision(allowed=False)


@attrs.frozen
class Decisions:
    """What may leave: by prisoner and field; and who refused to be counted."""

    fields: Mapping[str, Mapping[str, FieldDecision]]
    not_counted: frozenset[str]


def decide_fields(
    ctx: Context,
    reader: Reader,
    prisoners: Sequence[Prisoner],
    kind: ReportKind,
    recipients: Iterable[str],
) -> Decisions:
    """Decide every field of a kind for these people, today.

    Raises:
        KnownError: ROW_NOT_IN_LOG for a row that does not match the log.
    """
    ids = [prisoner.id for prisoner in prisoners]
    sources = _Sources(reader)
    if not reader.has_desk_key:
        return _by_clearances(ctx, reader, ids, kind, sources)
    ledger = read_ledger(ctx, reader, ids)
    ledger.check(reader)
    asked = _requests(kind, frozenset(recipients))
    fields: dict[str, Mapping[str, FieldDecision]] = {}
    refused: set[str] = set()
    for key in ids:
        if ledger.silent(key):
            fields[key] = {}
            continue
        known = Ledger(ledger.facts(key))
        fields[key] = _decided(ledger, key, known, asked, sources, ctx.today())
        counted = decide_in(known, ConsentRequest(key, STATISTICS, "internal"), ctx.today())
        if not counted.allowed:
            refused.add(key)
    return Decisions(fields, frozenset(refused))


@attrs.frozen
class _Asked:
    purpose: str
    grounds: frozenset[Ground]
    audience: str
    recipients: frozenset[str]
    fields: frozenset[str]

    def of(self, prisoner: str) -> ConsentRequest:
        return ConsentRequest(
            prisoner, self.purpose, self.audience, self.fields, self.recipients, self.grounds
        )


def _requests(kind: ReportKind, recipients: frozenset[str]) -> tuple[_Asked, ...]:
    """One request per purpose and set of grounds, with all its fields."""
    groups: dict[tuple[str, frozenset[Ground]], set[str]] = defaultdict(set)
    for wanted in kind.decided():
        grounds = frozenset(Ground(ground.value) for ground in wanted.grounds)
        groups[wanted.purpose, grounds].add(wanted.field)
    audience = _AUDIENCES[kind.audience]
    named = recipients if kind.audience is Audience.INSTITUTION else frozenset()
    return tuple(
        _Asked(purpose, grounds, audience, named, frozenset(fields))
        for (purpose, grounds), fields in groups.items()
    )


def _decided(
    ledger: CaseLedger,
    prisoner: str,
    known: Ledger,
    asked: Sequence[_Asked],
    sources: _Sources,
    today: date,
) -> Mapping[str, FieldDecision]:
    found: dict[str, FieldDecision] = {}
    claims = ledger.claims.get(prisoner, [])
    for request in asked:
        decision = decide_in(known, request.of(prisoner), today)
        for field in request.fields:
            may = _one(decision, field, claims, sources)
            # Two columns may ask for one field for different purposes: one no is enough.
            found[field] = may if field not in found or not may.allowed else found[field]
    return found


def _one(decision: Decision, field: str, claims: Sequence[Claim], sources: _Sources) -> FieldDecision:
    if not decision.allowed or field not in decision.fields:
        return _NO
    if field in decision.published:
        return FieldDecision(
            allowed=True,
            ground=KindGround.PUBLISHED,
            source=sources.cited(field, claims),
            until=decision.until,
        )
    return FieldDecision(allowed=True, ground=KindGround.AGREED, until=decision.until)


class _Sources:
    """The sources two people trust, and how a report cites them."""

    def __init__(self, reader: Reader) -> None:
        trusted = trusted_sources(reader)
        self._by_id = {source.id: source for source in reader.find(Source) if source.id in trusted}

    def cited(self, field: str, claims: Iterable[Claim]) -> Citation | None:
        """The citation of the newest trusted claim that states this field."""
        stating = [
            claim
            for claim in claims
            if claim.listed
            and claim.source in self._by_id
            and any(value.field == field for value in claim.values)
        ]
        if not stating:
            return None
        newest = max(stating, key=lambda claim: (claim.stated_on is not None, claim.stated_on, claim.id))
        source = self._by_id[newest.source or ""]
        as_of = newest.stated_on.stored() if newest.stated_on else ""
        return Citation(source.name, source.link, as_of)


def _by_clearances(
    ctx: Context, reader: Reader, ids: Sequence[str], kind: ReportKind, sources: _Sources
) -> Decisions:
    today = ctx.today()
    cleared: dict[str, list[Clearance]] = defaultdict(list)
    for row in reader.find(Clearance):
        acts = (row.starts_on is None or row.starts_on <= today) and (
            row.ends_on is None or today <= row.ends_on
        )
        if row.prisoner and acts:
            cleared[row.prisoner].append(row)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in reader.find(Claim):
        claims[claim.prisoner or ""].append(claim)
    audiences = _audiences_that_cover(_AUDIENCES[kind.audience])
    fields = {
        key: {
            wanted.field: _cleared(
                [row for row in cleared[key] if row.purpose == wanted.purpose and row.audience in audiences],
                wanted.field,
                wanted.grounds,
                claims[key],
                sources,
            )
            for wanted in kind.decided()
        }
        for key in ids
    }
    return Decisions(fields, frozenset())


def _audiences_that_cover(audience: str) -> frozenset[str]:
    return frozenset({audience, "public"})


def _cleared(
    rows: Sequence[Clearance],
    field: str,
    grounds: frozenset[KindGround],
    claims: Sequence[Claim],
    sources: _Sources,
) -> FieldDecision:
    for row in rows:
        ground = KindGround(row.ground)
        if ground not in grounds or (row.fields and field not in row.fields):
            continue
        if ground is KindGround.AGREED:
            return FieldDecision(allowed=True, ground=ground, until=row.ends_on)
        source = sources.cited(field, claims)
        if source is not None and row.fields:
            return FieldDecision(allowed=True, ground=ground, source=source, until=row.ends_on)
    return _NO
