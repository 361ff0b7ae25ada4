"""Trustees whom one person added alone, and what was decided with them: nobody else says who they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from app.casefile.grants import Grant
from app.domain.case_findings import Found, Rule
from app.domain.clock import local_day
from app.domain.finding_facts import Pair
from app.domain.ports import Reader
from app.domain.roles import Role
from app.domain.trustee import TrusteeCheck
from app.services.context import Context


def trustees_alone(ctx: Context, pairs: Iterable[Pair]) -> Iterator[Found]:
    """One finding for each such trustee; it comes back with every decision taken with them."""
    added = {one.recipient: one for one in _alone(ctx)}
    decided: dict[str, list[Pair]] = {one: [] for one in added}
    for pair in pairs:
        if pair.second_by in decided:
            decided[pair.second_by].append(pair)
    for person, grant in added.items():
        found = decided[person]
        facts = (grant.id, *(pair.second for pair in found))
        day = max([local_day(grant.moment, ctx.time_zone), *(pair.second_at.date() for pair in found)])
        yield Found(
            Rule.TRUSTEE_ALONE, "person", person, facts, facts, day, grant.granted_by, max(1, len(found))
        )


def keys_and_adding(ctx: Context, reader: Reader) -> Iterator[Pair]:
    """The making of a trustee's keys and their being added by one person, as two halves of one thing.

    Both within minutes is what it looks like when one person does both. The moment of the keys is what the
    computer says on which they were made.
    """
    zone = ZoneInfo(ctx.time_zone)
    checks = {one.trustee: one for one in reader.find(TrusteeCheck) if one.card_made_at is not None}
    for grant in _alone(ctx):
        check = checks.get(grant.recipient)
        if check is not None and check.card_made_at is not None:
            first, second = check.card_made_at.astimezone(zone), grant.moment.astimezone(zone)
            yield Pair(
                check.id,
                grant.id,
                grant.recipient,
                grant.granted_by,
                first,
                second,
                "person",
                grant.recipient,
            )


def _alone(ctx: Context) -> list[Grant]:
    grants = ctx.keys.roster.grants
    return [one for one in grants if Role.TRUSTEE in one.roles and one.one_person]
