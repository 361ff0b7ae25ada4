"""Wider roles given to somebody who was here already, read off the signed grants and the log."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from app.casefile.grants import GrantKind
from app.domain.finding_facts import GivenRole
from app.domain.ports import Reader
from app.domain.roles import Role, widens
from app.services.context import Context


def given_roles(ctx: Context, reader: Reader) -> Iterator[GivenRole]:
    """Every one, in the time zone of the case file.

    Of the moment in the grant and that of its entry the later counts: neither makes it look older alone.
    """
    held: dict[str, frozenset[Role]] = {}
    agreed = {one.recipient for one in ctx.keys.roster.grants if one.kind is GrantKind.DESK}
    for grant in ctx.keys.roster.grants:
        if grant.kind is not GrantKind.PERSON:
            continue
        before = held.get(grant.recipient, frozenset())
        held[grant.recipient] = grant.roles
        new = not before and not agreed & {grant.recipient} and Role.TRUSTEE not in grant.roles
        if new or (before and widens(before, grant.roles)):
            written = reader.written(grant.id)
            moments = [grant.moment, *(one.at for one in written[:1] if one.at is not None)]
            at = max(moments).astimezone(ZoneInfo(ctx.time_zone))
            yield GivenRole(grant.recipient, grant.id, at, grant.granted_by if new else "")
